// Time as a value. Nothing reads a clock but through Clock; sessions get time as an event.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace base {

using Millis = std::chrono::milliseconds;
// Wall time, milliseconds since 1970-01-01 UTC.
using Instant = std::chrono::sys_time<Millis>;
using Date = std::chrono::year_month_day;

// Callable from any thread.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    // Never goes back; for time-outs. Its zero means nothing.
    virtual Millis steady() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
    Millis steady() const override;
};

// Moves only when told: training, demonstration, tests.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : wall_ms_(start.time_since_epoch().count()) {}
    Instant now() const override { return Instant{Millis{wall_ms_.load()}}; }
    Millis steady() const override { return Millis{steady_ms_.load()}; }
    void forward(Millis by) {
        wall_ms_ += by.count();
        steady_ms_ += by.count();
    }

  private:
    std::atomic<std::int64_t> wall_ms_;
    std::atomic<std::int64_t> steady_ms_{0};
};

// The terminal's civil time is UTC+8 everywhere in the country, without summer time.
inline constexpr std::chrono::hours china_offset{8};
Date local_date(Instant instant);
std::string local_time_hh_mm(Instant instant);              // 09:41
std::string iso8601_local(Instant instant);                 // 2026-11-22T09:41:00+08:00
bool parse_iso8601(const std::string& text, Instant& out);  // with Z or ±hh:mm

}  // namespace base
