// The rules of when to try again, over long random lives of a device.
#include "drivers/supervision/presence.hpp"
#include "drivers/supervision/reconnection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace drivers::supervision {
namespace {

using base::Millis;
using State = CircuitBreaker::State;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(back_off, doubles_from_half_a_second_to_half_a_minute_within_its_jitter) {
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
        BackOff back_off(seed);
        for (const int middle : {500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000}) {
            const auto pause = back_off.next().count();
            EXPECT_GE(pause * 100, middle * 80) << seed;
            EXPECT_LE(pause * 100, middle * 120) << seed;
        }
        back_off.reset();
        EXPECT_LE(back_off.next(), Millis{600});
    }
}

TEST(back_off, devices_that_failed_together_do_not_come_back_together) {
    std::vector<Millis> pauses;
    for (std::uint32_t seed = 0; seed < 50; ++seed) pauses.push_back(BackOff(seed).next());
    std::sort(pauses.begin(), pauses.end());
    EXPECT_GT(pauses.back() - pauses.front(), Millis{100});
    EXPECT_GT(std::unique(pauses.begin(), pauses.end()) - pauses.begin(), 20);
}

TEST(circuit_breaker, four_failures_in_two_minutes_leave_it_closed_and_the_fifth_opens_it) {
    CircuitBreaker breaker;
    for (int i = 0; i < 4; ++i) breaker.failed(seconds(10 * i));
    EXPECT_EQ(breaker.state(), State::closed);
    breaker.failed(seconds(120));
    EXPECT_EQ(breaker.state(), State::open);
}

TEST(circuit_breaker, slow_failures_never_open_it) {
    CircuitBreaker breaker;
    for (int i = 0; i < 1000; ++i) breaker.failed(seconds(31 * i));
    EXPECT_EQ(breaker.state(), State::closed);
}

TEST(circuit_breaker, is_probed_once_a_minute_and_closes_after_five_good_minutes) {
    CircuitBreaker breaker;
    for (int i = 0; i < 5; ++i) breaker.failed(seconds(i));
    EXPECT_EQ(breaker.until_probe(seconds(4)), Millis{60'000});
    EXPECT_EQ(breaker.until_probe(seconds(64)), Millis{0});
    breaker.failed(seconds(64));
    EXPECT_EQ(breaker.until_probe(seconds(64)), Millis{60'000});
    breaker.worked(seconds(124));
    EXPECT_EQ(breaker.state(), State::probation);
    breaker.worked(seconds(423));
    EXPECT_EQ(breaker.state(), State::probation);
    breaker.worked(seconds(424));
    EXPECT_EQ(breaker.state(), State::closed);
    for (int i = 0; i < 4; ++i) breaker.failed(seconds(430 + i));
    EXPECT_EQ(breaker.state(), State::closed);  // what was before is forgiven
}

TEST(circuit_breaker, on_probation_one_failure_is_enough) {
    CircuitBreaker breaker;
    for (int i = 0; i < 5; ++i) breaker.failed(seconds(i));
    breaker.worked(minutes(10));
    breaker.failed(minutes(12));
    EXPECT_EQ(breaker.state(), State::open);
}

// Whatever happens: it opens only after five failures within two minutes or one on probation, it
// closes only after five minutes of success, and an open circuit lets at most one try a minute.
TEST(circuit_breaker, keeps_its_rules_over_random_lives) {
    std::mt19937 random(20261126);
    for (int life = 0; life < 200; ++life) {
        CircuitBreaker breaker;
        std::vector<Millis> failures;
        Millis now{0}, good_since{0};
        for (int event = 0; event < 200; ++event) {
            now += Millis{random() % 70'000};
            const auto before = breaker.state();
            if (before == State::open && breaker.until_probe(now).count() > 0) {
                ASSERT_LT(now - failures.back(), Millis{60'000});
                continue;
            }
            if (random() % 3 == 0) {
                if (before != State::probation) good_since = now;
                breaker.worked(now);
                if (before == State::probation && breaker.state() == State::closed) {
                    ASSERT_GE(now - good_since, Millis{minutes(5)});
                    failures.clear();
                }
                ASSERT_NE(breaker.state(), State::open);
            } else {
                breaker.failed(now);
                failures.push_back(now);
                const auto recent = std::count_if(failures.begin(), failures.end(), [&](Millis at) {
                    return now - at <= Millis{minutes(2)};
                });
                ASSERT_EQ(breaker.state() == State::open, before != State::closed || recent >= 5);
            }
        }
    }
}

TEST(presence, three_misses_in_a_row_are_needed_and_one_sight_is_enough) {
    Presence presence;
    EXPECT_FALSE(presence.missed());
    EXPECT_TRUE(presence.seen());
    EXPECT_FALSE(presence.seen());
    EXPECT_FALSE(presence.missed());
    EXPECT_FALSE(presence.missed());
    EXPECT_FALSE(presence.seen());  // back before it counted as gone
    EXPECT_FALSE(presence.missed());
    EXPECT_FALSE(presence.missed());
    EXPECT_TRUE(presence.missed());
    EXPECT_FALSE(presence.missed());  // gone is said once
    EXPECT_FALSE(presence.is_there());
    EXPECT_TRUE(presence.seen());
}

TEST(presence, over_random_looks_it_is_gone_exactly_after_three_misses) {
    std::mt19937 random(7);
    Presence presence;
    int misses = 3;
    for (int look = 0; look < 10'000; ++look) {
        const bool found = random() % 2 == 0;
        const bool was_there = presence.is_there();
        const bool changed = found ? presence.seen() : presence.missed();
        misses = found ? 0 : misses + 1;
        EXPECT_EQ(presence.is_there(), misses < 3);
        EXPECT_EQ(changed, was_there != presence.is_there());
    }
}

TEST(reconnection, a_device_that_is_not_there_is_looked_for_every_second_and_never_given_up) {
    Reconnection reconnection(1);
    for (int i = 0; i < 1000; ++i) {
        reconnection.absent(seconds(i));
        EXPECT_EQ(reconnection.pause(seconds(i)), Millis{1000});
    }
    EXPECT_FALSE(reconnection.has_given_up());
}

TEST(reconnection, one_that_was_plugged_in_is_tried_at_once_even_when_given_up) {
    Reconnection reconnection(1);
    for (int i = 0; i < 5; ++i) reconnection.failed(seconds(i));
    ASSERT_TRUE(reconnection.has_given_up());
    EXPECT_FALSE(reconnection.may_try_early());
    EXPECT_GT(reconnection.pause(seconds(5)), Millis{50'000});
    reconnection.arrived(seconds(5));
    EXPECT_EQ(reconnection.pause(seconds(5)), Millis{0});
    reconnection.failed(seconds(6));
    EXPECT_GT(reconnection.pause(seconds(6)), Millis{50'000});
}

TEST(reconnection, a_working_device_starts_with_the_short_pause_again) {
    Reconnection reconnection(1);
    reconnection.failed(seconds(0));
    reconnection.failed(seconds(1));
    EXPECT_GE(reconnection.pause(seconds(1)), Millis{800});
    reconnection.worked(seconds(3));
    EXPECT_EQ(reconnection.pause(seconds(3)), Millis{0});
    reconnection.failed(seconds(300));
    EXPECT_LE(reconnection.pause(seconds(300)), Millis{600});
}

}  // namespace
}  // namespace drivers::supervision
