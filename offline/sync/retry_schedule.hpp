// When to try again: full jitter, U(0, min(cap, base · 2^attempt)). The same seed gives the same
// waits, different terminals different ones, so a fleet does not knock together. Pure.
#pragma once

#include "base/clock.hpp"

#include <cstdint>

namespace offline::sync {

struct RetryPolicy {
    base::Millis base{2000};
    base::Millis cap{900000};
    base::Millis first_contact{20000};  // the first try after a start waits U(0, this)
};

// `attempt` counts failures from 0.
base::Millis retry_wait(const RetryPolicy& policy, int attempt, std::uint64_t seed);
base::Millis first_contact_wait(const RetryPolicy& policy, std::uint64_t seed);
// The centre named a time itself: that, and up to half of it again. At most a day.
base::Millis appointed_wait(base::Millis retry_after, std::uint64_t seed);

}  // namespace offline::sync
