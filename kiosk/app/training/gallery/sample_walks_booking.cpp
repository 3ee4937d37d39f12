// An appointment, from the offices to its number, and whatever may come between.
#include "app/training/gallery/sample_walks.hpp"
#include "session/inactivity.hpp"

namespace app::training::gallery {

using namespace session;
using domain::booking::Answer;
using domain::booking::Outcome;
using samples::Walker;

namespace {

Walker asked() {
    return Walker{}.to_booking_confirm().on(BookingConfirmed{});
}
Answer only(Outcome outcome) {
    Answer out;
    out.outcome = outcome;
    return out;
}
Walker with_mine() {
    Answer mine = samples::booking_made();
    mine.points = samples::booking_offices().points;
    return Walker{}.to_booking(std::move(mine));
}

}  // namespace

void booking_pages(Collector& pages) {
    const std::string number = samples::booking_made().bookings.front().number;
    pages.add("booking_points", Walker{}.to_booking());
    pages.add("booking_points_none", Walker{}.to_booking(Answer{}));
    pages.add("booking_days", Walker{}.to_booking_days());
    pages.add("booking_days_full",
              Walker{}.to_booking().on(BookingPointChosen{"hall"}).booking_answer(Answer{}));
    Answer taken = samples::booking_times();
    taken.outcome = Outcome::taken;
    pages.add("booking_days_taken", asked().booking_answer(taken));
    pages.add("booking_times", Walker{}.to_booking_days().on(BookingDayChosen{"2026-11-23"}));
    pages.add("booking_confirm", Walker{}.to_booking_confirm());
    pages.add("booking_wait", asked());
    pages.add("booking_wait_10_s", asked().wait(session::wait_explained));
    pages.add("booking_made", asked().booking_answer(samples::booking_made()));
    const Walker printing =
        asked().booking_answer(samples::booking_made()).on(BookingPrintWanted{});
    const auto slip = printing.in<flows::Booking>()->ticket;
    pages.add("booking_made_printing", printing);
    pages.add("booking_made_printed", Walker{printing}.on(PrintEnded{slip, PrintResult::printed}));
    pages.add("booking_made_no_paper",
              Walker{printing}.on(PrintEnded{slip, base::fail(base::FaultCode::PrinterPaperOut)}));
    pages.add("booking_mine", with_mine());
    const Walker giving_up = with_mine().on(BookingCancelWanted{number});
    pages.add("booking_give_up", giving_up);
    pages.add("booking_given_up",
              Walker{giving_up}.on(BookingConfirmed{}).booking_answer(Answer{}));
    Answer already = samples::booking_made();
    already.outcome = Outcome::already_booked;
    pages.add("booking_already", asked().booking_answer(already));
    pages.add("booking_too_late",
              Walker{giving_up}.on(BookingConfirmed{}).booking_answer(only(Outcome::too_late)));
    pages.add("booking_not_found", asked().booking_answer(only(Outcome::not_found)));
    pages.add("booking_unknown",
              asked().booking_answer(base::fail(base::FaultCode::NetworkUnreachable)));
    Walker no_line;
    no_line.on(BookingOpened{}).on(NoticeAccepted{});
    no_line.on(CardRead{no_line.in<flows::AwaitingCard>()->ticket,
                        base::Secret<domain::IdCardRecord>(samples::good_card())});
    pages.add("booking_no_line",
              no_line.booking_answer(base::fail(base::FaultCode::NetworkUnreachable)));
}

}  // namespace app::training::gallery
