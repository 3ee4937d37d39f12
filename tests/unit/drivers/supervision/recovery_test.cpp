// What a driver's worker is told about its one device.
#include "drivers/supervision/recovery.hpp"

#include "drivers/supervision/presence.hpp"

#include <gtest/gtest.h>

namespace drivers::supervision {
namespace {

using base::Fault;
using base::FaultCode;
using base::Millis;

constexpr int failures_until_given_up = 5;
const Fault silent{FaultCode::CabinetBoardSilent, "no report"};

struct Bench {
    base::ManualClock clock{base::Instant{}};
    Recovery recovery{clock};

    void give_up() {
        for (int i = 0; i < failures_until_given_up; ++i) (void)recovery.failed(silent);
    }
};

TEST(recovery, what_is_not_there_is_looked_for_once_a_second_and_never_given_up) {
    Bench bench;
    const Fault absent{FaultCode::CabinetBoardAbsent, {}};
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(bench.recovery.absent(absent), absent);
        EXPECT_FALSE(bench.recovery.is_due());
        EXPECT_EQ(bench.recovery.pause(), Millis{1000});
        bench.clock.forward(Millis{1000});
        EXPECT_TRUE(bench.recovery.is_due());
    }
}

TEST(recovery, where_looking_is_dear_it_is_done_as_seldom_as_asked_for) {
    base::ManualClock clock{base::Instant{}};
    Recovery recovery(clock, Millis{2000});
    (void)recovery.absent({FaultCode::HeadphoneJackAbsent, {}});
    EXPECT_EQ(recovery.pause(), Millis{2000});
}

TEST(recovery, five_failures_make_it_keep_failing_and_the_last_of_them_is_named) {
    Bench bench;
    for (int i = 1; i < failures_until_given_up; ++i) {
        EXPECT_EQ(bench.recovery.failed(silent), silent);
        EXPECT_TRUE(bench.recovery.may_try_early());
    }
    EXPECT_EQ(bench.recovery.failed(silent),
              (Fault{FaultCode::DeviceKeepsFailing, "CabinetBoardSilent"}));
    EXPECT_FALSE(bench.recovery.may_try_early());
    EXPECT_EQ(bench.recovery.pause(), Millis{60'000});
}

TEST(recovery, one_that_was_given_up_and_pulled_out_is_said_to_be_away) {
    Bench bench;
    bench.give_up();
    const Fault absent{FaultCode::CabinetBoardAbsent, {}};
    EXPECT_EQ(bench.recovery.absent(absent), absent);
    EXPECT_TRUE(bench.recovery.has_given_up());
}

TEST(recovery, each_plugging_makes_one_try_due_whatever_was_before) {
    Bench bench;
    bench.give_up();
    EXPECT_FALSE(bench.recovery.is_due());
    bench.recovery.plugging();
    EXPECT_EQ(bench.recovery.pause(), Millis{0});
    EXPECT_TRUE(bench.recovery.is_due());
    (void)bench.recovery.failed(silent);
    EXPECT_FALSE(bench.recovery.is_due());
}

TEST(recovery, a_plugging_during_a_try_that_fails_is_not_forgotten) {
    Bench bench;
    EXPECT_TRUE(bench.recovery.is_due());
    bench.recovery.plugging();
    (void)bench.recovery.failed(silent);
    EXPECT_TRUE(bench.recovery.is_due());
}

TEST(recovery, news_is_heard_once_and_leaves_the_try_that_is_due) {
    Bench bench;
    (void)bench.recovery.failed(silent);
    EXPECT_FALSE(bench.recovery.heard());
    bench.recovery.plugging();
    EXPECT_TRUE(bench.recovery.heard());
    EXPECT_FALSE(bench.recovery.heard());
    EXPECT_TRUE(bench.recovery.is_due());
}

TEST(presence, what_is_known_for_certain_needs_no_second_look) {
    Presence presence;
    presence.seen();
    presence.gone();
    EXPECT_FALSE(presence.is_there());
    EXPECT_TRUE(presence.seen());
    EXPECT_FALSE(presence.missed());
    EXPECT_FALSE(presence.missed());
    presence.gone();
    presence.seen();
    EXPECT_FALSE(presence.missed()) << "misses before it came back do not count";
    EXPECT_FALSE(presence.missed());
    EXPECT_TRUE(presence.is_there());
}

}  // namespace
}  // namespace drivers::supervision
