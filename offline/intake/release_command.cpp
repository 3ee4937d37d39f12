#include "offline/intake/release_command.hpp"

#include "offline/feeds/staged.hpp"
#include "offline/releases/shelf_place.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <array>
#include <cstdio>
#include <filesystem>

namespace offline::intake {

namespace {

using base::FaultCode;
using papers::Feed;
using papers::ReleasePackage;
namespace fs = std::filesystem;

// NAME_VERSION_ARCHITECTURE.deb
base::Result<ReleasePackage> package_at(const ReleaseOrder& order, const std::string& path,
                                        sealing::SuiteId suite) {
    const std::string stem = fs::path(path).stem().string();
    const auto first = stem.find('_'), last = stem.rfind('_');
    if (first == std::string::npos || first == last || !path.ends_with(".deb"))
        return base::fail(FaultCode::ConfigInvalid, "NAME_VERSION_ARCHITECTURE.deb: " + path);
    const auto bytes = TRY(base::read_file(order.repository + "/" + path));
    ReleasePackage out;
    out.name = stem.substr(0, first);
    out.version = stem.substr(first + 1, last - first - 1);
    out.architecture = stem.substr(last + 1);
    out.length = static_cast<std::int64_t>(bytes.size());
    out.digest = sealing::digest(suite, bytes);
    out.path = path;
    return out;
}

base::Result<int> minutes(const std::string& text) {
    const auto wrong = [&] { return base::fail(FaultCode::ConfigInvalid, "window: " + text); };
    int hour = -1, minute = -1;
    char more = 0;
    if (text.size() != 5 || std::sscanf(text.c_str(), "%2d:%2d%c", &hour, &minute, &more) != 2)
        return wrong();
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return wrong();
    return hour * 60 + minute;
}

base::Result<std::string> found_below(const std::string& repository, const ReleasePackage& package,
                                      sealing::SuiteId suite) {
    const std::string path = repository + "/" + package.path;
    const auto bytes = base::read_file(path);
    if (bytes && static_cast<std::int64_t>(bytes->size()) == package.length &&
        sealing::digest(suite, *bytes) == package.digest)
        return path;
    return base::fail(FaultCode::AnswerNotFound, path);
}

}  // namespace

base::Result<base::Bytes> make_release(const ReleaseOrder& order, base::Instant now) {
    base::Bytes key_file = TRY(base::read_file(order.key));
    const sealing::WipeAtEnd wipe(key_file);
    const auto key = TRY(sealing::SigningKey::parse(key_file, "release-key", order.realm));
    papers::ReleaseList out;
    out.realm = order.realm;
    out.release = order.number;
    out.software = order.software;
    out.made_at = now;
    out.expires_at = now + base::Millis{order.good_for_days * 86'400'000};
    const auto dash = order.window.find('-');
    out.window_from = TRY(minutes(order.window.substr(0, dash)));
    out.window_to =
        TRY(minutes(dash == std::string::npos ? std::string{} : order.window.substr(dash + 1)));
    out.terminals = order.terminals;
    const auto suite = key.public_key().suite;
    for (const auto& path : order.packages)
        out.packages.push_back(TRY(package_at(order, path, suite)));
    for (const auto& path : order.fallback)
        out.fallback.push_back(TRY(package_at(order, path, suite)));
    return out.issue(key);
}

base::Result<int> write_release_stick(const std::string& feeds_folder,
                                      const std::string& repository, const std::string& stick) {
    const auto versions = feeds::staged_versions(feeds_folder, Feed::release);
    if (versions.empty()) return base::fail(FaultCode::AnswerNotFound, "no release is published");
    const auto file = TRY(base::read_file(feeds_folder + "/" +
                                          papers::feed_file_name(Feed::release, versions.front())));
    const auto parts = TRY(papers::feed_file(file));
    const auto list = TRY(papers::ReleaseList::read(parts.content));
    std::vector<std::pair<std::string, std::string>> copies;  // from, to
    const std::string folder = stick + "/" + releases::stick_folder;
    for (const auto* packages : {&list.packages, &list.fallback})
        for (const auto& package : *packages)
            copies.emplace_back(TRY(found_below(repository, package, list.suite)),
                                folder + "/" + package.file_name());
    std::error_code problem;
    fs::create_directories(folder, problem);
    for (const auto& [from, to] : copies) {
        const auto bytes = TRY(base::read_file(from));
        TRY_STATUS(base::write_file(to, bytes, 0644));
    }
    TRY_STATUS(base::write_file(folder + "/" + releases::stick_list, file, 0644));
    return static_cast<int>(copies.size());
}

}  // namespace offline::intake
