// Who waits after which answer, and for how long: one item, or the whole terminal. Every wait has
// jitter; every time is of the steady clock, so a jumping wall clock decides nothing. Pure: the
// caller draws the seeds. Source: offline-sync.md 2.5.
#pragma once

#include "offline/sync/answer_class.hpp"
#include "offline/sync/retry_schedule.hpp"

#include <string_view>

namespace offline::sync {

// What is remembered of an item (a submission or an attachment) that did not go well.
struct ItemPace {
    int failures = 0;  // in a row
    int gone = 0;      // the centre did not know it
    int digests = 0;   // the centre's bytes were not ours
    base::Millis not_before{};
};
inline constexpr int gone_budget = 3;    // from then on it counts as a failure of the centre
inline constexpr int digest_budget = 2;  // then it is set aside
inline constexpr int failing_item = 20;  // from then on it goes only when nothing else does

// How long this item waits after its `pace.failures`-th failure.
base::Millis item_wait(const RetryPolicy& policy, const Verdict& verdict, int failures,
                       std::uint64_t seed);

// Of the whole terminal: what it may do after the answers it got.
class LinePace {
  public:
    explicit LinePace(const RetryPolicy& policy) : policy_(policy) {}

    struct Wait {
        base::Millis time{};      // 0: go on
        bool only_hello = false;  // then: the line is not good until a hello says so
        std::string_view why;     // word of the event DeliveryWaits
    };
    void good() { failures_ = throttled_ = 0; }
    // `about_hello`: the hello itself failed. `urgent`: something urgent waits.
    Wait after(const Verdict& verdict, bool about_hello, bool urgent, std::uint64_t seed);
    // A signed hello named a time.
    Wait appointed(base::Millis come_back_in, bool urgent, std::uint64_t seed);

    int failures() const { return failures_; }

  private:
    RetryPolicy policy_;
    int failures_ = 0;   // N and S in a row
    int throttled_ = 0;  // T in a row without a time named
};
inline constexpr int failures_until_only_hello = 5;
inline constexpr base::Millis urgent_wait_max{15 * 60 * 1000};  // whatever the centre says

// Retries are at most a tenth of the requests: a first try puts a tenth of a token in, a second one
// takes one out. One comes with every minute as well, or a lone failing item would never be tried.
class RetryBudget {
  public:
    void first_try() { tenths_ = tenths_ < tenths_max ? tenths_ + 1 : tenths_max; }
    // False: not now; look again at ready_at().
    bool take(base::Millis now);
    base::Millis ready_at() const { return last_ + base::Millis{60000}; }

  private:
    static constexpr int tenths_max = 100;
    int tenths_ = tenths_max;
    base::Millis last_{};  // when a retry went out
};

}  // namespace offline::sync
