// Nobody waits without an end, and what happened is said.
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

Walker asking() {
    return Walker{}
        .on(ProgressOpened{})
        .on(ProgressByCodeChosen{})
        .on(TextTyped{"receipt_code", base::SecretText("L3K790F261QX")})
        .on(CodeSubmitted{});
}
Walker comparing() {
    return Walker{}.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
}

// Seconds until the machine leaves a state by itself.
template <class State>
base::Millis leaves(Walker& walker) {
    base::Millis waited{};
    while (walker.in<State>() != nullptr && waited < 10min) {
        walker.wait(1s);
        waited += 1s;
    }
    return waited;
}

TEST(waiting, no_device_and_no_centre_is_waited_for_longer_than_a_minute) {
    Walker sealing, question = asking(), face = comparing();
    sealing.to_sealing();
    EXPECT_LE(leaves<HandingIn>(sealing), 60s);
    EXPECT_LE(leaves<AskingProgress>(question), 60s);
    EXPECT_LE(leaves<CheckingFace>(face), 60s);
    // Each of them ends on a page that says what became of it, not on the first page.
    ASSERT_TRUE(sealing.in<HandInProblem>());
    EXPECT_TRUE(sealing.in<HandInProblem>()->unknown);
    ASSERT_TRUE(question.in<ShowingProgress>());
    EXPECT_TRUE(question.in<ShowingProgress>()->fault);
    ASSERT_TRUE(face.in<FaceNotMatched>());
    EXPECT_TRUE(face.in<FaceNotMatched>()->unavailable);
    EXPECT_TRUE(face.effect<StopFaceCheck>());
}

TEST(waiting, a_comparison_that_brings_nothing_leaves_another_way_and_costs_no_try) {
    Walker face = comparing();
    leaves<CheckingFace>(face);
    ASSERT_TRUE(face.in<FaceNotMatched>());
    EXPECT_EQ(face.in<FaceNotMatched>()->journey.face_failures, 0);
    face.on(FaceRefused{});
    EXPECT_TRUE(face.in<AnsweringSituation>());
}

TEST(waiting, a_printer_that_never_answers_is_not_waited_for_and_the_receipt_stays) {
    Walker walker;
    walker.to_receipt();
    for (int second = 0; second < 59; ++second) walker.wait(1s);
    ASSERT_EQ(walker.in<ShowingReceipt>()->paper, Paper::printing);
    walker.on(PageOfPrintDone{walker.in<ShowingReceipt>()->ticket, 1, 2});  // it goes on after all
    for (int second = 0; second < 59; ++second) walker.wait(1s);
    ASSERT_EQ(walker.in<ShowingReceipt>()->paper, Paper::printing);
    walker.wait(1s);
    ASSERT_TRUE(walker.in<ShowingReceipt>());
    EXPECT_EQ(walker.in<ShowingReceipt>()->paper, Paper::problem);
    EXPECT_FALSE(walker.effect<MarkReceiptShown>());  // unknown is not printed
    EXPECT_LE(leaves<ShowingReceipt>(walker), 60s);
}

TEST(waiting, an_answer_that_comes_late_is_still_shown) {
    Walker question = asking();
    for (int second = 0; second < 45; ++second) question.wait(1s);
    ASSERT_TRUE(question.in<AskingProgress>());
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    question.on(ProgressAnswered{question.in<AskingProgress>()->ticket, std::vector{status}});
    ASSERT_TRUE(question.in<ShowingProgress>());
    EXPECT_EQ(question.in<ShowingProgress>()->statuses.size(), 1U);
}

TEST(paper, a_jam_keeps_the_receipt_tells_how_far_it_came_and_prints_again) {
    Walker walker;
    walker.to_receipt();
    const auto first = walker.in<ShowingReceipt>()->ticket;
    const auto number = walker.in<ShowingReceipt>()->receipt.local_number;
    walker.on(PageOfPrintDone{first, 1, 2});
    walker.on(PrintEnded{first, base::fail(base::FaultCode::PrinterJammed)});
    const auto* page = walker.in<ShowingReceipt>();
    ASSERT_TRUE(page);
    EXPECT_EQ(page->paper, Paper::problem);
    EXPECT_EQ(page->page, 1);
    EXPECT_EQ(page->receipt.local_number, number);
    walker.on(ReceiptPrintedAgain{});
    ASSERT_TRUE(walker.effect<PrintReceipt>());
    EXPECT_EQ(walker.effect<PrintReceipt>()->receipt.local_number, number);
    EXPECT_TRUE(walker.effect<PrintReceipt>()->copy);
    EXPECT_FALSE(walker.effect<SealAndKeep>());  // never handed in a second time
}

domain::DeviceHealth health_of(domain::DeviceState state,
                               std::optional<base::FaultCode> code = std::nullopt) {
    domain::DeviceHealth health{state, domain::Supply::unknown, std::nullopt};
    if (code) health.fault = base::Fault{*code, {}};
    return health;
}

TEST(paper, a_slip_comes_out_of_the_receipt_printer_while_it_is_well_and_the_letter_does_not) {
    using domain::DeviceKind;
    Walker walker;
    walker.terminal.health.receipt_printer = health_of(domain::DeviceState::ready);
    walker.to_receipt();
    EXPECT_EQ(walker.in<ShowingReceipt>()->printer, DeviceKind::receipt_printer);
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    walker.on(ReceiptPrintedAgain{});
    ASSERT_TRUE(walker.effect<PrintReceipt>());
    EXPECT_EQ(walker.effect<PrintReceipt>()->printer, DeviceKind::receipt_printer);
    EXPECT_TRUE(walker.effect<PrintReceipt>()->copy);
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    walker.terminal.health.receipt_printer =
        health_of(domain::DeviceState::unavailable, base::FaultCode::PrinterPaperOut);
    walker.on(ReceiptPrintedAgain{});
    EXPECT_EQ(walker.effect<PrintReceipt>()->printer, DeviceKind::document_printer);
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    walker.terminal.health.receipt_printer = health_of(domain::DeviceState::ready);
    walker.on(LetterCopyWanted{});
    EXPECT_EQ(walker.in<ShowingReceipt>()->printer, DeviceKind::document_printer);
}

TEST(paper, a_slip_the_receipt_printer_did_not_begin_comes_out_of_the_other_and_is_no_copy) {
    using domain::DeviceKind;
    Walker walker;
    walker.terminal.health.receipt_printer = health_of(domain::DeviceState::ready);
    walker.to_receipt();
    const auto first = walker.in<ShowingReceipt>()->ticket;
    walker.on(PrintEnded{first, base::fail(base::FaultCode::ReceiptPrinterCoverOpen)});
    ASSERT_TRUE(walker.effect<PrintReceipt>());
    EXPECT_EQ(walker.effect<PrintReceipt>()->printer, DeviceKind::document_printer);
    EXPECT_FALSE(walker.effect<PrintReceipt>()->copy);
    ASSERT_TRUE(walker.effect<LogFault>());
    EXPECT_EQ(walker.effect<LogFault>()->device, "receipt_printer");
    EXPECT_EQ(walker.in<ShowingReceipt>()->paper, Paper::printing);
    EXPECT_NE(walker.in<ShowingReceipt>()->ticket, first);
    // The other one's fault is told.
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket,
                         base::fail(base::FaultCode::PrinterPaperOut)});
    EXPECT_EQ(walker.in<ShowingReceipt>()->paper, Paper::problem);
}

TEST(paper, a_spoiled_slip_is_never_printed_again_unasked) {
    Walker walker;
    walker.terminal.health.receipt_printer = health_of(domain::DeviceState::ready);
    walker.to_receipt();
    for (const auto result : {PrintResult::spoiled, PrintResult::unknown}) {
        walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, result});
        EXPECT_FALSE(walker.effect<PrintReceipt>());
        EXPECT_EQ(walker.in<ShowingReceipt>()->paper, Paper::problem);
        walker.on(ReceiptPrintedAgain{});
        EXPECT_TRUE(walker.effect<PrintReceipt>()->copy);
    }
}

TEST(finished, the_last_pages_close_after_half_a_minute_and_a_minute_in_elder_mode) {
    for (const bool elder : {false, true}) {
        const base::Millis limit = elder ? 60s : 30s;
        Walker receipt;
        if (elder) receipt.on(ElderModeToggled{});
        receipt.to_receipt();
        receipt.on(PrintEnded{receipt.in<ShowingReceipt>()->ticket, PrintResult::printed});
        Walker rating = receipt;
        rating.on(ReceiptTaken{});
        EXPECT_EQ(leaves<ShowingReceipt>(receipt), limit);
        EXPECT_EQ(leaves<Rating>(rating), limit);
        EXPECT_TRUE(receipt.session.idle());
        EXPECT_TRUE(rating.session.idle());
    }
}

TEST(finished, the_first_page_is_there_at_once_after_the_end) {
    Walker walker;
    walker.to_receipt().on(Ended{});
    EXPECT_TRUE(walker.session.idle());  // in the same step, no time in between
    EXPECT_EQ(person_of(walker.session.state), nullptr);
}

TEST(rating, nobody_who_gives_no_answer_has_one_recorded) {
    const auto at_rating = [] { return Walker{}.to_receipt().on(ReceiptTaken{}); };
    const auto recorded = [](const Walker& walker) {
        return walker.effect<LogRating>() != nullptr;
    };
    Walker silent = at_rating();
    bool any = false;
    for (int second = 0; second < 120; ++second) {
        silent.wait(1s);
        any |= recorded(silent);
    }
    EXPECT_TRUE(silent.session.idle());
    EXPECT_FALSE(any);
    for (const Event& event : {Event{RatingSkipped{}}, Event{Ended{}}, Event{WentHome{}},
                               Event{Rated{0}}, Event{Rated{6}}})
        EXPECT_FALSE(recorded(at_rating().on(event)));
    EXPECT_TRUE(recorded(at_rating().on(Rated{5})));
}

TEST(review, after_a_change_the_review_comes_straight_back_with_every_other_answer) {
    Walker walker;
    walker.to_materials().on(MaterialsAccepted{});
    ASSERT_TRUE(walker.in<Reviewing>());
    const auto pages = samples::pack().find_item(samples::item_code)->form.size();
    for (std::size_t page = 0; page < pages; ++page) {
        walker.on(PageReopened{page});
        if (walker.in<FillingForm>() == nullptr) continue;  // nothing on it to change
        EXPECT_EQ(walker.in<FillingForm>()->page, page);
        walker.answer_page().on(PageCompleted{});
        ASSERT_TRUE(walker.in<Reviewing>()) << "page " << page;
        EXPECT_EQ(*walker.in<Reviewing>()->journey.draft.at("p.live_detail").text,
                  "三组大塘边新屋");
    }
}

}  // namespace
}  // namespace session
