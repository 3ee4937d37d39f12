#include "base/pulse.hpp"

#include "base/bounded_queue.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <string>
#include <thread>

namespace {

using base::Millis;

constexpr Millis limit{1000};

Millis later(Millis by) {
    return base::SystemClock{}.steady() + by;
}

TEST(pulse, a_worker_that_hangs_is_named_and_one_that_waits_for_work_is_not) {
    base::BoundedQueue<int> orders(4), done(4);
    std::promise<void> let_go;
    std::jthread worker([&](const std::stop_token& stop) {
        const base::Pulse pulse("printer", limit);
        while (const auto order = orders.pop(stop)) {
            (void)done.push(*order);
            let_go.get_future().wait();  // the hanging device
            (void)done.push(-*order);
            (void)orders.pop(stop);  // rests
        }
    });
    ASSERT_TRUE(orders.push(1));
    ASSERT_EQ(done.pop({}), 1);
    EXPECT_FALSE(base::silent_worker(later(Millis{0})).has_value()) << "it may take its time";
    const auto silent = base::silent_worker(later(10 * limit));
    ASSERT_TRUE(silent.has_value());
    EXPECT_STREQ(silent->worker, "printer");
    EXPECT_GT(silent->silent_for, limit);
    let_go.set_value();
    ASSERT_EQ(done.pop({}), -1);
    while (base::silent_worker(later(10 * limit))) std::this_thread::yield();  // until it rests
    worker.request_stop();
    worker.join();
    EXPECT_FALSE(base::silent_worker(later(10 * limit)).has_value()) << "who ended is not missed";
}

TEST(pulse, the_one_that_is_silent_longest_is_told_first) {
    const auto begun = base::SystemClock{}.steady();
    std::latch both_work(3);
    std::promise<void> end;
    const auto ended = end.get_future().share();
    const auto work = [&](const char* name, Millis may_take) {
        const base::Pulse pulse(name, may_take);
        both_work.arrive_and_wait();
        ended.wait();
    };
    std::jthread patient([&] { work("patient", 100 * limit); });
    std::jthread prompt([&] { work("prompt", limit); });
    both_work.arrive_and_wait();
    EXPECT_STREQ(base::silent_worker(begun + 50 * limit)->worker, "prompt");
    end.set_value();
}

TEST(pulse, a_long_work_that_says_each_step_is_well) {
    const base::Pulse pulse("papers", limit);
    EXPECT_TRUE(base::silent_worker(later(2 * limit)).has_value());
    {
        const base::Pulse::Rest rest;
        EXPECT_FALSE(base::silent_worker(later(2 * limit)).has_value());
    }
    EXPECT_TRUE(base::silent_worker(later(2 * limit)).has_value()) << "rest is over";
    const auto before = base::SystemClock{}.steady();
    while (base::SystemClock{}.steady() == before) std::this_thread::yield();
    base::Pulse::beat();
    EXPECT_FALSE(pulse.silent_for(before + limit + Millis{1}).has_value());
}

TEST(pulse, threads_without_a_pulse_are_not_watched) {
    base::BoundedQueue<int> queue(1);
    ASSERT_TRUE(queue.push(1));
    EXPECT_EQ(queue.pop({}), 1);
    EXPECT_FALSE(base::silent_worker(later(1000 * limit)).has_value());
}

}  // namespace
