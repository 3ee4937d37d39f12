#include "drivers/cabinet/watched_cabinet.hpp"

#include "base/pulse.hpp"

#include <utility>

namespace drivers::cabinet {

using domain::CabinetLine;

namespace {

constexpr base::Millis turn_every{20};
constexpr base::Millis nothing_to_turn{3'600'000};

DeviceEvent door_event(domain::Door door, bool open) {
    if (open) return DoorOpened{door};
    return DoorClosed{door};
}

std::optional<DeviceEvent> event_of(const LineChange& change) {
    const auto key = [&](domain::PadKey pressed) -> std::optional<DeviceEvent> {
        if (!change.set) return std::nullopt;  // let go: nothing happens
        return PadKeyPressed{pressed};
    };
    switch (change.line) {
        case CabinetLine::presence:
            return PresenceChanged{change.set};
        case CabinetLine::service_door:
            return door_event(domain::Door::service, change.set);
        case CabinetLine::paper_door:
            return door_event(domain::Door::paper, change.set);
        case CabinetLine::tamper:
            return door_event(domain::Door::tamper, change.set);
        case CabinetLine::headphones:
            return HeadphonesChanged{change.set};
        case CabinetLine::key_next:
            return key(domain::PadKey::next);
        case CabinetLine::key_previous:
            return key(domain::PadKey::previous);
        case CabinetLine::key_select:
            return key(domain::PadKey::select);
        case CabinetLine::key_repeat:
            return key(domain::PadKey::repeat);
        case CabinetLine::key_help:
            return key(domain::PadKey::help);
    }
    return std::nullopt;
}

}  // namespace

WatchedCabinet::WatchedCabinet(CabinetParts parts, const base::Clock& clock, DeviceSink sink)
    : set_light_(std::move(parts.light)),
      clock_(clock),
      sink_(std::move(sink)),
      health_(sink_),
      filter_(parts.debounce),
      recovery_(clock),
      board_(std::move(parts.board)) {
    // What has no board is well without one; a board says so when it is open.
    if (board_)
        board_->on_plugging([this] { recovery_.plugging(); });  // found out in the next turn
    else
        health_.say(Part::board, std::nullopt);
    if (parts.ups)
        ups_ = std::make_unique<UpsWatcher>(std::move(parts.ups), parts.power,
                                            parts.ups_asked_every, health_, sink_);
    worker_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

WatchedCabinet::~WatchedCabinet() = default;

void WatchedCabinet::light(const domain::Lamps& lamps) {
    {
        std::lock_guard lock(mutex_);
        wishes_.lamps = lamps;
        ++version_;
    }
    changed_.notify_all();
}

void WatchedCabinet::set_brightness(int percent) {
    {
        std::lock_guard lock(mutex_);
        wishes_.percent = percent;
        ++version_;
    }
    changed_.notify_all();
}

WatchedCabinet::Wishes WatchedCabinet::wait(std::stop_token stop, base::Millis limit) {
    std::unique_lock lock(mutex_);
    const base::Pulse::Rest rest;
    changed_.wait_for(lock, stop, limit, [&] { return version_ != seen_; });
    seen_ = version_;
    return wishes_;
}

void WatchedCabinet::run(std::stop_token stop) {
    const base::Pulse pulse("cabinet");
    std::optional<int> percent;  // as it was set last
    while (!stop.stop_requested()) {
        const auto wishes = wait(stop, board_ ? turn_every : nothing_to_turn);
        if (set_light_ && wishes.percent && wishes.percent != percent) {
            percent = wishes.percent;
            const auto set = set_light_(*percent);
            health_.say(Part::light, set ? std::nullopt : std::optional(set.error()));
        }
        if (board_) turn(wishes.lamps);
    }
    if (open_) (void)board_->turn({}, clock_.steady());  // no lamp leads anywhere any more
}

void WatchedCabinet::turn(const domain::Lamps& lamps) {
    const auto now = clock_.steady();
    if (!open_) {
        if (!recovery_.is_due()) return;
        if (const auto opened = board_->open(); !opened) {
            lose(opened.error());
            return;
        }
        open_ = true;
    }
    const auto readings = board_->turn(lamps, now);
    if (!readings) {
        lose(readings.error());
        return;
    }
    if (readings->empty()) return tell(filter_.wait(now));
    for (const auto& reading : *readings) tell(filter_.take(reading, now));
    recovery_.worked();  // it speaks
    health_.say(Part::board, std::nullopt);
}

void WatchedCabinet::lose(base::Fault fault) {
    board_->close();
    open_ = false;
    tell(filter_.lose());
    health_.say(Part::board, fault.code == base::FaultCode::CabinetBoardAbsent
                                 ? recovery_.absent(std::move(fault))
                                 : recovery_.failed(std::move(fault)));
}

void WatchedCabinet::tell(const std::vector<LineChange>& changes) {
    for (const auto& change : changes)
        if (auto event = event_of(change)) sink_(std::move(*event));
}

}  // namespace drivers::cabinet
