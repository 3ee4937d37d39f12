// Signing by ear: every clause is read to its end and confirmed, and the submission says so.
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using catalogue::SignatureWay;
using catalogue::Undertaking;

samples::Walker at_the_signature() {
    samples::Walker walker;
    walker.terminal.health.speech.state = domain::DeviceState::ready;
    walker.to_letter();
    EXPECT_EQ(walker.in<flows::SigningLetter>()->page, 2);
    return walker;
}
std::size_t clauses() {
    return samples::pack().find_item(samples::item_code)->letter.clauses.size();
}

TEST(read_aloud, a_letter_confirmed_clause_by_clause_is_handed_in_without_a_signature) {
    auto walker = at_the_signature();
    walker.on(OtherWaysOpened{}).on(WayChosen{SignatureWay::read_aloud});
    EXPECT_TRUE(walker.session.comfort.speech) << "it is read aloud whatever was chosen before";
    for (std::size_t i = 0; i < clauses(); ++i) {
        ASSERT_TRUE(walker.in<flows::SigningLetter>()->reading);
        walker.on(PageHeard{}).on(ClauseConfirmed{});
    }
    EXPECT_FALSE(walker.in<flows::SigningLetter>()->reading);
    walker.on(UndertakingChosen{Undertaking::commit}).on(LetterSubmitted{});
    const auto* kept = walker.effect<SealAndKeep>();
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->submission.letter.way, SignatureWay::read_aloud);
    EXPECT_EQ(kept->submission.letter.confirmed_at.size(), clauses());
    EXPECT_FALSE(kept->submission.letter.signature);
}
TEST(read_aloud, a_clause_that_was_not_heard_to_its_end_cannot_be_confirmed) {
    auto walker = at_the_signature();
    walker.on(OtherWaysOpened{}).on(WayChosen{SignatureWay::read_aloud}).on(ClauseConfirmed{});
    EXPECT_TRUE(walker.in<flows::SigningLetter>()->confirmed_at.empty());
    walker.on(PageHeard{}).on(ClauseConfirmed{}).on(ClauseConfirmed{});
    EXPECT_EQ(walker.in<flows::SigningLetter>()->confirmed_at.size(), 1U);
}
TEST(read_aloud, going_back_and_ticking_anew_forget_what_was_confirmed) {
    auto walker = at_the_signature();
    walker.on(OtherWaysOpened{})
        .on(WayChosen{SignatureWay::read_aloud})
        .on(PageHeard{})
        .on(ClauseConfirmed{})
        .on(WentBack{});
    EXPECT_TRUE(walker.in<flows::SigningLetter>()->confirmed_at.empty());
    walker.on(OtherWaysOpened{}).on(WayChosen{SignatureWay::read_aloud});
    for (std::size_t i = 0; i < clauses(); ++i) walker.on(PageHeard{}).on(ClauseConfirmed{});
    walker.on(ClauseTicked{0}).on(UndertakingChosen{Undertaking::commit}).on(LetterSubmitted{});
    EXPECT_EQ(walker.effect<SealAndKeep>(), nullptr);
}

}  // namespace
}  // namespace session
