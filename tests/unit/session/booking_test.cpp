// An appointment is made once, and whatever comes in between leaves a way on.
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using domain::booking::Action;
using domain::booking::Answer;
using domain::booking::Outcome;
using samples::Walker;
using Page = flows::Booking::Page;

Walker asked() {
    return Walker{}.to_booking_confirm().on(BookingConfirmed{});
}
Page page(const Walker& walker) {
    const auto* here = walker.in<flows::Booking>();
    EXPECT_TRUE(here);
    return here ? here->page : Page::given_up;
}
Walker with_mine() {
    Answer mine = samples::booking_made();
    mine.points = samples::booking_offices().points;
    return Walker{}.to_booking(std::move(mine));
}

TEST(booking, an_appointment_is_made_from_an_office_a_day_and_a_time) {
    Walker walker = Walker{}.to_booking();
    EXPECT_EQ(page(walker), Page::points);
    walker.on(BookingPointChosen{"hall"});
    ASSERT_TRUE(walker.effect<AskBooking>());
    EXPECT_EQ(walker.effect<AskBooking>()->wish.point, "hall");
    walker.booking_answer(samples::booking_times());
    EXPECT_EQ(page(walker), Page::days);
    walker.on(BookingDayChosen{"2026-11-28"});
    EXPECT_EQ(page(walker), Page::times);
    walker.on(BookingTimeChosen{"1"});  // of another day
    EXPECT_EQ(page(walker), Page::times);
    walker.on(BookingTimeChosen{"3"});
    EXPECT_EQ(page(walker), Page::confirm);
    EXPECT_FALSE(walker.effect<AskBooking>());  // nothing is booked before it was confirmed
    walker.on(BookingConfirmed{});
    ASSERT_TRUE(walker.effect<AskBooking>());
    EXPECT_EQ(walker.effect<AskBooking>()->wish.action, Action::book);
    EXPECT_EQ(walker.effect<AskBooking>()->wish.slot, "3");
    walker.booking_answer(samples::booking_made());
    EXPECT_EQ(page(walker), Page::made);
}

TEST(booking, a_slot_that_was_taken_meanwhile_is_told_and_others_are_offered) {
    Answer taken = samples::booking_times();
    taken.outcome = Outcome::taken;
    taken.slots.pop_back();
    Walker walker = asked().booking_answer(taken);
    EXPECT_EQ(page(walker), Page::days);
    EXPECT_TRUE(walker.in<flows::Booking>()->talk.taken);
    EXPECT_EQ(walker.in<flows::Booking>()->talk.slots, taken.slots);
    walker.on(BookingDayChosen{"2026-11-23"}).on(BookingTimeChosen{"1"});
    EXPECT_EQ(page(walker), Page::confirm);
}

TEST(booking, a_second_try_asks_for_the_same_booking) {
    Walker walker = asked();
    const auto first = walker.effect<AskBooking>()->wish;
    EXPECT_EQ(first.key.size(), 32U);
    walker.booking_answer(base::fail(base::FaultCode::NetworkUnreachable));
    ASSERT_TRUE(walker.in<BookingNotPossible>());
    walker.on(BookingTriedAgain{});
    ASSERT_TRUE(walker.effect<AskBooking>());
    EXPECT_EQ(walker.effect<AskBooking>()->wish, first);
}

TEST(booking, nobody_waits_for_the_centre_longer_than_a_minute) {
    Walker walker = asked();
    for (int second = 0; second < 60 && walker.in<AskingBooking>(); ++second) walker.wait(1s);
    ASSERT_TRUE(walker.in<BookingNotPossible>());
    EXPECT_TRUE(walker.in<BookingNotPossible>()->fault);
}

TEST(booking, what_is_booked_is_shown_first_and_can_be_moved_or_given_up) {
    const std::string number = samples::booking_made().bookings.front().number;
    EXPECT_EQ(page(with_mine()), Page::mine);
    Walker moved = with_mine().on(BookingChangeWanted{number}).on(BookingPointChosen{"hall"});
    moved.booking_answer(samples::booking_times());
    moved.on(BookingDayChosen{"2026-11-23"}).on(BookingTimeChosen{"2"}).on(BookingConfirmed{});
    ASSERT_TRUE(moved.effect<AskBooking>());
    EXPECT_EQ(moved.effect<AskBooking>()->wish.action, Action::change);
    EXPECT_EQ(moved.effect<AskBooking>()->wish.number, number);
    EXPECT_TRUE(moved.effect<AskBooking>()->wish.key.empty());
    Walker cancelled = with_mine().on(BookingCancelWanted{number});
    EXPECT_EQ(page(cancelled), Page::give_up);
    EXPECT_FALSE(cancelled.effect<AskBooking>());  // asked once more before
    cancelled.on(BookingConfirmed{});
    ASSERT_TRUE(cancelled.effect<AskBooking>());
    EXPECT_EQ(cancelled.effect<AskBooking>()->wish.action, Action::cancel);
    cancelled.booking_answer(Answer{});
    EXPECT_EQ(page(cancelled), Page::given_up);
}

TEST(booking, somebody_elses_number_is_no_booking_of_this_page) {
    Walker walker = with_mine();
    walker.on(BookingCancelWanted{domain::booking::booking_number("2026-11-22", 43)});
    EXPECT_EQ(page(walker), Page::mine);
}

TEST(booking, an_answer_to_another_question_changes_nothing) {
    Walker walker = asked();
    auto ticket = walker.in<AskingBooking>()->ticket;
    --ticket.request;
    walker.on(BookingAnswered{ticket, samples::booking_made()});
    EXPECT_TRUE(walker.in<AskingBooking>());
}

TEST(booking, who_only_looks_may_stop_looking_and_who_books_hears_what_became_of_it) {
    Walker looking = Walker{}.to_booking().on(BookingPointChosen{"hall"});
    EXPECT_EQ(page(looking.on(WentBack{})), Page::points);
    Walker booking = asked().on(WentBack{});
    EXPECT_TRUE(booking.in<AskingBooking>());
}

TEST(booking, a_done_without_a_booking_is_not_called_booked) {
    Walker walker = asked().booking_answer(Answer{});
    EXPECT_TRUE(walker.in<BookingNotPossible>());
}

TEST(booking, a_slip_is_called_printed_only_when_it_is_known_to_be) {
    Walker made = asked().booking_answer(samples::booking_made());
    EXPECT_FALSE(made.effect<PrintBooking>());  // nobody has to take paper
    made.on(BookingPrintWanted{});
    ASSERT_TRUE(made.effect<PrintBooking>());
    const auto ticket = made.effect<PrintBooking>()->ticket;
    EXPECT_EQ(made.in<flows::Booking>()->paper, Paper::printing);
    made.on(BookingPrintWanted{});  // pressed twice
    EXPECT_FALSE(made.effect<PrintBooking>());
    const auto after = [&](const PrintEnded& ended) {
        return Walker{made}.on(ended).in<flows::Booking>()->paper;
    };
    EXPECT_EQ(after({ticket, PrintResult::printed}), Paper::printed);
    EXPECT_EQ(after({ticket, PrintResult::unknown}), Paper::problem);
    EXPECT_EQ(after({ticket, base::fail(base::FaultCode::PrinterJammed)}), Paper::problem);
    EXPECT_EQ(after({{ticket.session, ticket.request - 1}, PrintResult::printed}), Paper::printing);
    for (int second = 0; second < 60; ++second) made.on(Touched{}).wait(1s);
    ASSERT_TRUE(made.in<flows::Booking>());
    EXPECT_EQ(made.in<flows::Booking>()->paper, Paper::problem);
    made.on(BookingPrintWanted{});
    EXPECT_TRUE(made.effect<PrintBooking>());
}

TEST(booking, the_person_is_gone_when_it_is_over) {
    Walker walker = asked().booking_answer(samples::booking_made());
    EXPECT_TRUE(shows_a_person(walker.session.state));
    walker.on(Ended{});
    EXPECT_EQ(person_of(walker.session.state), nullptr);
}

}  // namespace
}  // namespace session
