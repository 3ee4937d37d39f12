// A paper that the centre makes out, from the card to the tray.
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

Walker answered(base::Result<domain::ProofAnswer> answer) {
    Walker walker = Walker{}.to_proof_asked();
    return walker.on(ProofAnswered{walker.in<AskingForProof>()->ticket, std::move(answer)});
}
Walker without(domain::ProofOutcome outcome) {
    return answered(domain::ProofAnswer{outcome, std::nullopt});
}
domain::Ticket printing(const Walker& walker) {
    return walker.in<PrintingProof>()->ticket;
}

TEST(print_proof, card_choice_and_print_lead_to_the_paper_in_six_taps) {
    Walker walker;
    walker
        .on(ItemChosen{samples::proof_item_code})  // 1
        .on(ItemStarted{})                         // 2
        .on(NoticeAccepted{});                     // 3
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::good_card())});
    walker.on(IdentityConfirmed{});                      // 4
    walker.on(QuestionAnswered{"period", "months_24"});  // 5

    const auto* asked = walker.effect<AskProof>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->type, "social_insurance");
    EXPECT_EQ(asked->copies_max, 3);
    EXPECT_EQ(asked->answers.at("period"), "months_24");
    EXPECT_FALSE(walker.effect<ReserveRoom>()) << "nothing is filed";
    const auto paper = samples::proof_paper();
    walker.on(ProofAnswered{asked->ticket, domain::ProofAnswer{domain::ProofOutcome::here, paper}});
    ASSERT_TRUE(walker.in<ShowingProof>());
    walker.on(ProofPrinted{});  // 6
    ASSERT_TRUE(walker.effect<PrintProof>());
    EXPECT_EQ(walker.effect<PrintProof>()->pdf, paper.pdf);
    EXPECT_EQ(walker.effect<PrintProof>()->pages, 1);
}

TEST(print_proof, a_printed_paper_ends_in_the_rating_and_a_wiped_session) {
    Walker walker = Walker{}.to_proof_printing();
    walker.on(PrintEnded{printing(walker), PrintResult::printed});
    ASSERT_EQ(walker.in<PrintingProof>()->paper, Paper::printed);
    walker.on(ReceiptTaken{});
    ASSERT_TRUE(walker.in<Rating>());
    EXPECT_EQ(walker.in<Rating>()->item_code, samples::proof_item_code);
    EXPECT_TRUE(walker.in<Rating>()->paper.documents);
    walker.on(RatingSkipped{});
    EXPECT_TRUE(walker.effect<PurgePrinter>());
    EXPECT_EQ(person_of(walker.session.state), nullptr);
}

TEST(print_proof, a_paper_that_is_not_genuine_is_never_printed) {
    Walker walker = answered(base::fail(base::FaultCode::PaperNotGenuine));
    ASSERT_TRUE(walker.in<NoProof>());
    EXPECT_EQ(walker.in<NoProof>()->why, NoProof::Why::not_genuine);
    EXPECT_TRUE(walker.effect<LogFault>());
    walker.on(ProofPrinted{});
    EXPECT_FALSE(walker.effect<PrintProof>());
    EXPECT_TRUE(walker.in<NoProof>());
    walker.on(ProofWantedAgain{});
    EXPECT_TRUE(walker.in<AskingForProof>());
}

TEST(print_proof,
     an_answer_that_never_comes_is_given_up_within_a_minute_and_may_be_asked_for_again) {
    Walker walker = Walker{}.to_proof_asked();
    const auto late = walker.in<AskingForProof>()->ticket;
    const auto request = walker.effect<AskProof>()->request;
    walker.wait(59s);
    EXPECT_TRUE(walker.in<AskingForProof>());
    walker.wait(1s);
    ASSERT_TRUE(walker.in<NoProof>());
    EXPECT_EQ(walker.in<NoProof>()->why, NoProof::Why::no_line);
    walker.on(ProofWantedAgain{});
    ASSERT_TRUE(walker.effect<AskProof>());
    EXPECT_EQ(walker.effect<AskProof>()->request, request) << "it would count twice";
    const domain::ProofAnswer paper{domain::ProofOutcome::here, samples::proof_paper()};
    walker.on(ProofAnswered{late, paper});
    EXPECT_TRUE(walker.in<AskingForProof>()) << "an answer to the question before";
}

TEST(print_proof, nothing_on_record_offers_another_period_and_no_other_try) {
    Walker walker = without(domain::ProofOutcome::none);
    ASSERT_EQ(walker.in<NoProof>()->why, NoProof::Why::none);
    walker.on(ProofWantedAgain{});
    EXPECT_TRUE(walker.in<NoProof>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<AnsweringSituation>());
    EXPECT_EQ(walker.in<AnsweringSituation>()->question, "period");
}

TEST(print_proof, copies_that_are_used_up_and_a_bureau_that_pauses_are_told_apart) {
    EXPECT_EQ(without(domain::ProofOutcome::used_up).in<NoProof>()->why, NoProof::Why::used_up);
    Walker pauses = without(domain::ProofOutcome::not_now);
    EXPECT_EQ(pauses.in<NoProof>()->why, NoProof::Why::not_now);
    EXPECT_TRUE(pauses.on(ProofWantedAgain{}).in<AskingForProof>());
}

TEST(print_proof, what_did_not_come_out_is_printed_again_without_asking_for_another_copy) {
    Walker walker = Walker{}.to_proof_printing();
    const auto first = printing(walker);
    walker.on(PrintEnded{first, base::fail(base::FaultCode::PrinterPaperOut)});
    ASSERT_EQ(walker.in<PrintingProof>()->paper, Paper::problem);
    walker.on(ProofPrinted{});
    ASSERT_TRUE(walker.effect<PrintProof>());
    EXPECT_FALSE(walker.effect<AskProof>());
    EXPECT_NE(printing(walker), first);
    EXPECT_EQ(walker.in<PrintingProof>()->paper, Paper::printing);
}

TEST(print_proof, what_may_have_come_out_is_not_printed_a_second_time) {
    Walker walker = Walker{}.to_proof_printing();
    walker.on(PrintEnded{printing(walker), PrintResult::unknown}).on(ProofPrinted{});
    EXPECT_FALSE(walker.effect<PrintProof>());
    Walker half = Walker{}.to_proof_printing();
    half.on(PageOfPrintDone{printing(half), 1, 2});
    half.on(PrintEnded{printing(half), base::fail(base::FaultCode::PrinterPaperOut)});
    half.on(ProofPrinted{});
    EXPECT_FALSE(half.effect<PrintProof>());
}

TEST(print_proof, a_printer_that_says_nothing_leaves_a_page_that_says_so_and_ends_by_itself) {
    Walker walker = Walker{}.to_proof_printing();
    for (int i = 0; i < 60; ++i) walker.wait(1s);
    ASSERT_TRUE(walker.in<PrintingProof>());
    EXPECT_EQ(walker.in<PrintingProof>()->paper, Paper::problem);
    for (int i = 0; i < 120 && walker.in<PrintingProof>(); ++i) walker.wait(1s);
    EXPECT_FALSE(walker.in<PrintingProof>());
}

}  // namespace
}  // namespace session
