// The cabinet opened, the battery at its end, a terminal that the centre revoked: the session is
// over at once, and the terminal serves again when no reason is left.
#include "flows/set_up/set_up_steps.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <utility>

namespace session {

using namespace flows;

namespace {

// What somebody chose on this page goes with it.
void as_found(Session& session) {
    session.overlay = Overlay::none;
    session.comfort = session.found;
    session.locale = base::Locale::zh;
}

// Ends whatever is going on; the state that comes of it.
Suspended& suspend(Machine& machine, const char* how) {
    auto& session = machine.session;
    if (auto* already = std::get_if<Suspended>(&session.state)) return *already;
    Suspended next;
    // A technician's page goes with its own; what lay below it stays closed for its reasons.
    if (const auto* under = below(session.state)) next = *under;
    if (const auto* who = technician_of(session.state))
        machine.run(RecordAct{who->label, "sign_out", how});
    if (auto* left = std::get_if<CardLeft>(&session.state)) {
        next.card = std::move(*left);  // its session is over and wiped already
        as_found(session);
    } else {
        machine.end(how);
        if (auto* asked_for = std::get_if<CardLeft>(&session.state))
            next.card = std::move(*asked_for);
    }
    machine.go(std::move(next));
    return std::get<Suspended>(session.state);
}

void resume(Machine& machine) {
    auto& session = machine.session;
    const auto* here = std::get_if<Suspended>(&session.state);
    if (here == nullptr || here->closed()) return;
    as_found(session);
    if (auto card = here->card) {
        machine.go(std::move(*card));
    } else {
        machine.go(Idle{});
        machine.run(WatchForCard{machine.new_ticket()});
    }
}

// What is kept or lies in the tray already ends by itself within a minute; breaking it off would
// lose a number or a card.
bool ends_by_itself(const State& state) {
    return std::holds_alternative<HandingIn>(state) || std::holds_alternative<TakingCard>(state) ||
           std::holds_alternative<CardLeft>(state) ||
           std::holds_alternative<ShowingReceipt>(state) ||
           std::holds_alternative<PrintingProof>(state) || std::holds_alternative<Rating>(state) ||
           std::holds_alternative<Farewell>(state);
}

// Whom it helps to hear that they should hurry.
bool somebody_is_busy(const State& state) {
    return !std::holds_alternative<Idle>(state) && !std::holds_alternative<CardLeft>(state) &&
           !std::holds_alternative<Farewell>(state) && !std::holds_alternative<Suspended>(state) &&
           below(state) == nullptr;
}

void change_power(domain::PowerLevel level, Machine& machine) {
    auto& session = machine.session;
    const auto before = std::exchange(session.power, level);
    const bool failed = before == domain::PowerLevel::mains &&
                        (level == domain::PowerLevel::battery || level == domain::PowerLevel::low);
    if (failed && somebody_is_busy(session.state)) machine.run(CallPowerOut{});
    if (level == domain::PowerLevel::critical) {
        suspend_where_due(machine);
    } else if (auto* here = std::get_if<Suspended>(&session.state)) {
        here->power_out = false;
        resume(machine);
    } else if (auto* under = below(session.state)) {
        under->power_out = false;
    }
}

// A technician goes on; it counts when they leave.
void change_standing(bool revoked, Machine& machine) {
    auto& session = machine.session;
    session.revoked = revoked;
    if (auto* here = std::get_if<Suspended>(&session.state)) {
        here->revoked = revoked;
        resume(machine);
    } else if (auto* under = below(session.state)) {
        under->revoked = revoked;
    } else {
        suspend_where_due(machine);
    }
}

}  // namespace

void suspend_where_due(Machine& machine) {
    const auto& session = machine.session;
    if (ends_by_itself(session.state)) return;
    if (session.power == domain::PowerLevel::critical)
        suspend(machine, "power_out").power_out = true;
    if (session.revoked && below(session.state) == nullptr)
        suspend(machine, "revoked").revoked = true;
}

bool handle_cabinet(const Event& event, Machine& machine) {
    if (const auto* opened = as<DoorOpened>(event)) {
        machine.run(ReportCabinetOpened{opened->door, opened->permitted});
        // Whoever is signed in goes on; the door counts when they leave.
        auto* under = below(machine.session.state);
        if (opened->permitted && under != nullptr)
            under->open.insert(opened->door);
        else if (!opened->permitted)
            suspend(machine, "cabinet_opened").open.insert(opened->door);
    } else if (const auto* closed = as<DoorClosed>(event)) {
        if (auto* here = std::get_if<Suspended>(&machine.session.state)) {
            here->open.erase(closed->door);
            resume(machine);
        } else if (auto* under = below(machine.session.state)) {
            under->open.erase(closed->door);
        }
    } else if (const auto* changed = as<PowerChanged>(event)) {
        change_power(changed->level, machine);
    } else if (const auto* found = as<PauseFound>(event)) {
        suspend(machine, "paused").pause = found->pause;
    } else if (const auto* unfinished = as<SetUpFound>(event)) {
        auto& here = suspend(machine, "set_up");
        here.set_up = true;
        if (!unfinished->goes_on_for.empty())
            open_set_up(Below(here), set_up_technician(unfinished->goes_on_for), machine);
    } else if (const auto* told = as<RevocationTold>(event)) {
        change_standing(told->revoked, machine);
    } else {
        return false;
    }
    return true;
}

bool handle(const Suspended& here, const Event& event, Machine& machine) {
    auto& session = machine.session;
    const auto now = machine.world.now;
    const auto* removed = as<CardRemoved>(event);
    const auto* unwatched = as<CardWatchEnded>(event);
    Suspended next = here;
    if (here.card && ((removed && removed->ticket.session == here.card->card_of) ||
                      (unwatched && unwatched->ticket.session == here.card->card_of))) {
        next.card.reset();
    } else if (as<TimePassed>(event)) {
        if (next.card) next.card->calls = machine.call_for_card(here.card->since, here.card->calls);
        if (now - session.last_touch >= first_page_limit(session, machine.world.settings.times))
            as_found(session);
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
