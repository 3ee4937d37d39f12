// An appointment: asked of the centre step by step, booked once however often it is tried.
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;
using domain::booking::Action;
using domain::booking::Answer;
using domain::booking::Outcome;
using domain::booking::Wish;
using Page = flows::Booking::Page;

namespace {

template <class List, class Is>
const typename List::value_type* found(const List& list, Is is) {
    const auto at = std::find_if(list.begin(), list.end(), is);
    return at == list.end() ? nullptr : &*at;
}

Wish slots_of(const BookingTalk& talk) {
    Wish wish;
    wish.action = Action::slots;
    wish.item_code = talk.item_code;
    wish.point = talk.point.id;
    return wish;
}

Wish wish_for(const BookingTalk& talk) {
    Wish wish;
    wish.action = talk.number.empty() ? Action::book : Action::change;
    wish.item_code = talk.item_code;
    wish.slot = talk.slot.id;
    wish.number = talk.number;
    if (wish.action == Action::book) wish.key = talk.key;
    return wish;
}

void show_page(BookingTalk talk, Page page, Machine& machine) {
    machine.go(flows::Booking{std::move(talk), page});
}

// To choose where, or at once when, if there is but one office.
void choose_where(BookingTalk talk, Machine& machine) {
    talk.date.clear();
    talk.slot = {};
    talk.taken = false;
    if (talk.points.size() != 1) return show_page(std::move(talk), Page::points, machine);
    talk.point = talk.points.front();
    const auto wish = slots_of(talk);
    machine.ask_booking(std::move(talk), wish);
}

void take(const AskingBooking& here, const Answer& answer, Machine& machine) {
    BookingTalk talk = here.talk;
    const bool made = here.wish.action == Action::book || here.wish.action == Action::change;
    if (answer.outcome == Outcome::taken && made) {
        talk.slots = answer.slots;
        talk.slot = {};
        talk.key.clear();  // another time is another booking
        talk.taken = true;
        return show_page(std::move(talk), Page::days, machine);
    }
    if (answer.outcome == Outcome::already_booked && !answer.bookings.empty())
        talk.bookings = answer.bookings;
    if (answer.outcome != Outcome::done || (made && answer.bookings.empty()))
        return machine.go(BookingNotPossible{
            std::move(talk), here.wish, std::nullopt,
            answer.outcome == Outcome::done ? Outcome::not_found : answer.outcome});
    switch (here.wish.action) {
        case Action::mine:
            talk.points = answer.points;
            talk.bookings = answer.bookings;
            if (talk.bookings.empty()) return choose_where(std::move(talk), machine);
            return show_page(std::move(talk), Page::mine, machine);
        case Action::slots:
            talk.slots = answer.slots;
            return show_page(std::move(talk), Page::days, machine);
        case Action::book:
        case Action::change:
            talk.bookings = answer.bookings;
            return show_page(std::move(talk), Page::made, machine);
        case Action::cancel:
            return show_page(std::move(talk), Page::given_up, machine);
    }
}

bool handle_mine(const flows::Booking& here, const Event& event, Machine& machine) {
    BookingTalk talk = here.talk;
    const auto numbered = [&](const std::string& number) {
        return found(here.talk.bookings, [&](const auto& one) { return one.number == number; });
    };
    if (as<BookingNew>(event)) {
        talk.number.clear();
        choose_where(std::move(talk), machine);
    } else if (const auto* change = as<BookingChangeWanted>(event)) {
        const auto* booking = numbered(change->number);
        if (booking == nullptr) return false;
        talk.number = booking->number;
        talk.item_code = booking->item_code;
        choose_where(std::move(talk), machine);
    } else if (const auto* cancel = as<BookingCancelWanted>(event)) {
        if (numbered(cancel->number) == nullptr) return false;
        talk.number = cancel->number;
        show_page(std::move(talk), Page::give_up, machine);
    } else {
        return false;
    }
    return true;
}

bool handle_choice(const flows::Booking& here, const Event& event, Machine& machine) {
    BookingTalk talk = here.talk;
    if (const auto* where = as<BookingPointChosen>(event); where && here.page == Page::points) {
        const auto* point =
            found(here.talk.points, [&](const auto& one) { return one.id == where->point; });
        if (point == nullptr) return false;
        talk.point = *point;
        const auto wish = slots_of(talk);
        machine.ask_booking(std::move(talk), wish);
    } else if (const auto* day = as<BookingDayChosen>(event); day && here.page == Page::days) {
        if (!found(here.talk.slots, [&](const auto& one) { return one.date == day->date; }))
            return false;
        talk.date = day->date;
        talk.taken = false;
        show_page(std::move(talk), Page::times, machine);
    } else if (const auto* time = as<BookingTimeChosen>(event); time && here.page == Page::times) {
        const auto* slot =
            found(here.talk.slots, [&](const auto& one) { return one.id == time->slot; });
        if (slot == nullptr || slot->date != here.talk.date) return false;
        talk.slot = *slot;
        // A key for every time that is chosen: only a second try of the same is the same booking.
        talk.key = machine.world.fresh_id.text();
        show_page(std::move(talk), Page::confirm, machine);
    } else if (as<BookingConfirmed>(event) && here.page == Page::confirm) {
        const auto wish = wish_for(talk);
        machine.ask_booking(std::move(talk), wish);
    } else if (as<BookingConfirmed>(event) && here.page == Page::give_up) {
        Wish wish;
        wish.action = Action::cancel;
        wish.number = talk.number;
        machine.ask_booking(std::move(talk), wish);
    } else {
        return false;
    }
    return true;
}

void print(flows::Booking next, Machine& machine) {
    next.printer = domain::slip_printer(machine.world.health);
    next.ticket = machine.new_ticket();
    next.paper = Paper::printing;
    next.fault.reset();
    next.settled = machine.world.now;
    machine.run(PrintBooking{next.ticket, next.talk.bookings.front(), next.printer});
    machine.go(std::move(next));
}

// The slip of a booking that was made. What is not known to have come out is not called printed.
bool handle_paper(const flows::Booking& here, const Event& event, Machine& machine) {
    if (here.page != Page::made || here.talk.bookings.empty()) return false;
    const bool printing = here.paper == Paper::printing;
    flows::Booking next = here;
    if (as<BookingPrintWanted>(event)) {
        if (!printing) print(std::move(next), machine);
        return true;
    }
    if (const auto* done = as<PageOfPrintDone>(event)) {
        if (!printing || done->ticket != here.ticket) return true;
        next.settled = machine.world.now;
    } else if (const auto* ended = as<PrintEnded>(event)) {
        if (!printing || ended->ticket != here.ticket) return true;
        const bool printed = ended->result && *ended->result == PrintResult::printed;
        next.paper = printed ? Paper::printed : Paper::problem;
        if (!ended->result) {
            next.fault = ended->result.error();
            machine.run(LogFault{std::string(domain::name(here.printer)), next.fault->code});
        }
        machine.session.last_touch = machine.world.now;  // time to read it and to take it
    } else if (as<TimePassed>(event) && printing &&
               machine.world.now - here.settled >= print_limit) {
        next.paper = Paper::problem;
        machine.session.last_touch = machine.world.now;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

void go_back(const flows::Booking& here, Machine& machine) {
    BookingTalk talk = here.talk;
    const bool several = talk.points.size() > 1;
    switch (here.page) {
        case Page::confirm:
            return show_page(std::move(talk), Page::times, machine);
        case Page::times:
            return show_page(std::move(talk), Page::days, machine);
        case Page::give_up:
            return show_page(std::move(talk), Page::mine, machine);
        case Page::days:
            if (several) return show_page(std::move(talk), Page::points, machine);
            [[fallthrough]];
        case Page::points:
            if (!talk.bookings.empty()) return show_page(std::move(talk), Page::mine, machine);
            [[fallthrough]];
        case Page::mine:
        case Page::made:
        case Page::given_up:
            return machine.end("ended");
    }
}

}  // namespace

void Machine::ask_booking(BookingTalk talk, domain::booking::Wish wish) {
    const auto ticket = new_ticket();
    run(AskBooking{ticket, talk.person, wish});
    go(AskingBooking{std::move(talk), std::move(wish), ticket, world.now});
}

bool handle(const AskingBooking& here, const Event& event, Machine& machine) {
    if (const auto* answered = as<BookingAnswered>(event)) {
        if (answered->ticket != here.ticket) return true;
        machine.session.last_touch = machine.world.now;
        if (answered->answer)
            take(here, *answered->answer, machine);
        else
            machine.go(BookingNotPossible{here.talk, here.wish, answered->answer.error()});
    } else if (as<WentBack>(event) && !changes_something(here.wish)) {
        if (here.wish.action == Action::slots && here.talk.points.size() > 1)
            show_page(here.talk, Page::points, machine);
        else if (!here.talk.bookings.empty())
            show_page(here.talk, Page::mine, machine);
        else
            machine.end("ended");
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < progress_limit) return true;
        machine.session.last_touch = machine.world.now;
        machine.go(BookingNotPossible{here.talk, here.wish,
                                      base::Fault{base::FaultCode::NetworkUnreachable, {}}});
    } else {
        return false;
    }
    return true;
}

bool handle(const flows::Booking& here, const Event& event, Machine& machine) {
    if (as<WentBack>(event)) {
        go_back(here, machine);
        return true;
    }
    if (handle_paper(here, event, machine)) return true;
    return here.page == Page::mine ? handle_mine(here, event, machine)
                                   : handle_choice(here, event, machine);
}

bool handle(const BookingNotPossible& here, const Event& event, Machine& machine) {
    if (as<BookingTriedAgain>(event) && here.fault) {
        machine.ask_booking(here.talk, here.wish);
    } else if (as<WentBack>(event)) {
        if (here.talk.bookings.empty())
            machine.end("ended");
        else
            show_page(here.talk, Page::mine, machine);
    } else {
        return false;
    }
    return true;
}

}  // namespace session
