// Sealed and kept → card taken → receipt with its paper → rating → Idle.
#include "domain/masking.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;

namespace {

// ux.md UX-106: after this long the session is cleared although the card still lies there.
constexpr std::chrono::seconds card_patience{30};

void print(ShowingReceipt page, bool letter, Machine& machine) {
    page.ticket = machine.new_ticket();
    page.paper = Paper::printing;
    page.letter_printing = letter;
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
            page.prints > 0});
        ++page.prints;
    }
    machine.go(std::move(page));
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
    print(std::move(page), false, *this);
}

bool handle(const HandingIn& here, const Event& event, Machine& machine) {
    if (const auto* kept = as<SubmissionKept>(event)) {
        if (kept->ticket != here.ticket) return true;
        machine.session.last_touch = machine.world.now;
        if (!kept->receipt) {
            machine.run(LogFault{"post", kept->receipt.error().code});
            machine.go(HandInProblem{here.submission, kept->receipt.error(),
                                     kept->receipt.error().code == base::FaultCode::HandInUnknown});
        } else if (machine.session.card_present) {
            machine.session.lift_curtain();  // it must be seen, and shows nobody's data
            machine.go(TakingCard{here.submission, *kept->receipt, machine.world.now});
        } else {
            machine.show_receipt(here.submission, *kept->receipt);
        }
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < hand_in_limit) return true;
        machine.session.last_touch = machine.world.now;
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
        if (machine.world.now - here.since >= card_patience) machine.end("timed_out");
    } else {
        return false;
    }
    return true;
}

bool handle(const ShowingReceipt& here, const Event& event, Machine& machine) {
    ShowingReceipt next = here;
    if (const auto* done = as<PageOfPrintDone>(event)) {
        if (done->ticket != here.ticket) return true;
        next.page = done->page;
        next.pages = done->pages;
    } else if (const auto* ended = as<PrintEnded>(event)) {
        if (ended->ticket != here.ticket) return true;
        const bool printed = ended->result && *ended->result == PrintResult::printed;
        next.paper = printed ? Paper::printed : Paper::problem;
        if (!ended->result) {
            machine.run(LogFault{"document_printer", ended->result.error().code});
            next.fault = ended->result.error();
        }
        next.settled = machine.world.now;
        if (printed && !here.letter_printing)
            machine.run(MarkReceiptShown{here.receipt.local_number});
    } else if (as<ReceiptPrintedAgain>(event) && here.paper != Paper::printing) {
        print(here, false, machine);
        return true;
    } else if (as<LetterCopyWanted>(event) && here.paper != Paper::printing) {
        print(here, true, machine);
        return true;
    } else if (as<ReceiptTaken>(event)) {
        machine.run(MarkReceiptShown{here.receipt.local_number});
        machine.go(Rating{here.submission.application.item_code, machine.world.now});
        return true;
    } else if (as<TimePassed>(event)) {
        const bool over =
            here.paper != Paper::printing &&
            closing_in(machine.session, machine.world.now, machine.world.settings.times) == 0;
        // A printer that never answers must not keep a person's page up.
        const bool stuck =
            here.paper == Paper::printing &&
            machine.world.now - machine.session.last_touch >= std::chrono::seconds{180};
        if (over || stuck) machine.end("finished");
        return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

bool handle(const Rating& here, const Event& event, Machine& machine) {
    if (const auto* rated = as<Rated>(event)) {
        if (rated->level < 1 || rated->level > 5) return true;
        machine.run(LogRating{here.item_code, rated->level});
        machine.end("finished");
    } else if (as<RatingSkipped>(event)) {
        machine.end("finished");
    } else if (as<TimePassed>(event)) {
        // No answer records nothing.
        if (machine.world.now - here.since >=
            finished_limit(machine.session, machine.world.settings.times))
            machine.end("finished");
    } else {
        return false;
    }
    return true;
}

}  // namespace session
