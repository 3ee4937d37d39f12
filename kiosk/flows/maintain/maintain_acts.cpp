// What a technician does: sticks, pausing and resuming service, cleaning, restarting. Each is one
// line of the audit record.
#include "flows/maintain/maintain_steps.hpp"
#include "flows/set_up/set_up_steps.hpp"
#include "session/inactivity.hpp"

#include <algorithm>
#include <utility>

namespace session {

using namespace flows;
using domain::Right;

namespace {

constexpr std::size_t courier_lines_max = 12;

std::optional<Right> right_for(const Event& event) {
    if (as<CourierOpened>(event)) return Right::courier;
    if (as<PauseOpened>(event)) return Right::service;
    if (as<SetUpOpened>(event)) return Right::machine;
    if (const auto* asked = as<MaintenanceAsked>(event))
        return asked->question == MaintenanceQuestion::resume || is_about_paper(asked->question)
                   ? Right::service
                   : Right::machine;
    return std::nullopt;
}

const char* act_of(const Event& event) {
    if (as<CourierOpened>(event)) return "courier";
    if (as<PauseOpened>(event)) return "pause";
    if (as<SetUpOpened>(event)) return "set_up";
    const auto* asked = as<MaintenanceAsked>(event);
    return asked != nullptr ? session::act_of(asked->question) : "";
}

std::string outcome_of(const base::Result<bool>& all_well) {
    if (!all_well) return std::string(base::name(all_well.error().code));
    return *all_well ? "done" : "refused";
}

}  // namespace

const char* act_of(MaintenanceQuestion question) {
    switch (question) {
        case MaintenanceQuestion::resume:
            return "resume";
        case MaintenanceQuestion::restart:
            return "restart";
        case MaintenanceQuestion::shut_down:
            return "shut_down";
        case MaintenanceQuestion::tray_filled:
            return "tray_filled";
        case MaintenanceQuestion::roll_changed:
            break;
    }
    return "roll_changed";
}

void open_supplies(const Below& below, const domain::Technician& who,
                   std::optional<MaintenanceQuestion> noting, Machine& machine) {
    TechnicianLooking next{below, who, MaintenanceView::supplies};
    next.ticket = machine.new_ticket();
    next.noting = noting;
    if (noting)
        machine.run(NotePaperChange{next.ticket, *noting == MaintenanceQuestion::tray_filled
                                                     ? domain::DeviceKind::document_printer
                                                     : domain::DeviceKind::receipt_printer});
    else
        machine.run(ReadSupplies{next.ticket});
    machine.go(std::move(next));
}

bool begin_an_act(const TechnicianOverview& here, const Event& event, Machine& machine) {
    const auto right = right_for(event);
    if (right && !here.who.may(*right)) {
        machine.run(RecordAct{here.who.label, act_of(event), "refused"});
        machine.go(TechnicianOverview{here.below, here.who, true});
        return true;
    }
    if (as<CourierOpened>(event)) {
        TechnicianCourier next{here.below, here.who};
        next.ticket = machine.new_ticket();
        machine.run(AskStock{next.ticket});
        machine.go(std::move(next));
    } else if (as<PauseOpened>(event)) {
        machine.go(TechnicianPausing{here.below, here.who});
    } else if (as<SetUpOpened>(event)) {
        open_set_up(here.below, here.who, machine);
    } else if (const auto* asked = as<MaintenanceAsked>(event)) {
        machine.go(TechnicianAsked{here.below, here.who, asked->question});
    } else if (as<CleaningWanted>(event)) {
        machine.run(RecordAct{here.who.label, "clean", "done"});
        machine.go(TechnicianCleaning{here.below, here.who, machine.world.now});
    } else {
        return false;
    }
    return true;
}

bool handle(const TechnicianCourier& here, const Event& event, Machine& machine) {
    TechnicianCourier next = here;
    const auto* said = as<CourierSaid>(event);
    const auto* finished = as<CourierFinished>(event);
    const auto* known = as<StockKnown>(event);
    if (const auto* wanted = as<CourierWanted>(event); wanted && !here.at_work) {
        next = {here.below, here.who, machine.new_ticket(), wanted->work, true, here.sticks};
        machine.run(RunCourier{next.ticket, wanted->work});
        machine.run(
            RecordAct{here.who.label, "stick_" + std::string(domain::name(wanted->work)), "begun"});
    } else if (said && said->ticket == here.ticket && here.at_work) {
        machine.session.last_touch = machine.world.now;  // somebody waits for it
        next.lines.push_back(said->line);
        if (next.lines.size() > courier_lines_max) next.lines.erase(next.lines.begin());
    } else if (finished && finished->ticket == here.ticket && here.at_work) {
        machine.session.last_touch = machine.world.now;
        next.at_work = false;
        if (finished->all_well)
            next.all_well = *finished->all_well;
        else
            next.fault = finished->all_well.error();
        machine.run(RecordAct{here.who.label, "stick_" + std::string(domain::name(*here.work)),
                              outcome_of(finished->all_well)});
    } else if (known && known->ticket == here.ticket && known->stock) {
        next.sticks = known->stock->sticks;
    } else if (as<WentBack>(event)) {
        if (here.at_work) return true;
        if (!here.work) {
            machine.go(TechnicianOverview{here.below, here.who});
            return true;
        }
        next = {here.below, here.who};  // to what can be done with a stick
        next.sticks = here.sticks;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

bool handle(const TechnicianPausing& here, const Event& event, Machine& machine) {
    TechnicianPausing next = here;
    if (const auto* reason = as<PauseReasonChosen>(event)) {
        next.reason = reason->reason;
    } else if (const auto* length = as<PauseLengthChosen>(event)) {
        next.length = length->length;
    } else if (as<PauseConfirmed>(event)) {
        next.below.pause = domain::ServicePause{here.reason, here.length, machine.world.now};
        machine.run(KeepPause{next.below.pause});
        machine.run(RecordAct{here.who.label, "pause", std::string(domain::name(here.reason))});
        machine.go(TechnicianOverview{next.below, here.who});
        return true;
    } else if (as<WentBack>(event)) {
        machine.go(TechnicianOverview{here.below, here.who});
        return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

bool handle(const TechnicianAsked& here, const Event& event, Machine& machine) {
    if (as<WentBack>(event)) {
        if (is_about_paper(here.question))
            open_supplies(here.below, here.who, std::nullopt, machine);
        else
            machine.go(TechnicianOverview{here.below, here.who});
        return true;
    }
    if (!as<MaintenanceConfirmed>(event)) return false;
    switch (here.question) {
        case MaintenanceQuestion::resume:
            if (here.below.pause) {
                below(machine.session.state)->pause.reset();
                machine.run(KeepPause{std::nullopt});
                machine.run(RecordAct{here.who.label, "resume", "done"});
            }
            leave_maintenance("left", machine);
            break;
        case MaintenanceQuestion::restart:
            machine.run(RecordAct{here.who.label, "restart", "done"});
            leave_maintenance("restart", machine);
            machine.run(RestartProgram{});
            break;
        case MaintenanceQuestion::shut_down:
            machine.run(RecordAct{here.who.label, "shut_down", "done"});
            leave_maintenance("shut_down", machine);
            machine.run(ShutDownMachine{});
            break;
        case MaintenanceQuestion::tray_filled:
        case MaintenanceQuestion::roll_changed:
            machine.run(RecordAct{here.who.label, act_of(here.question), "begun"});
            open_supplies(here.below, here.who, here.question, machine);
            break;
    }
    return true;
}

bool handle(const TechnicianCleaning& here, const Event& event, Machine& machine) {
    if (!as<TimePassed>(event)) return false;
    if (machine.world.now - here.since < cleaning_time) return true;
    machine.session.last_touch = machine.world.now;
    machine.go(TechnicianOverview{here.below, here.who});
    return true;
}

}  // namespace session
