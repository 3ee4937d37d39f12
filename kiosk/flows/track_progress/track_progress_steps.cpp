// Progress by card (a sealed question to the centre) or by what stands on the receipt (this
// terminal).
#include "session/inactivity.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;

void Machine::ask_progress(AskingProgress request) {
    request.ticket = new_ticket();
    request.since = world.now;
    run(AskProgress{request.ticket, request.person});
    go(std::move(request));
}

void Machine::look_up_receipt(std::string code) {
    const auto ticket = new_ticket();
    run(LookUpReceipt{ticket, std::move(code)});
    go(AskingProgress{ticket, {}, world.now});
}

bool handle(const ChoosingProgressWay&, const Event& event, Machine& machine) {
    if (as<ProgressByCardChosen>(event))
        machine.go(ReadingNotice{Purpose::progress, {}});
    else if (as<ProgressByCodeChosen>(event))
        machine.go(EnteringCode{});
    else if (as<ReceiptScanOpened>(event))
        machine.go(EnteringCode{{}, false, true});
    else if (as<WentBack>(event))
        machine.end("ended");
    else
        return false;
    return true;
}

bool handle(const EnteringCode& here, const Event& event, Machine& machine) {
    if (const auto* typed = as<TextTyped>(event)) {
        machine.go(EnteringCode{typed->text, false});
    } else if (as<CodeSubmitted>(event)) {
        if (!here.code || here.code->empty()) {
            machine.go(EnteringCode{here.code, true});
            return true;
        }
        machine.look_up_receipt(*here.code);
    } else if (as<ProgressByCodeChosen>(event) && here.camera) {
        machine.go(EnteringCode{});
    } else if (as<WentBack>(event)) {
        machine.go(ChoosingProgressWay{});
    } else {
        return false;
    }
    return true;
}

bool handle(const AskingProgress& here, const Event& event, Machine& machine) {
    if (const auto* answered = as<ProgressAnswered>(event)) {
        if (answered->ticket != here.ticket) return true;
        machine.session.last_touch = machine.world.now;
        if (answered->statuses)
            machine.go(ShowingProgress{here.person, *answered->statuses, std::nullopt, 0});
        else
            machine.go(ShowingProgress{here.person, {}, answered->statuses.error(), 0});
    } else if (as<WentBack>(event)) {
        machine.go(ChoosingProgressWay{});
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < progress_limit) return true;
        machine.session.last_touch = machine.world.now;
        machine.go(ShowingProgress{
            here.person, {}, base::Fault{base::FaultCode::NetworkUnreachable, {}}, 0});
    } else {
        return false;
    }
    return true;
}

bool handle(const ShowingProgress& here, const Event& event, Machine& machine) {
    if (as<RepliesOpened>(event)) {
        // By the card, or of the one that the slip found.
        AskingReplies request;
        request.person = here.person;
        if (!here.person && here.statuses.size() == 1)
            request.sub_id = here.statuses.front().sub_id;
        if (!here.person && request.sub_id.empty()) return false;
        machine.ask_replies(std::move(request));
    } else if (const auto* opened = as<ProgressCaseOpened>(event)) {
        if (opened->index >= here.statuses.size()) return false;
        machine.go(ShowingProgress{here.person, here.statuses, here.fault, opened->index});
    } else if (as<WentBack>(event)) {
        machine.go(ChoosingProgressWay{});
    } else {
        return false;
    }
    return true;
}

}  // namespace session
