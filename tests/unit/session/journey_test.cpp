// The journey through the machine, promise by promise.
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

TEST(journey, a_whole_application_ends_in_a_receipt_and_a_rating) {
    Walker walker;
    walker.to_receipt();
    ASSERT_TRUE(walker.in<ShowingReceipt>());
    EXPECT_TRUE(walker.effect<PrintReceipt>());
    EXPECT_FALSE(walker.effect<MarkReceiptShown>());  // not before paper or person has it
    EXPECT_EQ(walker.effect<PrintReceipt>()->masked_name, "**兰");
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    EXPECT_TRUE(walker.effect<MarkReceiptShown>());
    walker.on(ReceiptTaken{});
    ASSERT_TRUE(walker.in<Rating>());
    walker.on(Rated{1});
    EXPECT_TRUE(walker.effect<LogRating>());
    ASSERT_TRUE(walker.in<Farewell>());
    EXPECT_TRUE(walker.in<Farewell>()->paper.any());
    walker.wait(5s);
    EXPECT_TRUE(walker.session.idle());
}

TEST(journey, each_page_of_the_guide_leads_back_to_it_and_on_to_the_notice) {
    for (const auto page :
         {GuidePage::materials, GuidePage::terms, GuidePage::steps, GuidePage::basis}) {
        Walker walker;
        walker.on(ItemChosen{samples::item_code}).on(GuidePageOpened{page});
        ASSERT_TRUE(walker.in<ReadingGuide>());
        EXPECT_EQ(walker.in<ReadingGuide>()->page, page);
        Walker back{walker};
        back.on(WentBack{});
        ASSERT_TRUE(back.in<ReadingGuide>());
        EXPECT_EQ(back.in<ReadingGuide>()->page, GuidePage::overview);
        EXPECT_TRUE(back.on(WentBack{}).in<ChoosingService>());
        walker.on(ItemStarted{});
        ASSERT_TRUE(walker.in<ReadingNotice>());
        EXPECT_EQ(walker.in<ReadingNotice>()->item_code, samples::item_code);
    }
}

TEST(journey, a_card_lifted_during_the_read_asks_to_place_it_again) {
    Walker walker;
    walker.to_card();
    const auto first = walker.in<AwaitingCard>()->ticket;
    walker.on(CardRead{first, base::fail(base::FaultCode::CardLiftedEarly)});
    const auto* waiting = walker.in<AwaitingCard>();
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->problem->code, base::FaultCode::CardLiftedEarly);
    EXPECT_NE(waiting->ticket, first);
    EXPECT_TRUE(walker.effect<ReadCard>());
}

TEST(journey, five_failed_reads_offer_another_way) {
    Walker walker;
    walker.to_card();
    for (int i = 0; i < 5; ++i)
        walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                           base::fail(base::FaultCode::CardFrameGarbled)});
    EXPECT_TRUE(walker.in<CardRefused>());
}

TEST(journey, an_expired_card_is_told_so_and_nobody_is_identified) {
    Walker walker;
    walker.to_card();
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::expired_card())});
    ASSERT_TRUE(walker.in<CardRefused>());
    EXPECT_EQ(walker.in<CardRefused>()->fault.code, base::FaultCode::CardExpired);
    EXPECT_EQ(person_of(walker.session.state), nullptr);
}

TEST(journey, a_child_is_sent_to_the_counter_with_a_guardian) {
    Walker walker;
    walker.to_card();
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::child_card())});
    EXPECT_EQ(walker.in<CardRefused>()->fault.code, base::FaultCode::CardHolderUnder14);
}

TEST(journey, an_unknown_ethnicity_code_is_logged_and_the_journey_goes_on) {
    Walker walker;
    walker.to_card();
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::unknown_ethnicity_card())});
    EXPECT_TRUE(walker.in<ConfirmingIdentity>());
    EXPECT_EQ(walker.effect<LogUnknownEthnicity>()->code, "81");
}

TEST(journey, refusing_the_face_comparison_goes_on_with_a_visit) {
    Walker walker;
    walker.to_questions();
    const auto* asking = walker.in<AnsweringSituation>();
    ASSERT_TRUE(asking);
    EXPECT_EQ(asking->journey.proof.kind, catalogue::ProofKind::chip_and_visit);
    EXPECT_FALSE(asking->journey.proof.face_consented);
    EXPECT_FALSE(asking->journey.chip_photo);
}

TEST(journey, three_failed_comparisons_leave_only_another_way) {
    Walker walker;
    walker.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
    for (int i = 0; i < 3; ++i) {
        walker.on(FaceChecked{walker.in<CheckingFace>()->ticket,
                              domain::FaceVerdict{domain::FaceOutcome::no_match, {}, 0.1, 1}});
        ASSERT_TRUE(walker.in<FaceNotMatched>());
        // Going back to the consent page does not begin the count anew.
        walker.on(WentBack{}).on(FaceConsented{});
    }
    ASSERT_TRUE(walker.in<FaceNotMatched>());
    walker.on(FaceTriedAgain{});
    ASSERT_TRUE(walker.in<FaceNotMatched>());
    EXPECT_FALSE(walker.effect<CheckFace>());
    walker.on(FaceRefused{});
    EXPECT_EQ(walker.in<AnsweringSituation>()->journey.proof.face_outcome, "failed");
}

TEST(journey, a_match_takes_along_what_was_seen_of_a_living_person) {
    for (const auto alive : {domain::Liveness::shown, domain::Liveness::not_shown}) {
        Walker walker;
        walker.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
        domain::FaceVerdict verdict;
        verdict.outcome = domain::FaceOutcome::match;
        verdict.alive = alive;
        walker.on(FaceChecked{walker.in<CheckingFace>()->ticket, verdict});
        const auto& proof = walker.in<AnsweringSituation>()->journey.proof;
        EXPECT_EQ(proof.kind, catalogue::ProofKind::chip_and_face);
        EXPECT_EQ(proof.face_liveness, domain::name(alive));
    }
}

TEST(journey, a_try_that_could_not_be_judged_says_what_would_help) {
    Walker walker;
    walker.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
    domain::FaceVerdict verdict;
    verdict.reason = domain::FaceGuidance::too_dark;
    walker.on(FaceChecked{walker.in<CheckingFace>()->ticket, verdict});
    ASSERT_TRUE(walker.in<FaceNotMatched>());
    EXPECT_EQ(walker.in<FaceNotMatched>()->reason, domain::FaceGuidance::too_dark);
    // Whom somebody does not look like is nothing to be told.
    walker.on(FaceTriedAgain{});
    walker.on(FaceChecked{walker.in<CheckingFace>()->ticket,
                          domain::FaceVerdict{domain::FaceOutcome::no_match, {}, 0.4, 1}});
    EXPECT_FALSE(walker.in<FaceNotMatched>()->reason);
}

TEST(journey, leaving_the_form_for_home_asks_first_because_answers_would_go) {
    Walker walker;
    walker.to_form().on(CardRemoved{{walker.session.id, 1}}).on(WentHome{});
    EXPECT_EQ(walker.session.overlay, Overlay::leave);
    walker.on(StayChosen{});
    EXPECT_TRUE(walker.in<FillingForm>());
    walker.on(WentHome{}).on(LeaveChosen{});
    EXPECT_TRUE(walker.session.idle());
}

TEST(journey, a_letter_with_something_missing_is_not_handed_in) {
    Walker walker;
    walker.to_letter().on(LetterSubmitted{});
    ASSERT_TRUE(walker.in<SigningLetter>());
    EXPECT_TRUE(walker.in<SigningLetter>()->incomplete_shown);
    EXPECT_FALSE(walker.effect<SealAndKeep>());
}

TEST(journey, a_full_disk_keeps_the_answers_and_a_second_try_has_the_same_id) {
    Walker walker;
    walker.to_sealing();
    const auto id = walker.in<HandingIn>()->submission.sub_id;
    walker.on(
        SubmissionKept{walker.in<HandingIn>()->ticket, base::fail(base::FaultCode::DiskFull)});
    ASSERT_TRUE(walker.in<HandInProblem>());
    walker.on(HandInTriedAgain{});
    ASSERT_TRUE(walker.effect<SealAndKeep>());
    EXPECT_EQ(walker.effect<SealAndKeep>()->submission.sub_id, id);
}

TEST(journey, a_card_left_on_the_reader_comes_before_the_receipt) {
    Walker walker;
    walker.to_sealing();
    walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, samples::receipt()});
    ASSERT_TRUE(walker.in<TakingCard>());
    walker.on(CardRemoved{{walker.session.id, 1}});
    EXPECT_TRUE(walker.in<ShowingReceipt>());
}

TEST(journey,
     a_card_that_stays_for_half_a_minute_clears_the_session_and_leaves_the_number_for_later) {
    Walker walker;
    walker.to_sealing();
    walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, samples::receipt()});
    walker.wait(30s);
    EXPECT_FALSE(walker.in<TakingCard>());
    EXPECT_EQ(person_of(walker.session.state), nullptr);
    EXPECT_TRUE(walker.effect<LogSessionEnded>());
    EXPECT_FALSE(walker.effect<MarkReceiptShown>());
}

TEST(journey, going_back_keeps_every_answer) {
    Walker walker;
    walker.to_materials();
    walker.on(WentBack{}).on(WentBack{});
    ASSERT_TRUE(walker.in<FillingForm>());
    EXPECT_EQ(*walker.in<FillingForm>()->journey.draft.at("p.live_detail").text, "三组大塘边新屋");
}

TEST(journey, another_village_is_picked_from_the_list_and_typing_goes_on) {
    Walker walker;
    walker.to_form();
    while (walker.in<FillingForm>() && walker.in<FillingForm>()->focused != "p.live_detail")
        walker.on(PageCompleted{});
    ASSERT_TRUE(walker.in<FillingForm>());
    walker.on(FieldFocused{"p.live_div"}).on(WentBack{});
    EXPECT_EQ(walker.in<FillingForm>()->focused, "p.live_detail");
    walker.on(FieldFocused{"p.live_div"}).on(OptionPicked{"p.live_div", "000101001002"});
    const auto* form = walker.in<FillingForm>();
    EXPECT_EQ(*form->journey.draft.at("p.live_div").text, "000101001002 示例县 · 示例镇 · 大塘村");
    EXPECT_EQ(form->journey.draft.at("p.live_div").origin, catalogue::Origin::typed);
    EXPECT_EQ(form->focused, "p.live_detail");
}

Walker at_the_address() {
    Walker walker;
    walker.to_form();
    while (walker.in<FillingForm>() && walker.in<FillingForm>()->focused != "p.live_detail")
        walker.on(PageCompleted{});
    return walker;
}

TEST(journey, a_place_that_is_in_no_list_is_written_by_hand) {
    Walker walker = at_the_address();
    walker.on(FieldFocused{"p.live_div"}).on(PlaceNotListed{"p.live_div"}).on(PageCompleted{});
    ASSERT_TRUE(walker.in<FillingForm>());
    EXPECT_EQ(walker.in<FillingForm>()->problems.size(), 1u);
    walker.on(TextTyped{"p.live_div", base::SecretText("新桥镇团结村")}).on(PageCompleted{});
    const auto* form = walker.in<FillingForm>();
    EXPECT_EQ(*form->journey.draft.at("p.live_div").text, "000101 示例县 · 新桥镇团结村");
    EXPECT_EQ(form->focused, "p.live_detail");
    EXPECT_TRUE(form->problems.empty());
    EXPECT_FALSE(form->place.typed);
}

TEST(journey, back_leads_from_the_villages_to_the_towns_and_to_the_page) {
    Walker walker = at_the_address();
    const auto before = *walker.in<FillingForm>()->journey.draft.at("p.live_div").text;
    walker.on(FieldFocused{"p.live_div"});
    EXPECT_EQ(walker.in<FillingForm>()->place.under, "000101");
    walker.on(OptionPicked{"p.live_div", "000101001"});
    EXPECT_EQ(walker.in<FillingForm>()->place.under, "000101001");
    walker.on(PlaceNotListed{"p.live_div"}).on(WentBack{});
    EXPECT_EQ(walker.in<FillingForm>()->place.under, "000101001");
    walker.on(WentBack{});
    EXPECT_EQ(walker.in<FillingForm>()->place.under, "000101");
    walker.on(WentBack{});
    EXPECT_EQ(walker.in<FillingForm>()->focused, "p.live_detail");
    EXPECT_EQ(*walker.in<FillingForm>()->journey.draft.at("p.live_div").text, before);
}

TEST(journey, a_county_whose_towns_the_pack_leaves_out_asks_for_the_name) {
    Walker walker = at_the_address();
    walker.on(FieldFocused{"p.live_div"}).on(OptionPicked{"p.live_div", "000100"});
    walker.on(OptionPicked{"p.live_div", "000103"});
    EXPECT_TRUE(walker.in<FillingForm>()->place.by_hand);
    walker.on(WentBack{});
    EXPECT_EQ(walker.in<FillingForm>()->place.under, "000100");
}

TEST(journey, modes_fall_back_for_the_next_person) {
    Walker walker;
    walker.on(ElderModeToggled{}).on(LanguageToggled{}).to_form();
    walker.on(CardRemoved{{walker.session.id, 1}}).on(Ended{});
    EXPECT_TRUE(walker.session.idle());
    EXPECT_FALSE(walker.session.comfort.elder);
    EXPECT_EQ(walker.session.locale, base::Locale::zh);
}

}  // namespace
}  // namespace session
