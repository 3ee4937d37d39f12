// Sealed and kept → card taken → receipt with its paper → rating → Idle.
#include "domain/masking.hpp"
#include "domain/printing.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;

namespace {

void print(ShowingReceipt page, bool letter, domain::DeviceKind printer, Machine& machine) {
    page.ticket = machine.new_ticket();
    page.paper = Paper::printing;
    page.settled = machine.world.now;
    page.in_tray = page.emptied = page.take_asked = false;
    page.paper_calls = 0;
    page.letter_printing = letter;
    page.printer = printer;
    page.fault.reset();
    page.page = 0;
    page.pages = 1;
    if (letter) {
        machine.run(PrintLetter{page.ticket, page.submission});
    } else {
        const auto& application = page.submission.application;
        machine.run(PrintReceipt{
            page.ticket, page.receipt, application.item_code,
            domain::masked_name(application.person->name(), machine.world.settings.masking),
            page.prints > 0, printer});
        ++page.prints;
    }
    machine.go(std::move(page));
}

void print_slip(ShowingReceipt page, Machine& machine) {
    print(std::move(page), false, domain::slip_printer(machine.world.health), machine);
}

// A slip that the receipt printer did not even begin comes out of the other printer, unasked.
bool goes_to_the_other_printer(const ShowingReceipt& page, const PrintEnded& ended,
                               const domain::TerminalHealth& health) {
    return !ended.result && page.printer == domain::DeviceKind::receipt_printer &&
           health.document_printer.state != domain::DeviceState::unavailable;
}

}  // namespace

void Machine::hand_in(catalogue::Submission submission) {
    const auto ticket = new_ticket();
    run(SealAndKeep{ticket, submission});
    go(HandingIn{std::move(submission), ticket, world.now});
}

void Machine::show_receipt(catalogue::Submission submission, domain::LocalReceipt receipt) {
    ShowingReceipt page{.submission = std::move(submission),
                        .receipt = std::move(receipt),
                        .ticket = {},
                        .fault = {},
                        .settled = world.now};
    print_slip(std::move(page), *this);
}

bool handle(const HandingIn& here, const Event& event, Machine& machine) {
    if (const auto* kept = as<SubmissionKept>(event)) {
        if (kept->ticket != here.ticket) return true;
        machine.session.last_touch = machine.world.now;
        if (kept->receipt) machine.session.room.reset();  // it is used
        if (!kept->receipt) {
            machine.run(LogFault{"post", kept->receipt.error().code});
            machine.go(HandInProblem{here.submission, kept->receipt.error(),
                                     kept->receipt.error().code == base::FaultCode::HandInUnknown});
        } else if (machine.session.card_present) {
            machine.session.lift_curtain();  // it must be seen, and shows nobody's data
            const auto since = machine.world.now;
            machine.go(TakingCard{here.submission, *kept->receipt, since,
                                  machine.call_for_card(since, 0)});
        } else {
            machine.show_receipt(here.submission, *kept->receipt);
        }
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < hand_in_limit) return true;
        machine.session.last_touch = machine.world.now;
        machine.run(LogFault{"post", base::FaultCode::HandInUnknown});
        machine.go(
            HandInProblem{here.submission, base::Fault{base::FaultCode::HandInUnknown, {}}, true});
    } else {
        return false;
    }
    return true;
}

bool handle(const HandInProblem& here, const Event& event, Machine& machine) {
    // The same submission with the same id: if it was kept after all, the same receipt comes back.
    if (as<HandInTriedAgain>(event))
        machine.hand_in(here.submission);
    else
        return false;
    return true;
}

bool handle(const TakingCard& here, const Event& event, Machine& machine) {
    const auto* removed = as<CardRemoved>(event);
    if ((removed && removed->ticket.session == machine.session.id) ||
        as<CardDeclaredTaken>(event)) {
        machine.session.card_present = false;
        machine.session.last_touch = machine.world.now;
        machine.show_receipt(here.submission, here.receipt);
    } else if (as<TimePassed>(event)) {
        // The number stays unshown and is offered on the first screen.
        TakingCard next = here;
        next.calls = machine.call_for_card(here.since, here.calls);
        machine.go(std::move(next));
        if (machine.world.now - here.since >= card_patience) machine.end("timed_out");
    } else {
        return false;
    }
    return true;
}

namespace {

// Modes and help chosen on the page that asks for the card go with it.
void as_found(Session& session) {
    session.overlay = Overlay::none;
    session.comfort = session.found;
    session.locale = base::Locale::zh;
}

}  // namespace

bool handle(const CardLeft& here, const Event& event, Machine& machine) {
    auto& session = machine.session;
    const auto now = machine.world.now;
    const auto* removed = as<CardRemoved>(event);
    const auto* unwatched = as<CardWatchEnded>(event);
    if ((removed && removed->ticket.session == here.card_of) ||
        (unwatched && unwatched->ticket.session == here.card_of) || as<CardDeclaredTaken>(event)) {
        as_found(session);
        machine.go(Idle{});
        machine.run(WatchForCard{machine.new_ticket()});
    } else if (as<TimePassed>(event)) {
        CardLeft next = here;
        next.calls = machine.call_for_card(here.since, here.calls);
        if (!here.reported && now - here.since >= card_left_reported) {
            machine.run(ReportCardLeft{});
            next.reported = true;
        }
        machine.go(std::move(next));
        // Help opened over the alarm must not hide it for good.
        if (now - session.last_touch >= first_page_limit(session, machine.world.settings.times))
            as_found(session);
    } else {
        return false;
    }
    return true;
}

namespace {

// Says how many sheets wait, as often as is due by now.
void call_for_paper(ShowingReceipt& page, Machine& machine) {
    if (!page.in_tray) return;
    const auto waited = std::chrono::duration_cast<base::Millis>(machine.world.now - page.settled);
    const int due = paper_calls_due(waited);
    if (page.paper_calls < due) machine.run(CallForPaper{std::max(page.pages, 1)});
    page.paper_calls = due;
}

}  // namespace

bool handle(const ShowingReceipt& here, const Event& event, Machine& machine) {
    ShowingReceipt next = here;
    if (const auto* done = as<PageOfPrintDone>(event)) {
        if (done->ticket != here.ticket) return true;
        next.page = done->page;
        next.pages = done->pages;
        next.settled = machine.world.now;
    } else if (const auto* ended = as<PrintEnded>(event)) {
        if (ended->ticket != here.ticket) return true;
        const bool printed = ended->result && *ended->result == PrintResult::printed;
        next.paper = printed ? Paper::printed : Paper::problem;
        if (!ended->result) {
            machine.run(
                LogFault{std::string(domain::name(here.printer)), ended->result.error().code});
            next.fault = ended->result.error();
            if (goes_to_the_other_printer(here, *ended, machine.world.health)) {
                --next.prints;  // nothing came out that this one would be a copy of
                print(std::move(next), false, domain::DeviceKind::document_printer, machine);
                return true;
            }
        }
        if (printed) next.printed.at(here.printer) = true;
        next.in_tray = printed && ended->in_tray;
        next.take_asked = false;
        next.settled = machine.world.now;
        call_for_paper(next, machine);
        if (printed && !here.letter_printing)
            machine.run(MarkReceiptShown{here.receipt.local_number});
    } else if (const auto* taken = as<PaperTaken>(event)) {
        if (taken->ticket != here.ticket) return true;
        next.in_tray = false;
        next.emptied = true;
        next.take_asked = false;
    } else if (as<ReceiptPrintedAgain>(event) && here.paper != Paper::printing) {
        print_slip(here, machine);
        return true;
    } else if (as<LetterCopyWanted>(event) && here.paper != Paper::printing) {
        print(here, true, domain::DeviceKind::document_printer, machine);
        return true;
    } else if (as<ReceiptTaken>(event) && paper_waits(machine.session, machine.world.now)) {
        next.take_asked = true;
        machine.run(CallForPaper{std::max(here.pages, 1)});
    } else if (as<ReceiptTaken>(event)) {
        machine.run(MarkReceiptShown{here.receipt.local_number});
        machine.go(Rating{here.submission.application.item_code, machine.world.now, here.printed,
                          here.receipt.local_number, here.submission.application.person});
        return true;
    } else if (as<TimePassed>(event)) {
        const bool over =
            here.paper != Paper::printing && !paper_waits(machine.session, machine.world.now) &&
            closing_in(machine.session, machine.world.now, machine.world.settings.times) == 0;
        if (over) {
            machine.end("finished");
            return true;
        }
        call_for_paper(next, machine);
        // A printer that never answers: nobody knows what came out, and the page says so.
        if (here.paper == Paper::printing && machine.world.now - here.settled >= print_limit) {
            next.paper = Paper::problem;
            next.settled = machine.world.now;
        }
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

void Machine::say_goodbye(domain::PaperSlots paper) {
    end("finished");
    // A card still on the reader comes first; its page says what to take.
    if (session.idle()) go(Farewell{world.now, paper});
}

bool handle(const Farewell& here, const Event& event, Machine& machine) {
    auto& session = machine.session;
    const auto quiet_since = std::max(here.since, session.last_touch);
    if (const auto* seen = as<CardSeen>(event)) {
        if (seen->ticket.session != session.id) return true;
        // The next person is quick: the reader watches already.
        machine.go(Idle{});
        handle(Idle{}, event, machine);
        machine.run(LogSessionStarted{});
    } else if (const auto* kept = as<SubmissionKept>(event)) {
        if (kept->ticket != here.ticket || here.rated != Farewell::Rated::keeping) return true;
        Farewell next = here;
        next.since = machine.world.now;
        next.rated = kept->receipt ? Farewell::Rated::kept : Farewell::Rated::lost;
        machine.go(std::move(next));
    } else if (as<GoodbyeRead>(event) ||
               (as<TimePassed>(event) && machine.world.now - quiet_since >= farewell_time)) {
        as_found(session);
        machine.go(Idle{});
    } else {
        return false;
    }
    return true;
}

}  // namespace session
