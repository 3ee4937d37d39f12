// Asked of the centre → shown → printed → rating. Nothing is filed and nothing is kept here.
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;
using base::FaultCode;

namespace {

NoProof::Why why(domain::ProofOutcome outcome) {
    switch (outcome) {
        case domain::ProofOutcome::not_now:
            return NoProof::Why::not_now;
        case domain::ProofOutcome::used_up:
            return NoProof::Why::used_up;
        case domain::ProofOutcome::here:
        case domain::ProofOutcome::none:
            break;
    }
    return NoProof::Why::none;
}

NoProof::Why why(FaultCode fault) {
    switch (fault) {
        case FaultCode::PaperNotGenuine:
            return NoProof::Why::not_genuine;
        case FaultCode::CentreNonsense:
        case FaultCode::CentreRefused:
        case FaultCode::SealBroken:
            return NoProof::Why::not_understood;
        default:
            return NoProof::Why::no_line;
    }
}

void answered(const AskingForProof& here, const base::Result<domain::ProofAnswer>& answer,
              Machine& machine) {
    machine.session.last_touch = machine.world.now;
    if (!answer) {
        machine.run(LogFault{"centre", answer.error().code});
        machine.go(NoProof{here.journey, why(answer.error().code), answer.error()});
    } else if (answer->outcome == domain::ProofOutcome::here && answer->paper) {
        machine.go(ShowingProof{here.journey, *answer->paper});
    } else {
        machine.go(NoProof{here.journey, why(answer->outcome), std::nullopt});
    }
}

void back_to_the_question(Journey journey, Machine& machine) {
    const auto& situation = machine.item(journey.item_code).situation;
    if (situation.empty()) {
        machine.go(ConfirmingIdentity{std::move(journey)});
    } else {
        const auto last = situation.back().id;
        machine.go(AnsweringSituation{std::move(journey), last});
    }
}

void print(Journey journey, domain::ProofPaper proof, domain::PaperSlots printed,
           Machine& machine) {
    PrintingProof page;
    page.journey = std::move(journey);
    page.proof = std::move(proof);
    page.ticket = machine.new_ticket();
    page.pages = page.proof.pages;
    page.printed = printed;
    page.settled = machine.world.now;
    machine.run(PrintProof{page.ticket, page.proof.pdf, page.proof.pages});
    machine.go(std::move(page));
}

// Says how many sheets wait, as often as is due by now.
void call_for_paper(PrintingProof& page, Machine& machine) {
    if (!page.in_tray) return;
    const auto waited = std::chrono::duration_cast<base::Millis>(machine.world.now - page.settled);
    const int due = paper_calls_due(waited);
    if (page.paper_calls < due) machine.run(CallForPaper{std::max(page.pages, 1)});
    page.paper_calls = due;
}

void print_ended(PrintingProof& next, const PrintEnded& ended, Machine& machine) {
    const bool printed = ended.result && *ended.result == PrintResult::printed;
    next.paper = printed ? Paper::printed : Paper::problem;
    if (!ended.result) {
        machine.run(LogFault{std::string(domain::name(next.printer)), ended.result.error().code});
        next.fault = ended.result.error();
    }
    if (printed) next.printed.at(next.printer) = true;
    next.in_tray = printed && ended.in_tray;
    next.take_asked = false;
    next.settled = machine.world.now;
    call_for_paper(next, machine);
}

// True when the page is left.
bool time_passed(PrintingProof& next, Machine& machine) {
    const auto& here = next;
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
    return false;
}

}  // namespace

void Machine::ask_for_proof(Journey journey) {
    const auto& wanted = item(journey.item_code);
    // Where the face is asked for, the paper goes to nobody without it; the counter looks at them.
    const bool unproven = world.settings.face_check_wanted &&
                          wanted.identity_level == catalogue::IdentityLevel::chip_and_face &&
                          journey.proof.kind != catalogue::ProofKind::chip_and_face;
    if (unproven) return go(NoProof{std::move(journey), NoProof::Why::face_wanted, std::nullopt});
    if (journey.sub_id == domain::SubId{}) journey.sub_id = world.fresh_id;
    const auto ticket = new_ticket();
    run(AskProof{ticket, journey.person, wanted.proof.type, wanted.proof.copies_max,
                 journey.situation, journey.sub_id});
    go(AskingForProof{std::move(journey), ticket, world.now});
}

bool handle(const AskingForProof& here, const Event& event, Machine& machine) {
    if (const auto* proof = as<ProofAnswered>(event)) {
        if (proof->ticket != here.ticket) return true;
        answered(here, proof->answer, machine);
    } else if (as<WentBack>(event)) {
        back_to_the_question(here.journey, machine);
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < progress_limit) return true;
        answered(here, base::fail(FaultCode::NetworkUnreachable), machine);
    } else {
        return false;
    }
    return true;
}

bool handle(const NoProof& here, const Event& event, Machine& machine) {
    if (as<ProofWantedAgain>(event) && may_ask_again(here))
        machine.ask_for_proof(here.journey);
    else if (as<WentBack>(event))
        back_to_the_question(here.journey, machine);
    else
        return false;
    return true;
}

bool handle(const ShowingProof& here, const Event& event, Machine& machine) {
    if (as<ProofPrinted>(event))
        print(here.journey, here.proof, {}, machine);
    else if (as<WentBack>(event))
        back_to_the_question(here.journey, machine);
    else
        return false;
    return true;
}

bool handle(const PrintingProof& here, const Event& event, Machine& machine) {
    PrintingProof next = here;
    if (const auto* done = as<PageOfPrintDone>(event)) {
        if (done->ticket != here.ticket) return true;
        next.page = done->page;
        next.pages = done->pages;
        next.settled = machine.world.now;
    } else if (const auto* ended = as<PrintEnded>(event)) {
        if (ended->ticket != here.ticket) return true;
        print_ended(next, *ended, machine);
    } else if (const auto* taken = as<PaperTaken>(event)) {
        if (taken->ticket != here.ticket) return true;
        next.in_tray = false;
        next.emptied = true;
        next.take_asked = false;
    } else if (as<ProofPrinted>(event) && may_print_again(here)) {
        print(here.journey, here.proof, here.printed, machine);
        return true;
    } else if (as<ReceiptTaken>(event) && paper_waits(machine.session, machine.world.now)) {
        next.take_asked = true;
        machine.run(CallForPaper{std::max(here.pages, 1)});
    } else if (as<ReceiptTaken>(event) && here.paper != Paper::printing) {
        machine.go(Rating{here.journey.item_code, machine.world.now, here.printed});
        return true;
    } else if (as<TimePassed>(event)) {
        if (time_passed(next, machine)) return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
