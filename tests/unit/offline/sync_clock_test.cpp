// Time at both ends: the terminal's floor and trust, waits by the steady clock, the intake's slots.
// Names begin with the row of the fault matrix (offline-sync.md 4.2) that they prove.
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using base::Millis;

constexpr Millis hour{3'600'000};

TEST(delivery_clock, row_54_a_jumping_wall_clock_changes_no_time_of_the_next_try) {
    Folder folder;
    World world;
    base::ManualClock intake_clock{start};
    base::NoEventLog log;
    auto service = service_of(world, folder / "intake", intake_clock, log);
    const auto times = [&](Millis jump) {
        base::ManualClock steady{start};
        class Jumping final : public base::Clock {
          public:
            Jumping(const base::ManualClock& at, Millis by) : at_(at), by_(by) {}
            base::Instant now() const override {
                return at_.now() + (++asked_ % 2 == 0 ? by_ : -by_);
            }
            Millis steady() const override { return at_.steady(); }

          private:
            const base::ManualClock& at_;
            Millis by_;
            mutable int asked_ = 0;
        } jumping(steady, jump);
        sync::ClockFloor floor("", jumping, log);
        const sealing::KeySet keys = world.keys();
        MemoryParcels some(world);
        some.keep();
        std::vector<std::pair<Millis, std::string>> out;
        std::optional<std::pair<std::int64_t, sync::Exchange>> going;
        sync::Delivery one({{Millis{1000}, Millis{60000}, Millis{300}}, 7}, some, keys, floor,
                           jumping, log, [&](std::int64_t reference, sync::Exchange exchange) {
                               out.emplace_back(steady.steady(), exchange.path.substr(0, 9));
                               going.emplace(reference, std::move(exchange));
                           });
        for (int i = 0; i < 40; ++i) {
            const Millis next = one.tick();
            if (!going) {
                steady.forward(std::max(Millis{1}, next - steady.steady()));
                continue;
            }
            const auto now = std::exchange(going, std::nullopt);
            one.answered(now->first, i % 3 == 0
                                         ? base::Result<sync::Answer>(ask(service, now->second))
                                         : cut_off());
        }
        return out;
    };
    const auto still = times(Millis{0});
    EXPECT_EQ(times(hour), still);
    EXPECT_EQ(times(hour * 24 * 3650), still);
}

TEST(slots, the_intake_gives_times_of_their_own_when_many_come_at_once) {
    intake::Slots slots({.items_per_second = 10, .patience = Millis{1000}});
    Millis last{};
    int let_in = 0, sent_away = 0;
    for (int i = 0; i < 100; ++i) {
        const Millis wait = slots.admit("t" + std::to_string(i), 10, false, Millis{0},
                                        static_cast<std::uint64_t>(i));
        (wait == Millis{0} ? let_in : sent_away)++;
        EXPECT_GE(wait, last) << "nobody overtakes";
        last = wait;
    }
    EXPECT_EQ(let_in, 2);
    EXPECT_EQ(slots.admit("urgent", 1, true, Millis{0}, 1), Millis{0});
    EXPECT_EQ(slots.admit("t50", 10, false, Millis{50'000}, 1), Millis{0}) << "at its time";
    EXPECT_GT(slots.admit("t99", 10, false, Millis{50'000}, 1), Millis{0}) << "before its time";
    EXPECT_EQ(slots.admit("idle", 0, false, Millis{0}, 1), Millis{0});
}

// Each says hello at a time of its own within ten seconds, sends its three when it may, and comes
// back when it was told to.
TEST(slots, row_53_a_hundred_thousand_at_once_get_times_that_the_intake_can_keep) {
    constexpr int terminals = 100'000;
    constexpr std::int64_t items = 3, per_second = 2000;
    intake::Slots slots({.items_per_second = per_second});
    std::multimap<Millis, int> hellos;
    for (int i = 0; i < terminals; ++i) hellos.emplace(Millis{i / 10}, i);
    std::map<std::int64_t, std::int64_t> let_in;  // items, by second
    std::int64_t asked = 0;
    Millis last{};
    while (!hellos.empty()) {
        const auto [now, terminal] = *hellos.begin();
        hellos.erase(hellos.begin());
        ++asked;
        const Millis wait = slots.admit("t" + std::to_string(terminal), items, false, now,
                                        static_cast<std::uint64_t>(terminal));
        if (wait > Millis{0}) {
            hellos.emplace(now + wait, terminal);
            continue;
        }
        let_in[now.count() / 1000] += items;
        last = now;
    }
    EXPECT_LE(asked, 2 * terminals) << "once, and once more at its time";
    EXPECT_LE(last, Millis{terminals * items * 1000 / per_second} * 11 / 10);
    let_in.erase(0);  // the patience of the first seconds is let in at once
    for (int second = 1; second <= 10; ++second) let_in.erase(second);
    ASSERT_FALSE(let_in.empty());
    for (const auto& [second, count] : let_in)
        EXPECT_LE(count, per_second * 11 / 10) << "in second " << second;
}

TEST(clock_floor, row_54_goes_only_up_and_outlives_a_restart) {
    Folder folder;
    base::NoEventLog log;
    base::ManualClock dead{base::Instant{}};  // 1970
    const base::Instant told = start + Millis{86'400'000};
    {
        sync::ClockFloor floor(folder / "floor", dead, log);
        EXPECT_GT(floor.now(), base::Instant{}) << "not before it was built";
        EXPECT_EQ(floor.trust(), domain::ClockTrust::none);
        floor.told(told, "receipt");
        floor.told(start, "receipt");
        EXPECT_EQ(floor.now(), told);
    }
    sync::ClockFloor again(folder / "floor", dead, log);
    EXPECT_EQ(again.floor(), told);
    EXPECT_EQ(again.server_time(), told);
}

TEST(clock_floor, a_hello_that_agrees_makes_the_clock_trusted_and_one_that_does_not_does_not) {
    base::NoEventLog log;
    base::ManualClock clock{start};
    sync::ClockFloor floor("", clock, log);
    EXPECT_NE(floor.trust(), domain::ClockTrust::server);
    floor.told_now(start);
    EXPECT_EQ(floor.trust(), domain::ClockTrust::server);
    clock.forward(Millis{25 * 3'600'000});
    EXPECT_NE(floor.trust(), domain::ClockTrust::server) << "too long ago";
    floor.told_now(clock.now() - Millis{600'000});
    EXPECT_NE(floor.trust(), domain::ClockTrust::server) << "ten minutes apart";
}

}  // namespace
