// A store of the version before, in both databases, is carried over as it is.
#include "tests/unit/offline/intake/case_store_fixture.hpp"

namespace {

using namespace offline_test;
using namespace std::chrono_literals;

class store_versions : public case_store {
  protected:
    void back_to(int version) {
        store.reset();
        run("DROP TABLE case_event; DROP TABLE still_talking; DROP TABLE sign_in_refused;"
            "DROP INDEX certificate_by_terminal; DROP INDEX console_act_of;" +
            (is_sqlite() ? "PRAGMA user_version = " + std::to_string(version)
                         : "UPDATE intake_version SET version = " + std::to_string(version)));
    }
};

INSTANTIATE_TEST_SUITE_P(both, store_versions, testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return one.param; });

TEST_P(store_versions, names_that_strangers_had_typed_are_gone_and_how_often_it_was_is_kept) {
    ASSERT_TRUE(store->fleet().add({"xiaowang", intake::Role::admin, {1}, {2}, start}).value());
    back_to(4);
    run("INSERT INTO console_act VALUES (1000, '13800000000', 'sign-in', '', 'refused'),"
        "(2000, '13900000000', 'sign-in', '', 'refused'), (3000, 'xiaowang', 'sign-in', '',"
        " 'locked'), (4000, 'xiaowang', 'sign-in', '', 'in'),"
        "(90000000, 'xiaowang', 'sign-in', '', 'refused')");
    const auto again = open();
    ASSERT_TRUE(again) << again.error().safe_detail;
    auto& book = (*again)->fleet();
    const auto acts = book.acts().value();
    ASSERT_EQ(acts.size(), 1u);
    EXPECT_EQ(acts[0].outcome, "in");
    const auto refused = book.refused_sign_ins().value();
    ASSERT_EQ(refused.size(), 3u);
    EXPECT_EQ(refused[0].account, "xiaowang") << "of the second day";
    EXPECT_EQ(refused[0].times, 1);
    EXPECT_EQ(refused[1].account, "xiaowang");
    EXPECT_EQ(refused[2].account, "");
    EXPECT_EQ(refused[2].times, 2);
    EXPECT_EQ(refused[2].last, base::Instant(2s));
    EXPECT_TRUE(book.still_talks({terminal_id, "aa", "lost", {}, start}));
}

TEST_P(store_versions, cases_that_were_there_before_begin_their_life_as_received) {
    const auto fresh = new_case(1);
    const auto number = store->take(fresh, say_the_place)->case_number;
    complete(fresh);
    ASSERT_TRUE(store->apply_next(agree, start));
    store.reset();
    run(std::string("DROP TABLE case_event;") +
        (is_sqlite() ? "PRAGMA user_version = 5" : "UPDATE intake_version SET version = 5"));
    const auto again = open();
    ASSERT_TRUE(again) << again.error().safe_detail;
    auto& life = (*again)->life();
    EXPECT_TRUE(life.find(number)->events.empty());
    intake::CaseEvent accepted;
    accepted.move.to = domain::OfficeState::accepted;
    accepted.at = start;
    EXPECT_EQ(life.move(number, accepted).value(), domain::OfficeState::received);
}

TEST_P(store_versions, a_store_that_a_newer_program_wrote_is_not_touched) {
    back_to(99);
    const auto opened = open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, FaultCode::OutboxCorrupt);
}

}  // namespace
