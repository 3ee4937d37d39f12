// Rows of the fault matrix (offline-sync.md 4.2) that are about machines, disks, clocks and keys.
#include "offline/sealing/sealing.hpp"
#include "tests/simulator/scenario.hpp"

#include <set>

namespace simulator {
namespace {

using base::Millis;
using domain::Delivery;
using std::chrono::minutes;

TEST(fault_matrix, row_10_who_was_told_no_after_a_failed_flush_stays_refused_when_it_is_killed) {
    Scenario s;
    s.world.hand_in(0);
    s.run_for(minutes{5});
    s.machine().disk->fail_flush(1, power_loss::RecordingDisk::Times::for_ever);
    const Intent& refused = s.world.hand_in(0);
    ASSERT_EQ(refused.told, Told::refused);
    s.world.kill(s.machine());
    s.world.boot(s.machine());
    s.world.run_until_drained();
    EXPECT_EQ(s.cases_of(refused), 0);
    const Intent& next = s.world.hand_in(0);
    EXPECT_EQ(next.slip->seq, 2) << "it used no number";
}

TEST(fault_matrix, row_20_an_old_disk_image_put_back_makes_no_second_case) {
    Scenario s;
    const Intent& delivered = s.world.hand_in(0);
    s.world.copy_disk(s.machine());
    s.run_for(minutes{5});
    const Intent& after = s.world.hand_in(0);
    s.run_for(minutes{5});
    s.machine().partitioned = true;
    const Intent& gone = s.world.hand_in(0);
    s.run_for(minutes{1});
    s.machine().partitioned = false;
    s.world.restore_disk(s.machine());
    const Intent& fresh = s.world.hand_in(0);
    EXPECT_EQ(fresh.slip->seq, after.slip->seq) << "the machine counts from where it was";
    s.world.run_until_drained();
    EXPECT_EQ(s.cases_of(delivered), 1);
    EXPECT_EQ(s.cases_of(after), 1) << "the centre has it, whatever the machine forgot";
    EXPECT_EQ(s.cases_of(fresh), 1);
    EXPECT_EQ(s.cases_of(gone), 0);
    EXPECT_EQ(s.state_of(after), Delivery::unknown) << "the same number, another code";
}

TEST(fault_matrix, row_21_a_cloned_machine_makes_no_second_case_and_loses_nothing) {
    Scenario s;
    s.machine().partitioned = true;
    const Intent& shared = s.world.hand_in(0);
    const Machine& copy = s.world.clone(s.machine());
    s.machine().partitioned = false;
    const Intent& here = s.world.hand_in(0);
    const Intent& there = s.world.hand_in(copy.number);
    EXPECT_EQ(here.slip->local_number, there.slip->local_number) << "both count alike";
    EXPECT_NE(here.slip->look_up_code, there.slip->look_up_code) << "but nobody reads the other's";
    s.world.run_until_drained();
    for (const Intent* intent : {&shared, &here, &there}) {
        EXPECT_EQ(s.cases_of(*intent), 1);
        EXPECT_EQ(s.state_of(*intent), Delivery::received);
    }
    EXPECT_EQ(s.state_of(there, 0), Delivery::unknown);
}

// Before each of its steps in turn.
TEST(fault_matrix, row_22_killed_at_any_step_it_goes_on_where_it_was) {
    std::int64_t steps = 0;
    for (int kill_at = 0; kill_at < 20; ++kill_at) {
        Scenario s;
        const Intent& intent = s.world.hand_in(0, true, 1);
        int sent = 0;
        const auto killed_after = [&](int exchanges) {
            s.world.script = [&](const Machine&, const Kind&) {
                ++sent;
                return std::optional(Fate::delivered);
            };
            for (int half_second = 0; half_second < 240; ++half_second) {
                s.world.run_for(Millis{500});
                if (sent * 2 + half_second % 2 >= exchanges) break;
            }
        };
        killed_after(kill_at);
        s.world.kill(s.machine());
        s.world.boot(s.machine());
        s.world.run_until_drained();
        EXPECT_EQ(s.state_of(intent), Delivery::received) << kill_at;
        EXPECT_EQ(s.cases_of(intent), 1) << kill_at;
        steps += s.world.trace.lines();
    }
    EXPECT_GT(steps, 0);
}

TEST(fault_matrix, row_25_a_machine_that_starts_again_and_again_does_not_knock_each_time) {
    Scenario s;
    std::set<std::int64_t> kept;
    int knocks = 0;
    s.world.script = [&](const Machine&, const Kind&) {
        ++knocks;
        return std::optional(Fate::refused);
    };
    std::vector<const Intent*> intents;
    for (int boot = 0; boot < 60; ++boot) {
        if (boot % 10 == 0) intents.push_back(&s.world.hand_in(0));
        s.world.run_for(Millis{5000});
        s.world.kill(s.machine());
        s.world.boot(s.machine());
    }
    EXPECT_LT(knocks, 40) << "the first contact waits for a time of its own after each start";
    for (const auto* intent : intents) {
        EXPECT_TRUE(s.has_bytes(*intent));
        EXPECT_TRUE(kept.insert(intent->slip->seq).second);
    }
    s.world.run_until_drained();
    for (const auto* intent : intents) EXPECT_EQ(s.cases_of(*intent), 1);
}

TEST(fault_matrix, row_32_other_bytes_under_the_same_id_change_nothing_here_and_at_the_centre) {
    Scenario s;
    s.world.copy_disk(s.machine());
    Intent& intent = s.world.hand_in(0);
    auto other = intent.given;
    other.envelope =
        offline::sealing::seal_submission(*s.machine().keys, base::Instant{Millis{1795311660000}},
                                          other.sub_id, base::to_bytes(submission_text(99, true)))
            .value();
    EXPECT_EQ(s.machine().post->accept(other).error().code, base::FaultCode::OutboxConflict);
    s.run_for(minutes{5});
    const Effect before = *s.world.effect_of(intent.given.sub_id);
    // Only a machine that forgot the first bytes takes others.
    s.world.restore_disk(s.machine());
    ASSERT_TRUE(intent.forgotten);
    const auto slip = s.machine().post->accept(other).value();
    s.world.run_until_drained();
    const auto status = s.machine().post->outbox().look_up(slip.qr_text).value();
    EXPECT_EQ(status.delivery, Delivery::attention) << "reported, and its bytes stay";
    EXPECT_TRUE(s.machine().post->outbox().parcel(slip.seq).value());
    const Effect& after = *s.world.effect_of(intent.given.sub_id);
    EXPECT_EQ(after.manifest_digest, before.manifest_digest);
    EXPECT_EQ(after.case_number, before.case_number);
    EXPECT_EQ(s.cases_of(intent), 1);
}

TEST(fault_matrix, row_47_what_the_centre_refuses_for_good_stays_here_and_is_seen) {
    Scenario s;
    const Intent& refused = s.world.hand_in(0, false);
    const Intent& good = s.world.hand_in(0);
    s.world.run_until_drained();
    for (int start = 0; start < 2; ++start) {
        EXPECT_EQ(s.state_of(refused), Delivery::attention);
        EXPECT_TRUE(s.has_bytes(refused));
        EXPECT_EQ(s.cases_of(refused), 0);
        EXPECT_EQ(s.state_of(good), Delivery::received);
        s.world.kill(s.machine());
        s.world.boot(s.machine());
    }
}

// What is sent and when, with the wall clock put to `shift` in the middle of a bad line.
std::vector<std::pair<std::int64_t, std::string>> sent_with_clock_put_by(Millis shift) {
    std::vector<std::pair<std::int64_t, std::string>> sent;
    Scenario s;
    Seeded dice(54, "row 54");
    s.world.script = [&](const Machine&, const Kind& of) {
        sent.emplace_back(s.world.now().count(), of.what);
        return std::optional(dice.chance(400) ? Fate::lost_before : Fate::delivered);
    };
    std::vector<const Intent*> intents;
    for (int i = 0; i < 4; ++i) {
        intents.push_back(&s.world.hand_in(0));
        s.run_for(minutes{7});
        s.machine().clock.shift += shift;
    }
    s.run_for(minutes{180});
    for (const auto* intent : intents) EXPECT_EQ(s.state_of(*intent), Delivery::received);
    return sent;
}

TEST(fault_matrix, row_54_a_clock_at_1970_ten_years_ahead_or_an_hour_back_changes_no_delivery) {
    constexpr std::int64_t hour = 3'600'000;
    const auto as_ever = sent_with_clock_put_by(Millis{0});
    ASSERT_GT(as_ever.size(), 20u);
    EXPECT_EQ(sent_with_clock_put_by(Millis{-1795311660000 / 4}), as_ever) << "1970";
    EXPECT_EQ(sent_with_clock_put_by(Millis{10 * 365 * 24 * hour}), as_ever);
    EXPECT_EQ(sent_with_clock_put_by(Millis{-hour}), as_ever);
    EXPECT_EQ(sent_with_clock_put_by(Millis{1000}), as_ever) << "a leap second";
}

TEST(fault_matrix,
     row_55_an_expired_certificate_asks_seldom_loses_nothing_and_goes_on_with_a_new_one) {
    Scenario s;
    s.machine().expired = true;
    int asked = 0;
    s.world.script = [&](const Machine& machine, const Kind&) {
        ++asked;
        return std::optional(machine.expired ? Fate::shut_out : Fate::delivered);
    };
    std::vector<const Intent*> intents;
    for (int day = 0; day < 180; day += 30) {
        intents.push_back(&s.world.hand_in(0, true, 1));
        s.run_for(minutes{30 * 24 * 60});
    }
    EXPECT_GE(asked, 180 * 24);
    EXPECT_LE(asked, 180 * 24 * 5) << "one try in a quarter of an hour";
    for (const auto* intent : intents) EXPECT_TRUE(s.has_bytes(*intent));
    EXPECT_TRUE(s.machine().log.says("DeliveryWaits", "authority"));
    s.machine().expired = false;
    s.world.run_until_drained();
    for (const auto* intent : intents) EXPECT_EQ(s.state_of(*intent), Delivery::received);
}

TEST(fault_matrix, row_56_what_was_sealed_before_the_centre_changed_its_keys_is_still_opened) {
    Scenario s;
    s.machine().partitioned = true;
    std::vector<const Intent*> intents;
    for (int quarter = 0; quarter < 4; ++quarter) {
        intents.push_back(&s.world.hand_in(0));
        s.run_for(minutes{20});
        s.world.rotate_keys();
    }
    s.machine().partitioned = false;
    s.world.give_keys(s.machine());
    s.world.run_until_drained();
    for (const auto* intent : intents) EXPECT_EQ(s.state_of(*intent), Delivery::received);
}

}  // namespace
}  // namespace simulator
