// The technician's pages: signing in, looking, leaving. What they do to the terminal is in
// maintain_acts.cpp.
#include "flows/maintain/maintain_steps.hpp"

#include "flows/set_up/set_up_steps.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <utility>

namespace session {

using namespace flows;
using base::FaultCode;

namespace {

using SignIn = TechnicianSigningIn::Step;

void ask_for_technicians_card(TechnicianSigningIn next, Machine& machine) {
    next.step = SignIn::card;
    next.card_number = next.pin = {};
    next.ticket = machine.new_ticket();
    machine.run(ReadCard{next.ticket});
    machine.go(std::move(next));
}

void challenge(TechnicianSigningIn next, Machine& machine) {
    machine.run(StopCardReader{});
    next.step = SignIn::challenge;
    next.card_number = next.pin = {};
    next.fault.reset();
    next.nonce = machine.world.fresh_id.bytes;
    next.challenged = machine.world.now;
    machine.go(std::move(next));
}

void card_read(TechnicianSigningIn next, const CardRead& read, Machine& machine) {
    auto& session = machine.session;
    if (read.record) {
        session.card_present = true;
        session.card_unread = false;
        session.last_touch = machine.world.now;
        next.card_number = base::SecretText((*read.record)->number);
        next.fault.reset();
        next.step = SignIn::pin;
        machine.go(std::move(next));
        return;
    }
    next.fault = read.record.error();
    const auto code = next.fault->code;
    session.card_unread = code == FaultCode::CardReadFailed ||
                          code == FaultCode::CardFrameGarbled || code == FaultCode::CardNotIdCard;
    machine.run(LogFault{"id_card_reader", code});
    if (code == FaultCode::CardReaderAbsent || code == FaultCode::CardReaderUnplugged)
        machine.go(std::move(next));  // nothing to read with
    else
        ask_for_technicians_card(std::move(next), machine);
}

void checked(TechnicianSigningIn next, const TechnicianChecked& answer, Machine& machine) {
    machine.session.last_touch = machine.world.now;
    if (answer.who) {
        machine.run(RecordAct{answer.who->label, "sign_in", "done"});
        if (next.below.set_up && answer.who->may(domain::Right::machine))
            return open_set_up(next.below, *answer.who, machine);
        machine.go(TechnicianOverview{next.below, *answer.who});
        return;
    }
    next.fault = answer.who.error();
    next.gate = answer.gate;
    next.pin = {};
    next.step = next.challenged == base::Instant{} ? SignIn::pin : SignIn::challenge;
    machine.go(std::move(next));
}

void submit(TechnicianSigningIn next, Machine& machine) {
    next.too_short = !next.pin || !domain::is_pin(*next.pin);
    next.fault.reset();
    if (!next.too_short) {
        next.step = SignIn::checking;
        next.ticket = machine.new_ticket();
        machine.run(CheckTechnician{next.ticket, next.card_number, next.pin});
    }
    machine.go(std::move(next));
}

// False: it means nothing at this step.
bool by_step(const TechnicianSigningIn& here, const Event& event, Machine& machine) {
    TechnicianSigningIn next = here;
    const auto* read = as<CardRead>(event);
    const auto* way = as<CardInTheWay>(event);
    const auto* typed = as<TextTyped>(event);
    const auto* answer = as<TechnicianChecked>(event);
    const bool back = as<WentBack>(event) != nullptr;
    if (here.step == SignIn::card && read && read->ticket == here.ticket) {
        card_read(std::move(next), *read, machine);
    } else if (here.step == SignIn::card && way && way->ticket == here.ticket) {
        machine.session.card_unread = true;
        next.fault = base::Fault{FaultCode::CardReadFailed, {}};
        machine.go(std::move(next));
    } else if (here.step == SignIn::pin && typed) {
        next.pin = typed->text;
        next.too_short = false;
        machine.go(std::move(next));
    } else if (here.step == SignIn::pin && as<TechnicianSubmitted>(event)) {
        submit(std::move(next), machine);
    } else if (here.step == SignIn::checking && answer && answer->ticket == here.ticket) {
        checked(std::move(next), *answer, machine);
    } else if ((here.step == SignIn::card || here.step == SignIn::pin) &&
               as<TechnicianByAnswer>(event)) {
        challenge(std::move(next), machine);
    } else if (here.step == SignIn::challenge && (as<TechnicianByCard>(event) || back)) {
        next.challenged = {};
        next.fault.reset();
        ask_for_technicians_card(std::move(next), machine);
    } else if (here.step == SignIn::challenge && as<TechnicianAnswerScan>(event)) {
        next.step = SignIn::answer;
        next.fault.reset();
        machine.go(std::move(next));
    } else if (here.step == SignIn::answer && back) {
        next.step = SignIn::challenge;
        machine.go(std::move(next));
    } else {
        return false;
    }
    return true;
}

}  // namespace

bool handle_technician_called(const Event& event, Machine& machine) {
    if (!as<TechnicianCalled>(event)) return false;
    auto& session = machine.session;
    const auto* suspended = std::get_if<Suspended>(&session.state);
    if (!session.idle() && suspended == nullptr) return true;  // from nowhere else
    TechnicianSigningIn next;
    if (suspended != nullptr) next.below = *suspended;
    next.below.card.reset();  // the reader says anew whether one lies there
    const auto& settings = machine.world.settings;
    machine.end("technician");
    next.below.set_up = next.below.set_up || settings.set_up_open;
    if (settings.set_up_open && !settings.has_keys) {
        // Before the centre's keys are here nobody can be known, and nothing of anybody is here.
        open_set_up(next.below, set_up_technician(), machine);
        return true;
    }
    ask_for_technicians_card(std::move(next), machine);
    return true;
}

void take_centre_answer(const CodeSeen& seen, Machine& machine) {
    auto next = std::get<TechnicianSigningIn>(machine.session.state);
    next.step = SignIn::checking;
    next.ticket = machine.new_ticket();
    machine.run(CheckCentreAnswer{next.ticket, next.challenged, next.nonce, seen.text});
    machine.go(std::move(next));
}

bool awaits_centre_answer(const State& state) {
    const auto* signing_in = std::get_if<TechnicianSigningIn>(&state);
    return signing_in != nullptr && signing_in->step == SignIn::answer;
}

void stop_awaiting_centre_answer(State& state) {
    if (awaits_centre_answer(state)) std::get<TechnicianSigningIn>(state).step = SignIn::challenge;
}

void leave_maintenance(const char* how, Machine& machine) {
    auto& session = machine.session;
    const auto* under = below(session.state);
    if (under == nullptr) return;
    Below next = *under;
    if (const auto* who = technician_of(session.state))
        machine.run(RecordAct{who->label, "sign_out", how});
    machine.end(how);
    if (!next.closed()) return;
    if (auto* left = std::get_if<CardLeft>(&session.state)) next.card = std::move(*left);
    machine.go(std::move(next));
}

bool handle_maintenance(const Event& event, Machine& machine) {
    auto& session = machine.session;
    const auto* under = below(session.state);
    if (under == nullptr) return false;
    if (std::holds_alternative<TechnicianCleaning>(session.state))
        return !as<TimePassed>(event) && !as<CardRemoved>(event) && !as<CardWatchEnded>(event) &&
               !as<PresenceChanged>(event);
    if (!as<TechnicianLeft>(event) && !as<Ended>(event) && !as<WentHome>(event)) return false;
    const auto* courier = std::get_if<TechnicianCourier>(&session.state);
    if (courier != nullptr && courier->at_work) return true;  // nobody walks away from a stick
    const auto* who = technician_of(session.state);
    session.overlay = session::Overlay::none;  // pressed over help, the question must be seen
    // Back to the public only over the health list (UX-256); what is closed stays as it is.
    if (who == nullptr || under->pause || under->set_up || under->revoked)
        leave_maintenance("left", machine);
    else
        machine.go(TechnicianAsked{*under, *who, MaintenanceQuestion::resume});
    return true;
}

void watch_the_technician(Machine& machine) {
    auto& session = machine.session;
    if (below(session.state) == nullptr) return;
    const auto quiet = machine.world.now - session.last_touch;
    const auto* signing_in = std::get_if<TechnicianSigningIn>(&session.state);
    if (signing_in == nullptr) {
        if (quiet >= technician_idle) leave_maintenance("timed_out", machine);
        return;
    }
    const bool by_answer = signing_in->challenged != base::Instant{};
    if (quiet >= (by_answer ? technician_answer_limit : technician_sign_in_limit))
        leave_maintenance("timed_out", machine);
}

bool handle(const TechnicianSigningIn& here, const Event& event, Machine& machine) {
    if (by_step(here, event, machine)) return true;
    const bool may_go = here.step == SignIn::card || here.step == SignIn::pin;
    if (as<WentBack>(event) && may_go) {
        leave_maintenance("left", machine);
        return true;
    }
    return false;
}

bool handle(const TechnicianOverview& here, const Event& event, Machine& machine) {
    if (const auto* opened = as<MaintenanceViewOpened>(event)) {
        if (opened->view == MaintenanceView::supplies) {
            open_supplies(here.below, here.who, std::nullopt, machine);
            return true;
        }
        TechnicianLooking next{here.below, here.who, opened->view};
        next.ticket = machine.new_ticket();
        if (opened->view == MaintenanceView::audit)
            machine.run(ReadAudit{next.ticket});
        else if (opened->view == MaintenanceView::log)
            next.waiting = false;
        else
            machine.run(AskStock{next.ticket});
        machine.go(std::move(next));
        return true;
    }
    return begin_an_act(here, event, machine);
}

bool handle(const TechnicianLooking& here, const Event& event, Machine& machine) {
    TechnicianLooking next = here;
    if (as<WentBack>(event)) {
        machine.go(TechnicianOverview{here.below, here.who});
        return true;
    }
    if (const auto* known = as<StockKnown>(event); known && known->ticket == here.ticket) {
        next.waiting = false;
        if (known->stock)
            next.stock = *known->stock;
        else
            next.fault = known->stock.error();
    } else if (const auto* audit = as<AuditRead>(event); audit && audit->ticket == here.ticket) {
        next.waiting = false;
        next.audit = audit->newest;
        next.audit_lines = audit->lines;
        next.audit_broken = audit->broken;
    } else if (const auto* read = as<SuppliesRead>(event); read && read->ticket == here.ticket) {
        next.waiting = false;
        next.supplies = read->supplies;
    } else if (const auto* done = as<PaperChangeNoted>(event);
               done && done->ticket == here.ticket && here.noting && here.waiting) {
        next.noted = done->noted.has_value();
        if (!next.noted) next.fault = done->noted.error();
        machine.run(
            RecordAct{here.who.label, act_of(*here.noting),
                      next.noted ? "done" : std::string(base::name(done->noted.error().code))});
        next.ticket = machine.new_ticket();
        machine.run(ReadSupplies{next.ticket});
    } else if (const auto* filled = as<MaintenanceAsked>(event);
               filled && here.view == MaintenanceView::supplies && !here.waiting &&
               is_about_paper(filled->question)) {
        return begin_an_act({here.below, here.who}, event, machine);
    } else if (as<CentreTryWanted>(event) && here.view == MaintenanceView::network) {
        next.asked = true;
        machine.run(TryCentreNow{});
        machine.run(RecordAct{here.who.label, "try_centre", "done"});
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
