#include "offline/sync/pace.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

using base::Millis;

constexpr Millis concurrent_wait{4000};
constexpr Millis authority_wait{15 * 60 * 1000};
constexpr Millis version_wait{60 * 60 * 1000};

}  // namespace

Millis item_wait(const RetryPolicy& policy, const Verdict& verdict, int failures,
                 std::uint64_t seed) {
    if (verdict.retry_after > Millis{0}) return appointed_wait(verdict.retry_after, seed);
    switch (verdict.is) {
        case AnswerClass::concurrent:
            return appointed_wait(concurrent_wait / 2, seed);
        case AnswerClass::version:
            return appointed_wait(std::min(version_wait, policy.cap * 4), seed);
        default:
            return retry_wait(policy, failures, seed);
    }
}

LinePace::Wait LinePace::after(const Verdict& verdict, bool about_hello, bool urgent,
                               std::uint64_t seed) {
    switch (verdict.is) {
        case AnswerClass::network: {
            const Millis wait = retry_wait(policy_, failures_++, seed);
            const bool only_hello = about_hello || failures_ >= failures_until_only_hello;
            return {wait, only_hello, "network"};
        }
        case AnswerClass::server:
            if (++failures_ < failures_until_only_hello && !about_hello) return {};
            return {retry_wait(policy_, failures_ - 1, seed), true, "failing"};
        case AnswerClass::throttled: {
            if (verdict.retry_after > Millis{0}) {
                Wait wait = appointed(verdict.retry_after, urgent, seed);
                wait.only_hello = about_hello;
                return wait;
            }
            return {retry_wait(policy_, throttled_++, seed), about_hello, "throttled"};
        }
        case AnswerClass::authority:
            return {appointed_wait(authority_wait, seed), true, "authority"};
        case AnswerClass::version:
            if (!about_hello) return {};  // of one item; the others go on
            return {appointed_wait(version_wait, seed), true, "version"};
        default:
            if (!about_hello) return {};
            return {retry_wait(policy_, failures_++, seed), true, "failing"};
    }
}

LinePace::Wait LinePace::appointed(Millis come_back_in, bool urgent, std::uint64_t seed) {
    const Millis asked = urgent ? std::min(come_back_in, urgent_wait_max) : come_back_in;
    return {appointed_wait(asked, seed), false, "throttled"};
}

bool RetryBudget::take(Millis now) {
    if (tenths_ < 10 && now < ready_at()) return false;
    tenths_ = std::max(0, tenths_ - 10);
    last_ = now;
    return true;
}

}  // namespace offline::sync
