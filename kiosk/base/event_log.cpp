#include "base/event_log.hpp"

#include <poll.h>
#include <unistd.h>

#include <mutex>

namespace base {

namespace log {
std::string word_json(const std::string& value) {
    std::string out = "\"";
    for (const char c : value) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == ':' || c == '/' ||
                           c == '-';
        out += plain ? c : '?';
    }
    return out + "\"";
}
}  // namespace log

namespace {

// A pipe or a socket that says so takes a whole line of ours at once: a free page of a pipe is 4
// KiB, a socket's buffer is more than three quarters empty.
bool has_room(int descriptor) {
    pollfd asked{descriptor, POLLOUT, 0};
    return ::poll(&asked, 1, 0) > 0;
}

}  // namespace

// Whoever takes the log may have stopped reading: the line is lost then, and nobody waits for it.
void DescriptorEventLog::write_line(std::string json_line) {
    static std::mutex between_asking_and_writing;
    const std::lock_guard lock(between_asking_and_writing);
    if (!has_room(descriptor_)) return;
    // One write per line, so lines of several threads do not mix.
    json_line.insert(1, "\"at\":\"" + iso8601_local(clock_.now()) + "\",");
    json_line += '\n';
    [[maybe_unused]] const auto ignored = ::write(descriptor_, json_line.data(), json_line.size());
}

}  // namespace base
