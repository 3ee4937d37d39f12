// Rows of the fault matrix (offline-sync.md 4.2) that are about the line and what the centre says.
#include "tests/simulator/scenario.hpp"

namespace simulator {
namespace {

using base::Millis;
using domain::Delivery;
using std::chrono::minutes;

TEST(fault_matrix, row_28_an_answer_to_S_lost_after_the_commit_is_asked_again_and_is_the_same_R1) {
    Scenario s;
    s.fate_of("submit", Fate::answer_lost, 3);
    const Intent& intent = s.world.hand_in(0);
    s.run_for(minutes{60});
    EXPECT_EQ(s.world.fates[Fate::answer_lost], 3);
    EXPECT_EQ(s.state_of(intent), Delivery::received);
    EXPECT_EQ(s.cases_of(intent), 1);
}

TEST(fault_matrix, row_29_an_answer_lost_after_COMPLETE_is_the_same_R2_and_purges_once) {
    Scenario s;
    s.world.script = [](const Machine&, const Kind& of) {
        const bool asks_for_it = !of.ids.empty() || of.what == "receipts";
        return std::optional(asks_for_it ? Fate::answer_lost : Fate::delivered);
    };
    const Intent& intent = s.world.hand_in(0);
    s.run_for(minutes{20});
    EXPECT_TRUE(s.world.effect_of(intent.given.sub_id)->complete);
    EXPECT_TRUE(s.has_bytes(intent)) << "nothing is deleted before the R2 is here";
    s.fate_of_all(Fate::delivered);
    s.run_for(minutes{60});
    EXPECT_EQ(s.state_of(intent), Delivery::received);
    EXPECT_FALSE(s.has_bytes(intent));
    EXPECT_EQ(s.cases_of(intent), 1);
}

TEST(fault_matrix, row_30_a_request_that_arrives_minutes_after_its_retry_does_nothing) {
    {
        Scenario s;
        s.fate_of("submit", Fate::delayed);
        const Intent& intent = s.world.hand_in(0);
        s.run_for(minutes{60});
        EXPECT_EQ(s.world.fates[Fate::delayed], 1);
        EXPECT_EQ(s.state_of(intent), Delivery::received);
        EXPECT_EQ(s.cases_of(intent), 1);
    }
}

TEST(fault_matrix, row_31_the_same_S_by_two_ways_at_once_is_one_case_with_one_receipt) {
    Scenario s;
    s.machine().partitioned = true;
    const Intent& intent = s.world.hand_in(0);
    Machine& other = s.world.clone(s.machine());
    s.machine().partitioned = false;
    s.run_for(minutes{30});
    EXPECT_EQ(s.cases_of(intent), 1);
    EXPECT_EQ(s.state_of(intent, 0), Delivery::received);
    EXPECT_EQ(s.state_of(intent, other.number), Delivery::received) << "the same R2 serves both";
}

TEST(fault_matrix, row_39_a_captive_portals_page_marks_nothing_as_sent) {
    Scenario s;
    s.fate_of_all(Fate::portal);
    const Intent& intent = s.world.hand_in(0);
    s.run_for(minutes{120});
    EXPECT_GT(s.world.fates[Fate::portal], 5);
    EXPECT_EQ(s.state_of(intent), Delivery::kept);
    s.world.run_until_drained();
    EXPECT_EQ(s.state_of(intent), Delivery::received);
}

TEST(fault_matrix, row_40_forged_replayed_and_foreign_receipts_are_rejected_with_an_event) {
    Scenario s(2);
    const Intent& others = s.world.hand_in(1);  // its receipts are what is replayed
    s.run_for(minutes{5});
    ASSERT_EQ(s.state_of(others), Delivery::received);
    for (const Fate fate : {Fate::replayed, Fate::forged}) {
        s.world.script = [fate](const Machine&, const Kind& of) {
            return std::optional(of.ids.empty() ? Fate::delivered : fate);
        };
        const auto events = s.machine().log.lines.size();
        const Intent& intent = s.world.hand_in(0);
        s.run_for(minutes{60});
        EXPECT_EQ(s.state_of(intent), Delivery::kept) << name(fate);
        EXPECT_TRUE(s.has_bytes(intent)) << name(fate);
        EXPECT_GT(s.machine().log.lines.size(), events);
        const auto& log = s.machine().log;
        if (fate == Fate::replayed) {
            EXPECT_TRUE(log.says("ReceiptRejected", "CentreNonsense")) << "of another terminal";
        } else {
            EXPECT_TRUE(log.says("ReceiptRejected", "KeyUnknown"));
            EXPECT_TRUE(log.says("ReceiptRejected", "SignatureWrong"));
        }
        s.fate_of_all(Fate::delivered);
        s.run_for(minutes{60});
        EXPECT_EQ(s.state_of(intent), Delivery::received) << "the true one still counts";
    }
}

TEST(fault_matrix, row_41_receipts_of_an_unknown_key_change_nothing_until_the_key_set_is_here) {
    Scenario s;
    s.fate_of("submit", Fate::answer_lost, 1000);
    const Intent& intent = s.world.hand_in(0);
    s.run_for(minutes{5});
    ASSERT_EQ(s.cases_of(intent), 1);
    s.world.rotate_keys();
    s.fate_of_all(Fate::delivered);
    s.run_for(minutes{60});
    EXPECT_EQ(s.state_of(intent), Delivery::kept);
    EXPECT_TRUE(s.has_bytes(intent));
    s.world.give_keys(s.machine());
    s.run_for(minutes{30});
    EXPECT_EQ(s.state_of(intent), Delivery::received);
}

TEST(fault_matrix, row_42_a_line_that_loses_a_third_of_everything_still_delivers) {
    Scenario s;
    Seeded dice(42, "row 42");
    s.world.script = [&dice](const Machine&, const Kind&) {
        return std::optional(dice.chance(150)   ? Fate::lost_before
                             : dice.chance(176) ? Fate::answer_lost
                                                : Fate::delivered);
    };
    for (int i = 0; i < 10; ++i) s.world.hand_in(0);
    s.run_for(minutes{600});
    EXPECT_TRUE(s.machine().post->outbox().waiting()->empty());
    EXPECT_EQ(s.world.effects().size(), 10u);
}

TEST(fault_matrix, row_43_a_line_that_comes_and_goes_every_five_seconds_makes_progress) {
    Scenario s;
    s.world.script = [&](const Machine&, const Kind&) {
        return std::optional(s.world.now().count() / 5000 % 2 == 0 ? Fate::delivered
                                                                   : Fate::refused);
    };
    for (int i = 0; i < 10; ++i) s.world.hand_in(0);
    s.run_for(minutes{240});
    EXPECT_GT(s.world.fates[Fate::refused], 0);
    EXPECT_TRUE(s.machine().post->outbox().waiting()->empty());
}

TEST(fault_matrix, row_44_a_named_time_holds_for_the_whole_terminal_and_not_for_all_at_once) {
    std::vector<Millis> came_back;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        Scenario s(1, seed);
        for (int i = 0; i < 3; ++i) s.world.hand_in(0);
        std::optional<Millis> told;
        s.world.retry_after_script = minutes{60};
        s.world.script = [&](const Machine&, const Kind&) {
            if (!told) {
                told = s.world.now();
                return std::optional(Fate::overloaded);
            }
            if (came_back.size() < seed) came_back.push_back(s.world.now() - *told);
            return std::optional(Fate::delivered);
        };
        s.run_for(minutes{120});
        ASSERT_EQ(came_back.size(), seed);
        EXPECT_GE(came_back.back(), minutes{60});
        EXPECT_LE(came_back.back(), minutes{91});
        EXPECT_TRUE(s.machine().post->outbox().waiting()->empty());
    }
    std::sort(came_back.begin(), came_back.end());
    EXPECT_GT(came_back.back() - came_back.front(), minutes{5}) << "spread over half an hour";
}

TEST(fault_matrix, row_45_one_submission_the_centre_fails_on_lets_all_others_pass) {
    Scenario s;
    Intent& poisoned = s.world.hand_in(0);
    poisoned.centre_fails_on_it = true;
    std::vector<const Intent*> others;
    for (int i = 0; i < 5; ++i) others.push_back(&s.world.hand_in(0));
    s.run_for(minutes{30});
    EXPECT_GT(s.world.fates[Fate::centre_fails], 2) << "it is tried again";
    EXPECT_EQ(s.state_of(poisoned), Delivery::kept);
    for (const auto* other : others) EXPECT_EQ(s.state_of(*other), Delivery::received);
    s.world.run_until_drained();
    EXPECT_EQ(s.state_of(poisoned), Delivery::received) << "when the centre is mended";
}

// What a centre whose parser ends the process looks like from here: the line breaks off.
TEST(fault_matrix, row_46_one_submission_that_ends_the_centre_lets_all_others_pass) {
    Scenario s;
    const Intent& poisoned = s.world.hand_in(0);
    const std::string id = poisoned.given.sub_id.text();
    s.world.script = [&](const Machine&, const Kind& of) {
        return std::optional(of.about(id) ? Fate::lost_before : Fate::delivered);
    };
    std::vector<const Intent*> others;
    for (int i = 0; i < 5; ++i) others.push_back(&s.world.hand_in(0));
    s.run_for(minutes{120});
    EXPECT_EQ(s.state_of(poisoned), Delivery::kept);
    for (const auto* other : others) EXPECT_EQ(s.state_of(*other), Delivery::received);
}

TEST(fault_matrix, row_68_a_centre_that_never_has_time_is_asked_once_a_day_at_least) {
    Scenario s;
    const Intent& intent = s.world.hand_in(0);
    s.world.retry_after_script = minutes{10 * 24 * 60};
    int asked = 0;
    s.world.script = [&](const Machine&, const Kind&) {
        ++asked;
        return std::optional(Fate::overloaded);
    };
    s.run_for(minutes{5 * 24 * 60});
    EXPECT_GE(asked, 5);
    EXPECT_LE(asked, 7);
    EXPECT_TRUE(s.has_bytes(intent));
    s.fate_of_all(Fate::delivered);
    s.run_for(minutes{24 * 60 + 10});
    EXPECT_EQ(s.state_of(intent), Delivery::received);
}

}  // namespace
}  // namespace simulator
