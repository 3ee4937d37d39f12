// Paying: paid is the centre's word alone, and unknown is not unpaid.
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using domain::PaymentState;
using samples::Walker;

PayOutcome outcome(const Walker& walker) {
    EXPECT_TRUE(walker.in<PaymentKnown>()) << name(walker.session.state);
    return walker.in<PaymentKnown>() ? walker.in<PaymentKnown>()->outcome : PayOutcome::unknown;
}

Walker paid() {
    return Walker{}.to_pay_code().ask_whether_paid().pay_answer(PaymentState::paid);
}

TEST(pay, the_card_leads_to_what_is_due_and_one_fee_to_its_order) {
    Walker walker;
    walker.to_due_wait();
    ASSERT_TRUE(walker.effect<AskPayment>());
    EXPECT_EQ(walker.effect<AskPayment>()->wish, PaymentWish::list);
    walker = Walker{}.to_pay_order();
    const auto* asked = walker.effect<AskPayment>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->wish, PaymentWish::create);
    EXPECT_EQ(asked->number, samples::due_fee().fee_no);
    EXPECT_FALSE(asked->key.empty());
}

TEST(pay, a_waived_fee_is_told_and_asks_for_no_order) {
    auto walker = Walker{}.to_due().on(DueChosen{1}).on(PayConfirmed{});
    EXPECT_TRUE(walker.in<ReadingDue>());
    EXPECT_FALSE(walker.effect<AskPayment>());
}

TEST(pay, the_guide_of_what_is_paid_here_leads_to_paying_and_back) {
    const std::string insurance = "992036002000";
    auto walker = Walker{}.on(ItemChosen{insurance}).on(PayOpened{});
    ASSERT_TRUE(walker.in<ReadingNotice>());
    EXPECT_EQ(walker.in<ReadingNotice>()->purpose, Purpose::pay);
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    EXPECT_EQ(walker.in<ReadingGuide>()->item_code, insurance);
    auto free = Walker{}.on(ItemChosen{samples::item_code}).on(PayOpened{});
    EXPECT_TRUE(free.in<ReadingGuide>());
}

TEST(pay, without_the_centre_nothing_is_paid_and_no_card_is_asked_for) {
    samples::Terminal terminal;
    auto world = terminal.world();
    world.line = domain::Line::offline;
    auto first = step(begin(world).session, PayOpened{}, world);
    const auto* page = std::get_if<ShowingDue>(&first.session.state);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->fault->code, base::FaultCode::NetworkUnreachable);
}

TEST(pay, the_centre_is_asked_every_three_seconds_and_its_word_alone_is_paid) {
    auto walker = Walker{}.to_pay_code();
    walker.wait(2s);
    EXPECT_FALSE(walker.effect<AskPayment>());
    walker.wait(1s);
    ASSERT_TRUE(walker.effect<AskPayment>());
    EXPECT_EQ(walker.effect<AskPayment>()->wish, PaymentWish::ask);
    walker.pay_answer(PaymentState::shown);
    EXPECT_TRUE(walker.in<ShowingPayCode>());
    walker.ask_whether_paid().pay_answer(PaymentState::paid);
    EXPECT_EQ(outcome(walker), PayOutcome::paid);
}

TEST(pay, an_answer_to_another_question_or_about_another_sum_changes_nothing) {
    auto walker = Walker{}.to_pay_code().ask_whether_paid();
    const auto ticket = walker.in<ShowingPayCode>()->ticket;
    auto stranger = ticket;
    ++stranger.request;
    walker.on(PaymentAnswered{stranger, samples::orders({samples::pay_order(PaymentState::paid)})});
    ASSERT_TRUE(walker.in<ShowingPayCode>());
    auto other = samples::pay_order(PaymentState::paid);
    other.total_fen = 1;
    walker.on(PaymentAnswered{ticket, samples::orders({other})});
    ASSERT_TRUE(walker.in<ShowingPayCode>());
    EXPECT_TRUE(walker.in<ShowingPayCode>()->line_lost);
}

TEST(pay, an_order_for_another_sum_than_was_shown_gets_no_code) {
    auto walker = Walker{}.to_pay_order();
    auto dearer = samples::pay_order(PaymentState::shown);
    dearer.total_fen += 1;
    walker.on(
        PaymentAnswered{walker.in<AskingOrder>()->ticket, samples::orders({std::move(dearer)})});
    ASSERT_TRUE(walker.in<ShowingDue>());
    EXPECT_EQ(walker.in<ShowingDue>()->fault->code, base::FaultCode::CentreNonsense);
}

TEST(pay, a_line_that_breaks_while_the_code_is_shown_is_unknown_and_never_unpaid) {
    auto walker = Walker{}.to_pay_code();
    for (int second = 0; second < 640 && walker.in<ShowingPayCode>(); ++second) {
        walker.wait(1s);
        const auto* page = walker.in<ShowingPayCode>();
        if (page != nullptr && page->asked)
            walker.on(
                PaymentAnswered{page->ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    EXPECT_EQ(outcome(walker), PayOutcome::unknown);
    walker.on(PayAskedAgain{});  // and by the card it is found later
    ASSERT_TRUE(walker.in<AskingDue>());
    walker.on(PaymentAnswered{walker.in<AskingDue>()->ticket,
                              samples::orders({samples::pay_order(PaymentState::paid)})});
    walker.on(DueChosen{0});
    EXPECT_EQ(outcome(walker), PayOutcome::paid);
}

TEST(pay, unpaid_is_said_only_when_the_centre_has_said_so_three_times) {
    auto walker = Walker{}.to_pay_code();
    for (int i = 0; i < 2; ++i) {
        walker.ask_whether_paid().pay_answer(PaymentState::timed_out);
        ASSERT_TRUE(walker.in<ShowingPayCode>());
    }
    auto late = walker;  // it was paid at the last moment
    walker.ask_whether_paid().pay_answer(PaymentState::timed_out);
    EXPECT_EQ(outcome(walker), PayOutcome::timed_out);
    late.ask_whether_paid().pay_answer(PaymentState::paid);
    EXPECT_EQ(outcome(late), PayOutcome::paid);
}

TEST(pay, whoever_leaves_the_code_cancels_its_order_and_whoever_has_paid_does_not) {
    for (const Event& way : {Event{WentBack{}}, Event{Ended{}}, Event{WentHome{}},
                             Event{DoorOpened{domain::Door::service}}}) {
        auto walker = Walker{}.to_pay_code().on(way);
        const AskPayment* cancel = nullptr;
        for (const auto& effect : walker.effects)
            if (const auto* asked = std::get_if<AskPayment>(&effect);
                asked != nullptr && asked->wish == PaymentWish::cancel)
                cancel = asked;
        ASSERT_TRUE(cancel);
        EXPECT_EQ(cancel->number, samples::pay_order(PaymentState::shown).order_no);
    }
    EXPECT_FALSE(paid().effect<AskPayment>());
    EXPECT_FALSE(paid().on(Ended{}).effect<AskPayment>());
}

TEST(pay, the_other_ways_lie_over_the_code_and_the_centre_is_asked_on_below_them) {
    auto walker = Walker{}.to_pay_code().on(PayWaysOpened{});
    ASSERT_TRUE(walker.in<ShowingPayCode>()->ways);
    walker.ask_whether_paid();
    EXPECT_TRUE(walker.effect<AskPayment>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ShowingPayCode>());
    EXPECT_FALSE(walker.in<ShowingPayCode>()->ways);
}

TEST(pay, the_bill_is_printed_once_for_each_press_and_then_comes_the_rating) {
    auto walker = paid().on(BillWanted{});
    ASSERT_TRUE(walker.effect<PrintBill>());
    EXPECT_FALSE(walker.effect<PrintBill>()->copy);
    walker.on(BillWanted{});
    EXPECT_FALSE(walker.effect<PrintBill>());
    walker.on(PrintEnded{walker.in<PaymentKnown>()->ticket, PrintResult::printed});
    EXPECT_EQ(walker.in<PaymentKnown>()->paper, Paper::printed);
    walker.on(PayFinished{});
    EXPECT_TRUE(walker.in<Rating>());
}

TEST(pay, a_bill_that_may_not_have_come_out_is_not_called_printed) {
    auto walker = paid().on(BillWanted{});
    walker.on(PrintEnded{walker.in<PaymentKnown>()->ticket, PrintResult::unknown});
    EXPECT_EQ(walker.in<PaymentKnown>()->paper, Paper::problem);
    EXPECT_EQ(walker.in<PaymentKnown>()->outcome, PayOutcome::paid);
}

}  // namespace
}  // namespace session
