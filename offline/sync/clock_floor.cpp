#include "offline/sync/clock_floor.hpp"

#include <sys/timex.h>

#include <algorithm>
#include <charconv>

namespace offline::sync {

namespace {

using base::Instant;
using base::Millis;

constexpr Millis told_for{24 * 60 * 60 * 1000};
constexpr Millis same_time{2 * 60 * 1000};
constexpr Millis worth_a_flush{60 * 60 * 1000};
// The release's own date: no terminal runs it earlier. Moved with the releases.
constexpr Instant built{std::chrono::sys_days{
    base::Date{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{1}}}};

bool disciplined() {
    timex now{};
    return ::adjtimex(&now) != TIME_ERROR && (now.status & STA_UNSYNC) == 0;
}

std::optional<Instant> read(store::Disk& disk, const std::string& path) {
    if (path.empty() || !disk.exists(path)) return std::nullopt;
    const auto bytes = disk.read(path, 0, 32);
    if (!bytes) return std::nullopt;
    const auto text = base::as_text(*bytes);
    std::int64_t ms = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (problem != std::errc{} || end != text.data() + text.size() || ms < 0) return std::nullopt;
    return Instant{Millis{ms}};
}

}  // namespace

ClockFloor::ClockFloor(std::string path, const base::Clock& clock, base::EventLog& log,
                       store::Disk& disk)
    : path_(std::move(path)),
      clock_(clock),
      log_(log),
      disk_(disk),
      floor_ms_(built.time_since_epoch().count()) {
    if (const auto kept = read(disk_, path_)) {
        kept_ = *kept;
        floor_ms_ = std::max(floor(), kept_).time_since_epoch().count();
        told_ = kept_;
    }
}

Instant ClockFloor::now() const {
    return std::max(floor(), clock_.now());
}

void ClockFloor::told(Instant server_time, const char* source) {
    told_ = std::max(told_, server_time);
    if (server_time <= floor()) return;
    floor_ms_ = server_time.time_since_epoch().count();
    if (floor() - kept_ >= worth_a_flush) keep(source);
}

void ClockFloor::told_now(Instant server_time) {
    offset_ = {clock_.now() - server_time, clock_.steady()};
    told(server_time, "hello");
}

void ClockFloor::keep(const char* source) {
    log_.record(base::log::ClockFloorMoved{source});
    kept_ = floor();  // a disk that does not take it is not asked again for every paper
    if (path_.empty()) return;
    const auto text = std::to_string(floor_ms_.load());
    [[maybe_unused]] const auto ignored = store::replace_file(disk_, path_, base::to_bytes(text));
}

domain::ClockTrust ClockFloor::trust() const {
    if (clock_.now() < floor() - same_time) return domain::ClockTrust::none;
    if (offset_ && clock_.steady() - offset_->second < told_for &&
        std::chrono::abs(offset_->first) < same_time)
        return domain::ClockTrust::server;
    return disciplined() ? domain::ClockTrust::ntp : domain::ClockTrust::rtc;
}

}  // namespace offline::sync
