// Which move of a case is allowed, and what it must say.
#include "domain/case_life.hpp"

#include <gtest/gtest.h>

namespace domain {
namespace {

using S = OfficeState;

TEST(case_life, every_state_has_a_word_that_reads_back) {
    for (const S state : office_states) {
        EXPECT_EQ(office_state_from(word(state)), state);
        EXPECT_FALSE(name_zh(state).empty());
    }
    EXPECT_FALSE(office_state_from("UPLOADED"));
    EXPECT_FALSE(office_state_from("received"));
    EXPECT_FALSE(office_state_from(""));
}

TEST(case_life, what_is_over_goes_nowhere_and_everything_else_goes_on) {
    for (const S state : office_states) {
        const bool over = state == S::refused || state == S::delivered || state == S::withdrawn ||
                          state == S::lapsed;
        EXPECT_EQ(is_end(state), over) << word(state);
        for (const S to : office_states) EXPECT_FALSE(over && may_move(state, to)) << word(to);
    }
}

TEST(case_life, nothing_is_decided_that_was_not_accepted_and_nothing_accepted_twice) {
    EXPECT_TRUE(may_move(S::received, S::accepted));
    EXPECT_FALSE(may_move(S::received, S::decided));
    EXPECT_FALSE(may_move(S::received, S::finished));
    EXPECT_FALSE(may_move(S::correction, S::accepted)) << "it is received anew first";
    EXPECT_FALSE(may_move(S::accepted, S::accepted));
    EXPECT_FALSE(may_move(S::in_review, S::accepted));
    EXPECT_TRUE(may_move(S::in_review, S::in_review)) << "passed on to another office";
    EXPECT_FALSE(may_move(S::special, S::decided)) << "the limit goes on first";
    EXPECT_FALSE(may_move(S::decided, S::withdrawn)) << "too late";
}

TEST(case_life, a_move_that_leaves_the_person_without_a_word_is_refused_with_a_sentence) {
    EXPECT_FALSE(objection(S::received, {S::accepted, "", "", "", ""}));
    EXPECT_TRUE(objection(S::received, {S::correction, "", "2026-12-01", "", ""}));
    EXPECT_TRUE(objection(S::received, {S::correction, "", "", "缺户口簿", ""}));
    EXPECT_TRUE(objection(S::received, {S::correction, "", "2026-02-30", "缺户口簿", ""}));
    EXPECT_FALSE(objection(S::received, {S::correction, "", "2026-12-01", "缺户口簿", ""}));
    EXPECT_TRUE(objection(S::received, {S::refused, "", "", "不归本局", ""}));
    EXPECT_FALSE(objection(S::received, {S::refused, "医保局", "", "不归本局", ""}));
    EXPECT_TRUE(objection(S::accepted, {S::in_review, "", "", "", ""}));
    EXPECT_TRUE(objection(S::accepted, {S::special, "", "", "", ""}));
    EXPECT_TRUE(objection(S::in_review, {S::decided, "", "", "", ""}));
    EXPECT_TRUE(objection(S::in_review, {S::decided, "", "", "", "MAYBE"}));
    EXPECT_FALSE(objection(S::in_review, {S::decided, "", "", "", "NO"}));
    EXPECT_TRUE(objection(S::received, {S::accepted, "", "", "", "YES"}));
    EXPECT_TRUE(objection(S::received, {S::accepted, "", "", std::string(501, 'x'), ""}));
    EXPECT_EQ(objection(S::delivered, {S::accepted, "", "", "", ""}), "已送达的办件不能改为已受理");
}

}  // namespace
}  // namespace domain
