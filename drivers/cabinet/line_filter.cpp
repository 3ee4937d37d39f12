#include "drivers/cabinet/line_filter.hpp"

namespace drivers::cabinet {

using domain::CabinetLine;

namespace {

constexpr std::size_t at(CabinetLine line) {
    return static_cast<std::size_t>(line);
}

domain::CabinetLines quiet() {
    domain::CabinetLines lines;
    lines.set(at(CabinetLine::presence));
    return lines;
}

bool is_door(std::size_t line) {
    return line == at(CabinetLine::service_door) || line == at(CabinetLine::paper_door) ||
           line == at(CabinetLine::tamper);
}

}  // namespace

LineFilter::LineFilter(base::Millis hold) : hold_(hold), settled_(quiet()) {}

std::vector<LineChange> LineFilter::take(const Reading& reading, base::Millis now) {
    latest_ = reading;
    std::vector<LineChange> changes;
    for (std::size_t i = 0; i < settled_.size(); ++i) {
        auto& since = differs_since_.at(i);
        if (!reading.fitted[i] || reading.set[i] == settled_[i]) {
            since.reset();
            continue;
        }
        if (!since) since = now;
        if (now - *since < hold_) continue;
        settled_[i] = reading.set[i];
        since.reset();
        changes.push_back({static_cast<CabinetLine>(i), settled_[i]});
    }
    return changes;
}

std::vector<LineChange> LineFilter::lose() {
    latest_ = {};
    differs_since_ = {};
    std::vector<LineChange> changes;
    const auto rest = quiet();
    for (std::size_t i = 0; i < settled_.size(); ++i) {
        if (is_door(i) || settled_[i] == rest[i]) continue;
        settled_[i] = rest[i];
        changes.push_back({static_cast<CabinetLine>(i), rest[i]});
    }
    return changes;
}

}  // namespace drivers::cabinet
