// How long pages wait for a touch, by situation and mode (ux.md 1.4: T1 browse, T2 signed in, T3
// input, T5 finished). The values here are the defaults; the configuration may change them within
// the bounds that provisioning/config holds (UX-060).
#pragma once

#include "base/clock.hpp"

namespace domain {

struct IdleLimits {
    base::Millis quiet{};    // without a touch, until the warning
    base::Millis warning{};  // then, until the session ends
    friend bool operator==(const IdleLimits&, const IdleLimits&) = default;
};

struct ModeTimes {
    IdleLimits browse, signed_in, input;
    base::Millis finished{};  // a finished page, until it closes
    friend bool operator==(const ModeTimes&, const ModeTimes&) = default;
};

struct IdleTimes {
    ModeTimes standard{{std::chrono::seconds{60}, std::chrono::seconds{20}},
                       {std::chrono::seconds{120}, std::chrono::seconds{30}},
                       {std::chrono::seconds{180}, std::chrono::seconds{45}},
                       std::chrono::seconds{30}};
    ModeTimes elder{{std::chrono::seconds{120}, std::chrono::seconds{45}},
                    {std::chrono::seconds{240}, std::chrono::seconds{45}},
                    {std::chrono::seconds{300}, std::chrono::seconds{45}},
                    std::chrono::seconds{60}};
    // Who touches slowly gets more of everything (UX-068); in percent, so that limits stay exact.
    int slow_percent = 150;
    // In elder mode the clock stands while the help page is open (UX-205), for at most this long:
    // somebody who walks off from it must not leave the session to the next person.
    base::Millis help_pause = std::chrono::seconds{300};
    friend bool operator==(const IdleTimes&, const IdleTimes&) = default;
};

}  // namespace domain
