// The machine's packages, through Debian's own dpkg: no network, no other source of packages, and
// what it left half done it can finish itself. Blocks its thread. UpdateFailed with what dpkg said.
#pragma once

#include "offline/papers/release_list.hpp"
#include "provisioning/updates/child.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provisioning::updates {

struct DpkgOptions {
    std::string dpkg = "/usr/bin/dpkg", dpkg_deb = "/usr/bin/dpkg-deb",
                dpkg_query = "/usr/bin/dpkg-query";
    std::vector<std::string> place = {};      // --root=…, for a root that is not this machine's
    std::vector<std::string> liberties = {};  // --force-…, where that root is bare
    std::string database = "/var/lib/dpkg";   // of that root
    base::Millis limit{900'000};
};

class Dpkg {
  public:
    explicit Dpkg(DpkgOptions options) : options_(std::move(options)) {}

    // Somebody else works with packages at this moment.
    bool is_busy() const;
    // Package → version, of those that are installed and configured whole; with anything between,
    // the version is empty.
    base::Result<std::map<std::string, std::string>> installed() const;
    base::Result<std::string> architecture() const;
    // By Debian's rules.
    base::Result<bool> is_older(const std::string& a, const std::string& b) const;
    // Name, version and architecture that the file itself says; the rest is empty.
    base::Result<offline::papers::ReleasePackage> names_in(const std::string& file) const;
    // Would dpkg take these files? What they depend on it looks at only when it configures them.
    base::Status try_install(const std::vector<std::string>& files) const;
    // All of them in one go. Whatever a cut left half done is finished before.
    base::Status install(const std::vector<std::string>& files) const;

  private:
    std::vector<std::string> command(std::vector<std::string> words) const;
    base::Result<std::string> said_by(const std::vector<std::string>& command) const;
    DpkgOptions options_;
};

}  // namespace provisioning::updates
