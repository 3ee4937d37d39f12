// Booking an appointment at an office.
#include "app/present/paper_line.hpp"
#include "domain/dates.hpp"
#include "domain/printing.hpp"
#include "session/inactivity.hpp"

namespace app {

using domain::booking::Action;
using domain::booking::Outcome;
using screens::ButtonLook;
using screens::Tone;
using BookingPage = flows::Booking::Page;

namespace {

MessageId kind_text(domain::booking::Kind kind) {
    switch (kind) {
        case domain::booking::Kind::extended:
            return MessageId::booking_kind_extended;
        case domain::booking::Kind::weekend:
            return MessageId::booking_kind_weekend;
        case domain::booking::Kind::home_visit:
            return MessageId::booking_kind_home_visit;
        case domain::booking::Kind::normal:
            break;
    }
    return MessageId::booking_kind_normal;
}

// 2026-11-28, checked when it was read.
std::string day_in_words(const PageBuilder& b, const std::string& date) {
    base::Instant noon;
    if (!base::parse_iso8601(date + "T12:00:00+08:00", noon)) return date;
    return domain::in_words(base::local_date(noon), b.locale());
}

std::string hours_of(const domain::booking::Slot& slot) {
    return slot.from + "–" + slot.to;
}

std::string matter(const PageBuilder& b, const std::string& item_code) {
    const auto* item = b.item(item_code);
    return item != nullptr ? b.say(item->name) : b.say(MessageId::booking_any_matter);
}

screens::KeyValues card_of(const PageBuilder& b, const std::string& number,
                           const std::string& item_code, const domain::booking::Point& point,
                           const domain::booking::Slot& slot) {
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value, bool strong = false) {
        if (!value.empty())
            card.rows.push_back({b.say(label),
                                 std::move(value),
                                 strong,
                                 {},
                                 {},
                                 screens::Sensitivity::personal,
                                 {}});
    };
    row(MessageId::booking_number, number, true);
    row(MessageId::booking_when, day_in_words(b, slot.date) + " " + hours_of(slot));
    row(MessageId::booking_where, point.name);
    row(MessageId::booking_address, point.address);
    row(MessageId::booking_telephone, point.telephone);
    row(MessageId::booking_what, matter(b, item_code));
    return card;
}

void end_button(PageBuilder& b) {
    b.add(
        screens::ButtonRow{{b.primary("booking_done", MessageId::booking_done, session::Ended{})}});
}

void mine_page(const flows::BookingTalk& talk, PageBuilder& b) {
    b.name("booking_mine");
    b.title(b.say(MessageId::booking_mine_title));
    for (const auto& booking : talk.bookings) {
        b.add(card_of(b, booking.number, booking.item_code, booking.point, booking.slot));
        b.add(screens::ButtonRow{
            {b.secondary("booking_change:" + booking.number, MessageId::booking_change,
                         session::BookingChangeWanted{booking.number}),
             b.secondary("booking_cancel:" + booking.number, MessageId::booking_cancel,
                         session::BookingCancelWanted{booking.number})}});
    }
    b.add(screens::ButtonRow{
        {b.secondary("booking_new", MessageId::booking_new, session::BookingNew{}),
         b.primary("booking_done", MessageId::booking_done, session::Ended{})}});
}

void points_page(const flows::BookingTalk& talk, PageBuilder& b) {
    b.name("booking_points");
    b.title(b.say(MessageId::booking_points_title), matter(b, talk.item_code));
    if (talk.points.empty()) {
        b.add(screens::Notice{Tone::info,
                              "info-circle",
                              b.say(MessageId::booking_no_points),
                              {b.say(MessageId::booking_no_points_text), b.window_sentence()},
                              true});
        return end_button(b);
    }
    screens::Choices list;
    for (const auto& point : talk.points)
        list.choices.push_back(
            {b.bind("point:" + point.id, session::BookingPointChosen{point.id}), point.name,
             point.address + (point.hours.empty() ? "" : " · " + point.hours), "map-pin", false});
    b.add(std::move(list));
}

void days_page(const flows::BookingTalk& talk, PageBuilder& b) {
    b.name("booking_days");
    b.title(b.say(MessageId::booking_days_title), talk.point.name);
    if (talk.taken)
        b.add(screens::Notice{Tone::warn,
                              "alert-circle",
                              b.say(MessageId::booking_taken),
                              {b.say(MessageId::booking_taken_text)},
                              false});
    if (talk.slots.empty()) {
        b.add(screens::Notice{Tone::info,
                              "info-circle",
                              b.say(MessageId::booking_no_slots),
                              {b.say(MessageId::booking_no_slots_text), b.window_sentence()},
                              true});
        return end_button(b);
    }
    screens::Choices list;
    for (const auto& slot : talk.slots) {
        const std::string id = "day:" + slot.date;
        if (!list.choices.empty() && list.choices.back().id == id) continue;
        int count = 0;
        for (const auto& other : talk.slots)
            if (other.date == slot.date) count += other.free;
        list.choices.push_back(
            {b.bind(id, session::BookingDayChosen{slot.date}), day_in_words(b, slot.date),
             b.say(kind_text(slot.kind)) + " · " +
                 b.say(MessageId::booking_free, {{"count", std::to_string(count)}}),
             "calendar", false});
    }
    b.add(std::move(list));
}

void times_page(const flows::BookingTalk& talk, PageBuilder& b) {
    b.name("booking_times");
    b.title(b.say(MessageId::booking_times_title), day_in_words(b, talk.date));
    screens::Choices list;
    for (const auto& slot : talk.slots) {
        if (slot.date != talk.date) continue;
        list.choices.push_back(
            {b.bind("time:" + slot.id, session::BookingTimeChosen{slot.id}), hours_of(slot),
             b.say(kind_text(slot.kind)) + " · " +
                 b.say(MessageId::booking_free, {{"count", std::to_string(slot.free)}}),
             "clock", false});
    }
    b.add(std::move(list));
}

void confirm_page(const flows::BookingTalk& talk, PageBuilder& b) {
    b.name("booking_confirm");
    b.title(b.say(MessageId::booking_confirm_title));
    b.add(card_of(b, talk.number, talk.item_code, talk.point, talk.slot));
    b.add(screens::ButtonRow{
        {b.primary("booking_confirm", MessageId::booking_confirm, session::BookingConfirmed{})}});
}

void give_up_page(const flows::BookingTalk& talk, PageBuilder& b) {
    b.name("booking_give_up");
    b.title(b.say(MessageId::booking_give_up_title));
    for (const auto& booking : talk.bookings)
        if (booking.number == talk.number)
            b.add(card_of(b, booking.number, booking.item_code, booking.point, booking.slot));
    b.add(screens::ButtonRow{{b.button("booking_keep", b.say(MessageId::booking_keep),
                                       ButtonLook::equal, session::WentBack{}),
                              b.button("booking_give_up", b.say(MessageId::booking_give_up),
                                       ButtonLook::equal, session::BookingConfirmed{})}});
}

// Whether a slip comes out; without one nothing is lost.
PaperLine slip_of(const flows::Booking& here, const PageBuilder& b) {
    PaperLine line{here.paper, here.printer, here.fault};
    line.printing = b.say(MessageId::booking_printing);
    line.printed = b.say(MessageId::booking_printed);
    line.unknown = b.say(MessageId::booking_print_failed);
    line.problem = {b.say(MessageId::booking_print_failed_text)};
    return line;
}

void made_page(const flows::Booking& here, PageBuilder& b) {
    b.name("booking_made");
    b.title(b.say(MessageId::booking_made_title), b.say(MessageId::booking_made_note));
    for (const auto& booking : here.talk.bookings)
        b.add(card_of(b, booking.number, booking.item_code, booking.point, booking.slot));
    b.line(b.say(MessageId::booking_bring));
    add_paper_line(b, slip_of(here, b));
    const bool may_print =
        domain::can_print_slips(b.in.health) &&
        (here.paper == flows::Paper::none || here.paper == flows::Paper::problem);
    if (!may_print) return end_button(b);
    b.add(
        screens::ButtonRow{{b.secondary("booking_print", MessageId::booking_print,
                                        session::BookingPrintWanted{}, "printer"),
                            b.primary("booking_done", MessageId::booking_done, session::Ended{})}});
}

void given_up_page(PageBuilder& b) {
    b.name("booking_given_up");
    b.title(b.say(MessageId::booking_given_up_title));
    b.add(screens::Notice{Tone::success,
                          "circle-check",
                          b.say(MessageId::booking_given_up_title),
                          {b.say(MessageId::booking_given_up_text)},
                          true});
    end_button(b);
}

void refused_page(const flows::BookingNotPossible& here, PageBuilder& b) {
    MessageId title = MessageId::booking_not_found_title, text = MessageId::booking_not_found_text;
    if (here.outcome == Outcome::already_booked) {
        title = MessageId::booking_already_title;
        text = MessageId::booking_already_text;
    } else if (here.outcome == Outcome::too_late) {
        title = MessageId::booking_too_late_title;
        text = MessageId::booking_too_late_text;
    }
    b.name("booking_refused");
    b.title(b.say(title));
    b.add(screens::Notice{Tone::info, "info-circle", b.say(text), {b.window_sentence()}, true});
    if (here.talk.bookings.empty()) return end_button(b);
    b.add(screens::ButtonRow{
        {b.primary("booking_see_mine", MessageId::booking_see_mine, session::WentBack{})}});
}

}  // namespace

void show(const flows::AskingBooking& here, PageBuilder& b) {
    b.title(b.say(MessageId::booking_asking));
    const auto waited = b.in.now - here.since;
    if (waited < session::wait_explained) {
        b.add(screens::Progress{"search", b.say(MessageId::booking_asking), -1});
        return;
    }
    const auto seconds =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(waited).count());
    b.add(
        screens::Progress{"search", b.say(MessageId::progress_waited, {{"seconds", seconds}}), -1});
}

void show(const flows::Booking& here, PageBuilder& b) {
    switch (here.page) {
        case BookingPage::mine:
            return mine_page(here.talk, b);
        case BookingPage::points:
            return points_page(here.talk, b);
        case BookingPage::days:
            return days_page(here.talk, b);
        case BookingPage::times:
            return times_page(here.talk, b);
        case BookingPage::confirm:
            return confirm_page(here.talk, b);
        case BookingPage::give_up:
            return give_up_page(here.talk, b);
        case BookingPage::made:
            return made_page(here, b);
        case BookingPage::given_up:
            return given_up_page(b);
    }
}

void show(const flows::BookingNotPossible& here, PageBuilder& b) {
    if (!here.fault) return refused_page(here, b);
    const bool unknown = flows::changes_something(here.wish);
    b.name(unknown ? "booking_unknown" : "booking_no_line");
    b.title(b.say(unknown ? MessageId::booking_unknown_title : MessageId::booking_no_line_title));
    b.page.screen.low = true;
    b.add(screens::Notice{
        Tone::warn,
        "info-circle",
        std::string(base::citizen_text(here.fault->code, b.locale())),
        {b.say(unknown ? MessageId::booking_unknown_text : MessageId::booking_no_line_text),
         b.say(MessageId::booking_other_ways), b.window_sentence()},
        true});
    b.add(screens::ButtonRow{
        {b.secondary("booking_leave", MessageId::booking_leave, session::Ended{}),
         b.primary("booking_again", MessageId::booking_again, session::BookingTriedAgain{})}});
}

}  // namespace app
