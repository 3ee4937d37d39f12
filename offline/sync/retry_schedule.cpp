#include "offline/sync/retry_schedule.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

constexpr base::Millis one_day{24 * 60 * 60 * 1000};

// SplitMix64: a good spread from neighbouring seeds.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15ull;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBull;
    return value ^ (value >> 31);
}

base::Millis somewhere_up_to(base::Millis limit, std::uint64_t seed) {
    const auto range = static_cast<std::uint64_t>(std::max<std::int64_t>(0, limit.count())) + 1;
    return base::Millis{static_cast<std::int64_t>(mixed(seed) % range)};
}

}  // namespace

base::Millis retry_wait(const RetryPolicy& policy, int attempt, std::uint64_t seed) {
    base::Millis limit = std::min(policy.base, policy.cap);
    for (int i = 0; i < attempt && limit < policy.cap; ++i) limit = std::min(policy.cap, limit * 2);
    return somewhere_up_to(limit, seed ^ mixed(static_cast<std::uint64_t>(attempt)));
}

base::Millis first_contact_wait(const RetryPolicy& policy, std::uint64_t seed) {
    return somewhere_up_to(policy.first_contact, seed);
}

base::Millis appointed_wait(base::Millis retry_after, std::uint64_t seed) {
    const base::Millis asked = std::clamp(retry_after, base::Millis{0}, one_day);
    return std::min(one_day, asked + somewhere_up_to(asked / 2, seed));
}

}  // namespace offline::sync
