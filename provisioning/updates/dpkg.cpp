#include "provisioning/updates/dpkg.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

namespace provisioning::updates {

namespace {

using base::FaultCode;

constexpr std::size_t detail_max = 200;

// The last line of what it said, as far as a log line takes it: where dpkg says why.
std::string why(std::string said) {
    while (said.ends_with('\n')) said.pop_back();
    said = said.substr(said.rfind('\n') + 1).substr(0, detail_max);
    std::ranges::replace_if(
        said, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, ' ');
    return said;
}

}  // namespace

std::vector<std::string> Dpkg::command(std::vector<std::string> words) const {
    std::vector<std::string> out{options_.dpkg};
    out.insert(out.end(), options_.place.begin(), options_.place.end());
    out.insert(out.end(), options_.liberties.begin(), options_.liberties.end());
    out.insert(out.end(), words.begin(), words.end());
    return out;
}

base::Result<std::string> Dpkg::said_by(const std::vector<std::string>& command) const {
    auto ended = TRY(run_child(command, options_.limit));
    if (ended.exit != 0)
        return base::fail(FaultCode::UpdateFailed,
                          "dpkg " + std::to_string(ended.exit) + ": " + why(std::move(ended.said)));
    return std::move(ended.said);
}

bool Dpkg::is_busy() const {
    for (const char* name : {"/lock-frontend", "/lock"}) {
        const int file = ::open((options_.database + name).c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) continue;  // nobody ever held it
        struct flock asked {};
        asked.l_type = F_WRLCK;
        asked.l_whence = SEEK_SET;
        const bool held = ::fcntl(file, F_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
        ::close(file);
        if (held) return true;
    }
    return false;
}

base::Result<std::map<std::string, std::string>> Dpkg::installed() const {
    // Nothing at all installed is said as a fault of its own kind; a bare root is not one.
    const auto said =
        TRY(run_child({options_.dpkg_query, "--admindir=" + options_.database, "-W",
                       "-f=${Package} ${db:Status-Abbrev}${Version}\n", "citizen-window-*"},
                      options_.limit));
    if (said.exit < 0 || said.exit > 1)
        return base::fail(FaultCode::UpdateFailed, "dpkg-query: " + why(said.said));
    std::map<std::string, std::string> out;
    if (said.exit == 1) return out;
    std::istringstream lines(said.said);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name, state, version;
        words >> name >> state >> version;
        if (name.empty() || state.size() < 2) continue;
        if (state == "ii")
            out[name] = version;
        else if (state[1] != 'n' && state[1] != 'c')  // not installed; removed, settings left
            out[name] = "";
    }
    return out;
}

base::Result<std::string> Dpkg::architecture() const {
    std::string said = TRY(said_by({options_.dpkg, "--print-architecture"}));
    while (said.ends_with('\n')) said.pop_back();
    return said;
}

base::Result<bool> Dpkg::is_older(const std::string& a, const std::string& b) const {
    const auto ended =
        TRY(run_child({options_.dpkg, "--compare-versions", a, "lt", b}, options_.limit));
    if (ended.exit != 0 && ended.exit != 1)
        return base::fail(FaultCode::UpdateFailed, "dpkg --compare-versions");
    return ended.exit == 0;
}

base::Result<offline::papers::ReleasePackage> Dpkg::names_in(const std::string& file) const {
    std::istringstream lines(
        TRY(said_by({options_.dpkg_deb, "--show",
                     "--showformat=${Package} ${Version} ${Architecture}\n", file})));
    offline::papers::ReleasePackage out;
    lines >> out.name >> out.version >> out.architecture;
    return out;
}

base::Status Dpkg::try_install(const std::vector<std::string>& files) const {
    auto words = command({"--no-act", "--force-confold", "--force-downgrade", "--install"});
    words.insert(words.end(), files.begin(), files.end());
    TRY(said_by(words));
    return {};
}

base::Status Dpkg::install(const std::vector<std::string>& files) const {
    // What was cut may or may not be finished by itself; installing all of them again settles it.
    TRY(run_child(command({"--force-confold", "--configure", "--pending"}), options_.limit));
    auto words = command({"--force-confold", "--force-downgrade", "--install"});
    words.insert(words.end(), files.begin(), files.end());
    TRY(said_by(words));
    return {};
}

}  // namespace provisioning::updates
