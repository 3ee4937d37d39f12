#include "base/event_log.hpp"

#include <unistd.h>

namespace base {

namespace log {
std::string word_json(const std::string& value) {
    std::string out = "\"";
    for (const char c : value) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == ':' || c == '/' || c == '-';
        out += plain ? c : '?';
    }
    return out + "\"";
}
}  // namespace log

void DescriptorEventLog::write_line(std::string json_line) {
    // One write per line, so lines of several threads do not mix.
    json_line.insert(1, "\"at\":\"" + iso8601_local(clock_.now()) + "\",");
    json_line += '\n';
    [[maybe_unused]] const auto ignored = ::write(descriptor_, json_line.data(), json_line.size());
}

}  // namespace base
