// When a terminal that has much to send may come, so that a province whose line came back does not
// knock all at once: the backlog that was let in divided by what the intake manages, and a time of
// its own for everybody behind that. Who comes back at the time it was given is let in. Pure but
// for its memory; the simulator and the server drive it by the steady clock.
// Source: offline-sync.md 2.8, measurement M4.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace offline::intake {

struct SlotRules {
    std::int64_t items_per_second = 2000;
    base::Millis patience{5000};         // a backlog below this sends nobody away
    base::Millis longest{3'600'000};     // nobody is told a later time
    std::size_t reservations = 200'000;  // remembered; beyond them a time is only advice
};

class Slots {
  public:
    explicit Slots(SlotRules rules = {}) : rules_(rules) {}

    // 0: go. `items`: what it says it has; `urgent`: some of it is.
    base::Millis admit(const std::string& terminal, std::int64_t items, bool urgent,
                       base::Millis now, std::uint64_t seed);

  private:
    SlotRules rules_;
    base::Millis busy_until_{};
    std::int64_t item_thousandths_ = 0;  // of an item, let in and not in busy_until_ yet
    std::map<std::string, base::Millis> reserved_;
};

}  // namespace offline::intake
