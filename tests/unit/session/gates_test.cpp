// What must be taken before a session is over: the card, and paper where the printer can tell.
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

Walker kept_with_the_card_there() {
    Walker walker;
    walker.to_sealing();
    return walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, samples::receipt()});
}

TEST(card_gate, the_card_is_called_for_at_0_5_10_and_20_seconds) {
    auto walker = kept_with_the_card_there();
    std::vector<int> said;
    const auto listen = [&](int second) {
        if (walker.effect<CallForCard>()) said.push_back(second);
    };
    listen(0);
    for (int second = 1; second < 90; ++second) {
        walker.wait(1s);
        listen(second);
    }
    EXPECT_EQ(said, (std::vector<int>{0, 5, 10, 20}));
}

TEST(card_gate, after_half_a_minute_the_session_is_wiped_and_the_page_stays_until_the_card_goes) {
    auto walker = kept_with_the_card_there();
    const auto session_of_the_card = walker.session.id;
    for (int second = 0; second < 30; ++second) walker.wait(1s);
    ASSERT_TRUE(walker.in<CardLeft>());
    for (int second = 0; second < 3600; ++second) walker.wait(1s);
    ASSERT_TRUE(walker.in<CardLeft>());
    walker.on(Ended{}).on(WentHome{}).on(WentBack{});
    ASSERT_TRUE(walker.in<CardLeft>());
    walker.on(CardRemoved{{session_of_the_card, 1}});
    EXPECT_TRUE(walker.session.idle());
    EXPECT_TRUE(walker.effect<WatchForCard>());
}

TEST(card_gate, a_card_left_for_a_minute_is_reported_once) {
    auto walker = kept_with_the_card_there();
    int reported = 0;
    base::Millis at{};
    for (base::Millis waited = 1s; waited <= 300s; waited += 1s) {
        walker.wait(1s);
        if (walker.effect<ReportCardLeft>()) ++reported, at = waited;
    }
    EXPECT_EQ(reported, 1);
    EXPECT_EQ(at, 60s);
}

TEST(card_gate, ending_anywhere_with_the_card_on_the_reader_wipes_at_once_and_asks_for_the_card) {
    Walker walker;
    walker.to_form().on(Ended{});
    ASSERT_TRUE(walker.in<CardLeft>());
    EXPECT_EQ(person_of(walker.session.state), nullptr);
    EXPECT_TRUE(walker.effect<CallForCard>());
    walker.on(CardDeclaredTaken{});  // a reader that cannot tell must not block the terminal
    EXPECT_TRUE(walker.session.idle());
}

TEST(card_gate, a_reader_that_cannot_tell_asks_once_and_holds_no_next_person_up) {
    auto walker = kept_with_the_card_there();
    ASSERT_TRUE(walker.in<TakingCard>());
    walker.on(CardWatchEnded{{walker.session.id, 1}}).wait(30s);
    EXPECT_TRUE(walker.session.idle());
    Walker late;
    late.to_form();
    const auto session = late.session.id;
    late.on(Ended{}).on(CardWatchEnded{{session, 1}});
    EXPECT_TRUE(late.session.idle());
}

TEST(card_gate, a_card_taken_in_the_middle_ends_nothing_and_is_not_asked_for_again) {
    Walker walker;
    walker.to_form().on(CardRemoved{{walker.session.id, 1}});
    ASSERT_TRUE(walker.in<FillingForm>());
    walker.on(Ended{});
    EXPECT_TRUE(walker.session.idle());
}

TEST(card_gate, a_card_that_could_not_be_read_is_asked_for_like_one_that_was) {
    for (const bool lifted : {false, true}) {
        Walker walker;
        walker.to_card();
        const auto session = walker.session.id;
        const auto ticket = walker.in<AwaitingCard>()->ticket;
        walker.on(CardRead{ticket, base::fail(base::FaultCode::CardReadFailed)});
        if (lifted) walker.on(CardRemoved{ticket});
        walker.on(Ended{});
        EXPECT_EQ(walker.in<CardLeft>() != nullptr, !lifted);
        if (lifted) continue;
        EXPECT_TRUE(walker.effect<CallForCard>());
        EXPECT_TRUE(walker.effect<WatchForCard>()) << "nobody would see it go";
        walker.on(CardRemoved{{session, ticket.request}});
        EXPECT_TRUE(walker.session.idle());
    }
}

TEST(card_gate, help_opened_over_the_alarm_does_not_hide_it_for_good) {
    Walker walker;
    walker.to_form().on(Ended{}).on(LanguageToggled{}).on(HelpOpened{});
    EXPECT_EQ(walker.session.overlay, Overlay::help);
    walker.wait(80s);
    EXPECT_EQ(walker.session.overlay, Overlay::none);
    EXPECT_TRUE(walker.session.as_found());
    EXPECT_TRUE(walker.in<CardLeft>());
}

Walker printed_into_a_tray_that_tells() {
    Walker walker;
    walker.to_receipt();
    const auto ticket = walker.in<ShowingReceipt>()->ticket;
    return walker.on(PrintEnded{ticket, PrintResult::printed, true});
}

TEST(paper_gate, the_receipt_page_stays_until_the_paper_is_taken) {
    auto walker = printed_into_a_tray_that_tells();
    walker.on(ReceiptTaken{});
    ASSERT_TRUE(walker.in<ShowingReceipt>());
    EXPECT_TRUE(walker.in<ShowingReceipt>()->take_asked);
    walker.on(Ended{});
    ASSERT_TRUE(walker.in<ShowingReceipt>());
    walker.on(PaperTaken{walker.in<ShowingReceipt>()->ticket});
    EXPECT_FALSE(walker.in<ShowingReceipt>()->take_asked);
    walker.on(ReceiptTaken{});
    EXPECT_TRUE(walker.in<Rating>());
}

TEST(paper_gate, half_a_minute_after_the_last_page_nobody_is_held_any_longer) {
    auto walker = printed_into_a_tray_that_tells();
    walker.terminal.now += 29s;
    walker.on(ReceiptTaken{});
    ASSERT_TRUE(walker.in<ShowingReceipt>());
    walker.terminal.now += 1s;
    walker.on(ReceiptTaken{});
    EXPECT_TRUE(walker.in<Rating>());
}

TEST(paper_gate, a_shorter_closing_time_of_the_county_does_not_close_over_paper) {
    Walker walker;
    walker.terminal.settings.times.standard.finished = 20s;
    walker.to_receipt();
    const auto ticket = walker.in<ShowingReceipt>()->ticket;
    walker.on(PrintEnded{ticket, PrintResult::printed, true});
    walker.wait(29s);
    EXPECT_TRUE(walker.in<ShowingReceipt>());
    walker.wait(1s);
    EXPECT_TRUE(walker.session.idle());
}

TEST(paper_gate, a_printer_that_cannot_tell_asks_the_citizen_alone) {
    Walker walker;
    walker.to_receipt();
    walker.on(PrintEnded{walker.in<ShowingReceipt>()->ticket, PrintResult::printed});
    walker.on(ReceiptTaken{});
    EXPECT_TRUE(walker.in<Rating>());
}

TEST(goodbye, the_page_says_what_to_take_for_five_seconds_and_knows_nobody) {
    Walker walker;
    walker.to_receipt().on(ReceiptTaken{}).on(RatingSkipped{});
    ASSERT_TRUE(walker.in<Farewell>());
    EXPECT_FALSE(walker.in<Farewell>()->paper.any());  // nothing was printed, so nothing is claimed
    EXPECT_FALSE(shows_a_person(walker.session.state));
    walker.wait(4s);
    ASSERT_TRUE(walker.in<Farewell>());
    walker.wait(1s);
    EXPECT_TRUE(walker.session.idle());
}

TEST(goodbye, the_next_persons_card_need_not_wait_for_it) {
    Walker walker;
    walker.to_receipt().on(ReceiptTaken{}).on(RatingSkipped{});
    const auto watched = walker.effect<WatchForCard>()->ticket;
    walker.on(CardSeen{watched});
    EXPECT_TRUE(walker.in<ChoosingService>());
    EXPECT_TRUE(walker.effect<LogSessionStarted>());
}

TEST(goodbye, a_card_still_there_comes_first) {
    Walker walker;
    walker.to_receipt().on(ReceiptTaken{});
    walker.session.card_present = true;  // the reader saw it again
    walker.on(RatingSkipped{});
    EXPECT_TRUE(walker.in<CardLeft>());
}

}  // namespace
}  // namespace session
