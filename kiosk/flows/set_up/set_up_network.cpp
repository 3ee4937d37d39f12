// The wireless network of the wizard: asked for, waited for, and what came of it.
#include "base/messages.hpp"
#include "flows/set_up/set_up_steps.hpp"

#include <algorithm>
#include <string>

namespace session {

using namespace flows;
using base::MessageId;
using domain::set_up::JoinOutcome;
using domain::set_up::TestVerdict;
using Page = SettingUp::Page;

namespace {

constexpr auto zh = base::Locale::zh;

bool asks_for_wifi(const SettingUp& here) {
    const auto kind = here.values.find("kind");
    return here.page == Page::question && here.decision == domain::set_up::Decision::network &&
           kind != here.values.end() && kind->second == "wifi";
}

std::string name_of(const SettingUp& here) {
    const auto ssid = here.values.find("ssid");
    return ssid == here.values.end() ? std::string{} : ssid->second;
}

bool has_typed(const SettingUp& here) {
    return here.passphrase && !here.passphrase->empty();
}

void ask(SettingUp& next, Machine& machine) {
    const auto name = name_of(next);
    next.fault.reset();
    next.faults.clear();
    next.known.join.reset();
    if (!domain::set_up::is_network_name(name))
        next.faults.push_back(
            {"ssid", name, std::string(base::text(MessageId::set_up_expects_ssid, zh))});
    if (!next.passphrase || !domain::set_up::is_passphrase(*next.passphrase))
        next.faults.push_back(
            {"passphrase", "…", std::string(base::text(MessageId::set_up_expects_passphrase, zh))});
    if (!next.faults.empty()) return;
    machine.run(JoinNetwork{name, next.passphrase});
    next.passphrase = {};
    next.focused.clear();
    next.page = Page::joining;
    next.since = machine.world.now;
}

void told(SettingUp& next, JoinOutcome outcome, Machine& machine) {
    next.known.join = outcome;
    next.page = Page::question;
    if (outcome == JoinOutcome::wrong_passphrase) next.focused = "passphrase";
    if (outcome == JoinOutcome::no_such_network) next.focused = "ssid";
    put_result(next,
               {"wifi", outcome == JoinOutcome::joined ? TestVerdict::passed : TestVerdict::failed,
                false, machine.world.now,
                base::text(domain::set_up::sentence(outcome), zh, {{"name", name_of(next)}})});
}

}  // namespace

bool handle_joining(SettingUp& next, const Event& event, Machine& machine) {
    const auto* typed = as<TextTyped>(event);
    const auto* read = as<SetUpKnown>(event);
    if (typed && typed->key == "passphrase" && asks_for_wifi(next)) {
        next.passphrase = typed->text;
        std::erase_if(next.faults, [](const auto& fault) { return fault.key == "passphrase"; });
        next.known.join.reset();
    } else if (asks_for_wifi(next) &&
               (as<SetUpJoinWanted>(event) || (as<SetUpNext>(event) && has_typed(next)))) {
        // Whoever has typed a passphrase wants it used.
        ask(next, machine);
    } else if (next.page != Page::joining) {
        return false;
    } else if (read && read->ticket == next.ticket) {
        if (read->known && read->known->join) told(next, *read->known->join, machine);
    } else if (as<TimePassed>(event)) {
        machine.session.last_touch = machine.world.now;
        if (machine.world.now - next.since >= joining_limit) {
            told(next, JoinOutcome::failed, machine);
            return true;
        }
        next.ticket = machine.new_ticket();
        machine.run(ReadSetUp{next.ticket});
    } else {
        return false;
    }
    return true;
}

}  // namespace session
