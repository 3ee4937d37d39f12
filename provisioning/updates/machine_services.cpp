#include "provisioning/updates/machine_services.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace provisioning::updates {

namespace {

using base::FaultCode;

constexpr std::size_t words_bytes_max = 16u << 10, word_max = 40, checks_max = 64;

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= word_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

// The readiness test runs as the app's account: what it wrote is read no further than it can be.
base::Result<std::string> read_words(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return base::fail(FaultCode::UpdateFailed, "the readiness test said nothing");
    std::array<char, words_bytes_max> block{};
    std::size_t filled = 0;
    for (;;) {
        const auto got = ::read(file, block.data() + filled, block.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        filled += static_cast<std::size_t>(got);
    }
    ::close(file);
    return std::string(block.data(), filled);
}

}  // namespace

base::Result<std::vector<std::string>> failed_in(std::string_view words) {
    std::vector<std::string> out;
    std::size_t count = 0;
    while (!words.empty()) {
        const auto end = words.find('\n');
        const auto line = words.substr(0, end);
        const auto space = line.find(' ');
        if (end == std::string_view::npos || space == std::string_view::npos ||
            !is_word(line.substr(0, space)) || !is_word(line.substr(space + 1)) ||
            ++count > checks_max)
            return base::fail(FaultCode::BytesMalformed, "readiness");
        if (line.substr(space + 1) == "failed") out.emplace_back(line.substr(0, space));
        words.remove_prefix(end + 1);
    }
    // A test that looked at nothing proves nothing.
    if (count == 0) return base::fail(FaultCode::BytesMalformed, "readiness");
    return out;
}

MachineServices::~MachineServices() {
    let_go();
}

void MachineServices::let_go() {
    if (lock_ >= 0) ::close(lock_);
    lock_ = -1;
}

base::Status MachineServices::systemctl(const char* verb, const std::string& unit) const {
    const auto ended = TRY(run_child({settings_.systemctl, verb, unit}, settings_.limit));
    if (ended.exit == 0) return {};
    return base::fail(FaultCode::UpdateFailed,
                      std::string(verb) + " " + unit + ": " + std::to_string(ended.exit));
}

base::Result<bool> MachineServices::take() {
    let_go();
    const std::string path = settings_.state_folder + "/session.lock";
    lock_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    // Without the file no app ever ran here, and nobody is in a session.
    if (lock_ < 0 && errno != ENOENT) return base::fail(FaultCode::UpdateFailed, path);
    if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        let_go();
        return false;
    }
    const int mark = ::open(settings_.dark_mark.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (mark >= 0) ::close(mark);
    const auto stopped = systemctl("stop", settings_.screen);
    let_go();  // the screen is dark
    if (!stopped) return base::fail(stopped.error());
    return true;
}

base::Status MachineServices::restart_post() {
    return systemctl("restart", settings_.post);
}

base::Result<std::vector<std::string>> MachineServices::unready() {
    ::unlink(settings_.words.c_str());
    TRY_STATUS(systemctl("start", settings_.readiness));
    const std::string words = TRY(read_words(settings_.words));
    return failed_in(words);
}

base::Status MachineServices::give_back() {
    TRY_STATUS(systemctl("start", settings_.screen));
    ::unlink(settings_.dark_mark.c_str());
    return {};
}

bool MachineServices::was_left_dark() const {
    return ::access(settings_.dark_mark.c_str(), F_OK) == 0;
}

}  // namespace provisioning::updates
