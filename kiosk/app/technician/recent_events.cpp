#include "app/technician/recent_events.hpp"

#include <utility>

namespace app {

// The lines are this program's own: no escapes, no commas or colons but those of JSON and in times.
LogLine as_words(std::string_view json, base::Instant at) {
    LogLine out;
    out.at = at;
    constexpr std::string_view begins = "{\"event\":\"";
    if (!json.starts_with(begins)) return out;
    json.remove_prefix(begins.size());
    const auto end = std::min(json.find('"'), json.size());
    out.event = json.substr(0, end);
    json.remove_prefix(end);
    bool in_value = false;
    for (const char c : json) {
        if (c == '"' || c == '}') continue;
        if (c == ',') {
            if (!out.detail.empty()) out.detail += ' ';
            in_value = false;
        } else if (c == ':' && !std::exchange(in_value, true)) {
            out.detail += '=';
        } else {
            out.detail += c;
        }
    }
    return out;
}

void RecentEvents::write_line(std::string json_line) {
    auto words = as_words(json_line, clock_.now());
    log_.write_line(std::move(json_line));
    const std::lock_guard lock(mutex_);
    lines_.push_front(std::move(words));
    if (lines_.size() > kept) lines_.pop_back();
}

std::vector<LogLine> RecentEvents::newest() const {
    const std::lock_guard lock(mutex_);
    return {lines_.begin(), lines_.end()};
}

}  // namespace app
