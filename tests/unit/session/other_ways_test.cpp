// Signing by thumb or by a mark and its witness, what a signature is, and reading before turning.
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using catalogue::SignatureWay;
using samples::Walker;

base::Secret<domain::Strokes> drawn(domain::Strokes strokes) {
    return base::Secret<domain::Strokes>(std::move(strokes));
}
base::Secret<domain::IdCardRecord> card(domain::IdCardRecord record) {
    return base::Secret<domain::IdCardRecord>(std::move(record));
}
CardRead read(const Walker& walker, domain::IdCardRecord record) {
    return {walker.in<AwaitingWitness>()->ticket, card(std::move(record))};
}

TEST(other_ways, a_thumb_print_is_handed_in_instead_of_a_signature) {
    Walker walker;
    walker.to_thumb_taken().on(ThumbConfirmed{}).on(LetterSubmitted{});
    const auto* kept = walker.effect<SealAndKeep>();
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->submission.letter.way, SignatureWay::thumb);
    EXPECT_TRUE(kept->submission.letter.thumb_print);
    EXPECT_FALSE(kept->submission.letter.signature);
}

TEST(other_ways, the_camera_runs_from_the_consent_to_the_picture_and_not_longer) {
    Walker walker;
    walker.to_signature().on(OtherWaysOpened{}).on(WayChosen{SignatureWay::thumb});
    EXPECT_FALSE(walker.effect<StartCamera>());
    walker.on(ThumbPictureWanted{});
    EXPECT_FALSE(walker.effect<TakeThumbPicture>()) << "nobody has consented";
    EXPECT_TRUE(walker.on(ThumbConsented{}).effect<StartCamera>());
    EXPECT_TRUE(walker.on(ThumbPictureWanted{}).effect<TakeThumbPicture>());
    const auto ticket = walker.in<TakingThumbPrint>()->ticket;
    walker.on(ThumbPictureTaken{ticket, samples::thumb_picture()});
    EXPECT_TRUE(walker.effect<StopCamera>());
    EXPECT_TRUE(walker.on(ThumbRetaken{}).effect<StartCamera>());
    EXPECT_FALSE(walker.in<TakingThumbPrint>()->print) << "the picture before is gone";
    EXPECT_TRUE(walker.on(WentBack{}).effect<StopCamera>());
}

TEST(other_ways, a_picture_that_cannot_be_used_is_said_and_another_one_may_be_taken) {
    Walker walker;
    walker.to_thumb_camera().on(ThumbPictureWanted{});
    walker.on(ThumbPictureTaken{walker.in<TakingThumbPrint>()->ticket,
                                {domain::PrintQuality::blurred, {}}});
    EXPECT_EQ(walker.in<TakingThumbPrint>()->refused, domain::PrintQuality::blurred);
    walker.on(ThumbConfirmed{});
    ASSERT_TRUE(walker.in<TakingThumbPrint>());
    EXPECT_TRUE(walker.on(ThumbPictureWanted{}).effect<TakeThumbPicture>());
}

TEST(other_ways, a_mark_is_handed_in_with_the_witness_who_saw_it) {
    Walker walker;
    walker.to_witness_signing().on(SignatureDrawn{drawn(samples::signature())});
    walker.on(LetterSubmitted{});
    const auto* kept = walker.effect<SealAndKeep>();
    ASSERT_NE(kept, nullptr);
    const auto& letter = kept->submission.letter;
    EXPECT_EQ(letter.way, SignatureWay::witnessed);
    EXPECT_EQ(*letter.signature, samples::mark());
    EXPECT_EQ(letter.witness->id_number, samples::young_card().number);
    EXPECT_EQ(letter.witness->signature, samples::signature());
}

TEST(other_ways, the_witness_is_another_adult_with_a_valid_card) {
    Walker walker;
    walker.to_witness().on(read(walker, samples::good_card()));
    EXPECT_EQ(walker.in<AwaitingWitness>()->problem, WitnessProblem::is_the_citizen);
    walker.on(CardTriedAgain{}).on(read(walker, samples::child_card()));
    EXPECT_EQ(walker.in<AwaitingWitness>()->problem, WitnessProblem::is_a_child);
    walker.on(CardTriedAgain{}).on(read(walker, samples::expired_card()));
    EXPECT_EQ(walker.in<AwaitingWitness>()->fault->code, base::FaultCode::CardExpired);
    EXPECT_TRUE(walker.on(CardTriedAgain{}).effect<ReadCard>());
    walker.on(read(walker, samples::young_card()));
    EXPECT_TRUE(walker.in<WitnessSigning>());
}

TEST(other_ways, the_card_of_the_witness_goes_back_before_the_letter_is_sealed) {
    Walker walker;
    walker.to_witness().on(read(walker, samples::young_card()));
    walker.on(SignatureDrawn{drawn(samples::signature())}).on(LetterSubmitted{});
    EXPECT_FALSE(walker.effect<SealAndKeep>());
    walker.on(CardRemoved{{walker.session.id, 1}}).on(LetterSubmitted{});
    EXPECT_TRUE(walker.effect<SealAndKeep>());
}

TEST(other_ways, only_what_the_letter_allows_and_the_terminal_can_do_is_open) {
    const auto& letter = samples::pack().find_item(samples::item_code)->letter;
    domain::TerminalHealth none;
    EXPECT_EQ(open_ways(letter, none), std::vector{SignatureWay::touch});
    none.camera.state = domain::DeviceState::ready;
    EXPECT_EQ(open_ways(letter, none), (std::vector{SignatureWay::touch, SignatureWay::thumb}));
    auto strict = letter;
    strict.ways = {SignatureWay::touch, SignatureWay::witnessed};
    EXPECT_EQ(open_ways(strict, samples::devices_well()), strict.ways);
    Walker walker;
    walker.terminal.health.camera.state = domain::DeviceState::unavailable;
    walker.to_signature().on(OtherWaysOpened{}).on(WayChosen{SignatureWay::thumb});
    EXPECT_TRUE(walker.in<ChoosingWay>()) << "a camera that is not there takes no print";
}

TEST(signature, needs_two_strokes_or_thirty_millimetres_of_ink) {
    const auto handed_in = [](domain::Strokes strokes) {
        Walker walker;
        walker.to_signature().on(SignatureDrawn{drawn(std::move(strokes))}).on(LetterSubmitted{});
        return walker.effect<SealAndKeep>() != nullptr;
    };
    // On a pad of 120 mm: 0.24 of the width is 28.8 mm, 0.26 is 31.2 mm.
    EXPECT_FALSE(handed_in({2, {{{0.1F, 0.5F}, {0.34F, 0.5F}}}, 120}));
    EXPECT_TRUE(handed_in({2, {{{0.1F, 0.5F}, {0.36F, 0.5F}}}, 120}));
    EXPECT_TRUE(handed_in({2, {{{0.1F, 0.5F}, {0.34F, 0.5F}}}, 150}));
    EXPECT_TRUE(handed_in({2, {{{0.1F, 0.5F}, {0.2F, 0.5F}}, {{0.3F, 0.5F}, {0.3F, 0.6F}}}, 120}));
    EXPECT_FALSE(handed_in({2, {}, 120}));
}

TEST(letter, turns_no_page_that_was_not_up_for_two_seconds) {
    Walker walker;
    walker.to_materials().on(MaterialsAccepted{}).on(ReviewAccepted{});
    walker.wait(1s).on(LetterTurned{});
    EXPECT_EQ(walker.in<SigningLetter>()->page, 0);
    walker.wait(1s);
    EXPECT_EQ(walker.in<SigningLetter>()->page, 1) << "the press is not lost";
    walker.on(LetterTurned{}).on(LetterTurned{});
    EXPECT_EQ(walker.in<SigningLetter>()->page, 1);
    walker.wait(2s);
    EXPECT_EQ(walker.in<SigningLetter>()->page, 2);
    walker.on(WentBack{}).on(LetterTurned{});
    EXPECT_EQ(walker.in<SigningLetter>()->page, 2) << "what was read once need not wait again";
}

TEST(letter, can_be_seen_as_it_will_be_printed_and_stands_as_before_afterwards) {
    Walker walker;
    walker.to_signature().on(LetterViewed{});
    ASSERT_TRUE(walker.effect<DrawLetter>());
    EXPECT_TRUE(walker.effect<DrawLetter>()->chosen);
    walker.on(LetterDrawn{walker.in<ViewingLetter>()->ticket, samples::paper_pages()});
    EXPECT_EQ(walker.in<ViewingLetter>()->pages.size(), 2U);
    walker.on(WentBack{});
    EXPECT_EQ(walker.in<SigningLetter>()->undertaking, catalogue::Undertaking::commit);
}

}  // namespace
}  // namespace session
