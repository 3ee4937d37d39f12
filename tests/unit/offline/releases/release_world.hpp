// A centre that publishes releases and the folder of its repository, for a terminal that brings
// them to its shelf. Packages here are bytes: nobody installs them.
#pragma once

#include "offline/releases/package_fetcher.hpp"
#include "tests/unit/offline/feeds/feed_world.hpp"

#include <filesystem>

namespace offline_test {

using papers::ReleaseList;
using papers::ReleasePackage;

inline ReleasePackage package_of(const World& world, const std::string& name,
                                 const std::string& version, base::ByteView bytes) {
    ReleasePackage out;
    out.name = name;
    out.version = version;
    out.architecture = "all";
    out.length = static_cast<std::int64_t>(bytes.size());
    out.digest = sealing::digest(world.suite, bytes);
    out.path = "pool/main/" + name + "_" + version + "_all.deb";
    return out;
}

inline ReleaseList release_list(const World& world, std::int64_t number,
                                std::vector<ReleasePackage> packages) {
    ReleaseList out;
    out.realm = world.realm;
    out.release = number;
    out.software = "2.0";
    out.made_at = start;
    out.expires_at = start + std::chrono::hours(24 * 30);
    out.packages = std::move(packages);
    return out;
}

}  // namespace offline_test
