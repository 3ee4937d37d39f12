// The wizard that sets a terminal up: question, old → new, keeping, the next.
#include "flows/set_up/set_up_steps.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace session {

using namespace flows;
using domain::set_up::AnswerFault;
using domain::set_up::Decided;
using domain::set_up::Decision;
using domain::set_up::TestResult;
using domain::set_up::TestVerdict;
using Page = SettingUp::Page;

namespace {

// What stands in an invitation's code before anything else (offline/papers/invitation.hpp).
constexpr std::string_view invitation_begins = "CWE1|";

void enter(SettingUp& next, Decision decision, Machine& machine) {
    const bool had_camera = next.decision == Decision::camera && next.page != Page::loading;
    if (had_camera && decision != Decision::camera) machine.run(StopCamera{});
    if (decision == Decision::camera && !had_camera) machine.run(StartCamera{});
    next.decision = decision;
    next.page = Page::question;
    next.values = domain::set_up::beginning_of(decision, next.known);
    if (decision == Decision::language && !next.values.contains("language"))
        next.values["language"] = machine.session.locale == base::Locale::zh ? "zh" : "en";
    if (decision == Decision::pack && machine.world.pack.version > 0)
        next.values["catalogue"] = "present";
    const auto* before = next.known.progress.find(decision);
    next.tests = before == nullptr ? std::vector<TestResult>{} : before->tests;
    next.changes.clear();
    next.faults.clear();
    next.fault.reset();
    next.focused.clear();
    next.printing.clear();  // its result is a stranger's from now on
    next.scanning = next.foreign = false;
    next.passphrase = {};
}

// As it was decided.
void speak_the_language(const SettingUp& next, Machine& machine) {
    const auto* decided = next.known.progress.find(Decision::language);
    if (decided == nullptr) return;
    const auto language = decided->values.find("language");
    if (language != decided->values.end())
        machine.session.locale = language->second == "en" ? base::Locale::en : base::Locale::zh;
}

void known(SettingUp& next, const SetUpKnown& read, Machine& machine) {
    if (!read.known) {
        next.fault = read.known.error();
        return;
    }
    const bool enrolling = next.page == Page::enrolling;
    next.known = *read.known;
    if (enrolling) {
        if (next.known.enrolled || !next.known.said.empty())
            enter(next, Decision::enrolment, machine);
        return;
    }
    speak_the_language(next, machine);
    enter(next, next.known.progress.next().value_or(Decision::language), machine);
}

// proxy_host and proxy_port are what a technician types; the configuration wants an address.
domain::set_up::Values answered(const SettingUp& here) {
    auto out = here.values;
    const auto take = [&](const char* key) {
        const auto found = out.find(key);
        auto value = found == out.end() ? std::string{} : found->second;
        if (found != out.end()) out.erase(found);
        return value;
    };
    const auto host = take("proxy_host"), port = take("proxy_port");
    const bool by_proxy =
        here.decision == Decision::network && out.contains("kind") && out.at("kind") == "proxy";
    if (by_proxy && !host.empty() && !port.empty())
        out["proxy"] = "http://" + host + ":" + port;
    else if (here.decision == Decision::network && !by_proxy)
        out.erase("proxy");
    if (here.decision == Decision::network && out.contains("kind") && out.at("kind") != "wifi")
        out.erase("ssid");
    return out;
}

TestVerdict verdict_of(bool good) {
    return good ? TestVerdict::passed : TestVerdict::failed;
}

constexpr std::array looked_at{
    domain::DeviceKind::id_card_reader,   domain::DeviceKind::camera,
    domain::DeviceKind::document_printer, domain::DeviceKind::receipt_printer,
    domain::DeviceKind::document_camera,  domain::DeviceKind::code_scanner,
    domain::DeviceKind::cabinet};

void judge_devices(SettingUp& next, Machine& machine) {
    auto health = machine.world.health;
    for (const auto kind : looked_at) {
        const auto& device = domain::part(health, kind);
        const bool is_there = device.state != domain::DeviceState::unavailable;
        TestResult result{std::string(domain::name(kind)), TestVerdict::unsupported, false,
                          machine.world.now};
        if (is_there || domain::is_broken(device)) result.verdict = verdict_of(is_there);
        if (device.fault) result.found = base::entry(device.fault->code).technician_zh;
        put_result(next, std::move(result));
    }
}

// What a machine can judge of an answer; a fault stays on the page.
void judge(SettingUp& next, const domain::set_up::Values& values, Machine& machine) {
    const auto now = machine.world.now;
    const auto is = [&](const char* key, const char* value) {
        const auto found = values.find(key);
        return found != values.end() && found->second == value;
    };
    // The post office cannot say: before the enrolment it has no line, whatever the network does.
    switch (next.decision) {
        case Decision::network: {
            const auto kind = values.find("kind");
            put_result(next, domain::set_up::judge_network(kind == values.end() ? "" : kind->second,
                                                           next.known.links, now));
            break;
        }
        case Decision::clock: {
            const bool by_hand = is("set_by", "hand");
            if (!domain::set_up::is_plausible(now))
                next.fault = base::Fault{base::FaultCode::SetUpAnswerWrong, "clock"};
            else if (!by_hand && !next.known.clock_synchronised)
                next.fault = base::Fault{base::FaultCode::SetUpAnswerWrong,
                                         std::string(clock_not_synchronised)};
            put_result(next,
                       {"clock", TestVerdict::passed, by_hand, now, base::iso8601_local(now)});
            break;
        }
        case Decision::enrolment:
            if (!next.known.enrolled)
                next.fault = base::Fault{base::FaultCode::KeyAbsent, "enrolment"};
            put_result(next, {"enrolment", verdict_of(next.known.enrolled), false, now});
            break;
        case Decision::devices:
            judge_devices(next, machine);
            break;
        case Decision::pack: {
            const bool here = machine.world.pack.version > 0;
            if (is("catalogue", "present") && !here)
                next.fault = base::Fault{base::FaultCode::PackUnreadable, "pack"};
            put_result(next,
                       {"pack", here ? TestVerdict::passed : TestVerdict::unsupported, false, now});
            break;
        }
        default:
            break;
    }
}

// What a person said of a test, beside what a machine found.
void add_verdicts(SettingUp& next, const domain::set_up::Values& values, base::Instant now) {
    constexpr std::array<std::pair<const char*, const char*>, 7> tests{{{"display", "display"},
                                                                        {"touch", "touch"},
                                                                        {"documents", "printer"},
                                                                        {"slips", "slip"},
                                                                        {"aim", "camera"},
                                                                        {"light", "light"},
                                                                        {"speaker", "speaker"}}};
    for (const auto& [key, test] : tests) {
        const auto found = values.find(key);
        if (found == values.end()) continue;
        const auto verdict = domain::set_up::verdict_of_answer(found->second);
        if (!verdict) continue;
        TestResult result{test, *verdict, true, now};
        for (const auto& old : next.tests)
            if (old.test == test) result.found = old.found;
        put_result(next, std::move(result));
    }
}

void keep(SettingUp& next, bool skipped, const domain::set_up::Values& values, Machine& machine) {
    Decided decided;
    decided.decision = next.decision;
    decided.skipped = skipped;
    if (!skipped) {
        decided.values = domain::set_up::without_secrets(next.decision, values);
        decided.tests = next.tests;
    }
    decided.at = machine.world.now;
    decided.by = next.who.label;
    auto then = next.known.progress;
    then.put(decided);
    next.page = Page::keeping;
    next.ticket = machine.new_ticket();
    machine.run(KeepSetUp{next.ticket, std::move(decided), !then.next()});
}

bool changes_the_display(const std::vector<domain::set_up::Change>& changes) {
    return std::ranges::any_of(changes, [](const auto& change) {
        return change.key == "kiosk.pixels_per_mm" || change.key == "kiosk.lower_edge_mm";
    });
}

void on_to_next(SettingUp& next, Machine& machine) {
    const auto values = answered(next);
    next.fault.reset();
    next.faults = domain::set_up::faults_of(next.decision, values);
    if (!next.faults.empty()) return;
    judge(next, values, machine);
    if (next.fault) return;
    add_verdicts(next, values, machine.world.now);
    next.changes = domain::set_up::changes_of(next.decision, values, next.known.current);
    // What stays as it is needs no confirmation, nor does a new value of what was not there.
    std::erase_if(next.changes,
                  [](const auto& change) { return change.before.empty() && change.after.empty(); });
    if (next.changes.empty()) return keep(next, false, values, machine);
    next.page = changes_the_display(next.changes) ? Page::trial : Page::confirm;
    next.since = machine.world.now;
}

void kept(SettingUp& next, const SetUpKept& answer, Machine& machine) {
    const std::string act = "set_up_" + std::string(domain::set_up::name(next.decision));
    if (!answer.known) {
        machine.run(
            RecordAct{next.who.label, act, std::string(base::name(answer.known.error().code))});
        next.fault = answer.known.error();
        next.page = Page::question;
        return;
    }
    next.known = *answer.known;
    const auto* decided = next.known.progress.find(next.decision);
    const bool skipped = decided != nullptr && decided->skipped;
    machine.run(RecordAct{next.who.label, act, skipped ? "skipped" : "done"});
    if (next.decision == Decision::language) speak_the_language(next, machine);
    // Devices are opened when the program starts: what is tried from here on are the new ones.
    if (next.decision == Decision::devices && !skipped && !next.changes.empty()) {
        next.page = Page::finished;
        return;
    }
    const int number = static_cast<int>(next.decision) + 1;
    if (number < domain::set_up::decision_count)
        return enter(next, static_cast<Decision>(number), machine);
    // One that was left open before the last comes again.
    if (const auto open = next.known.progress.next()) return enter(next, *open, machine);
    next.page = Page::finished;
}

void go_back(SettingUp& next, Machine& machine) {
    if (next.page == Page::confirm || next.page == Page::trial) {
        next.page = Page::question;
    } else if (next.page == Page::finished) {
        enter(next, next.decision, machine);
    } else if (next.scanning) {
        next.scanning = false;
    } else if (next.decision != Decision::language) {
        enter(next, static_cast<Decision>(static_cast<int>(next.decision) - 1), machine);
    } else {
        machine.go(TechnicianOverview{next.below, next.who});
        return;
    }
    machine.go(std::move(next));
}

bool on_question(SettingUp& next, const Event& event, Machine& machine) {
    const auto* said = as<SetUpAnswered>(event);
    const auto* typed = as<TextTyped>(event);
    const auto* focused = as<FieldFocused>(event);
    if (said || typed) {
        const auto& key = said ? said->key : typed->key;
        next.values[key] = said ? said->value : (typed->text ? *typed->text : std::string{});
        std::erase_if(next.faults, [&](const AnswerFault& fault) { return fault.key == key; });
        next.fault.reset();
        if (key == "ssid" || key == "kind") next.known.join.reset();
        if (said) next.focused.clear();
    } else if (focused) {
        next.focused = next.focused == focused->key ? std::string{} : focused->key;
    } else if (as<SetUpNext>(event)) {
        on_to_next(next, machine);
    } else if (as<SetUpSkipped>(event) && domain::set_up::question(next.decision).may_be_skipped) {
        keep(next, true, {}, machine);
    } else if (as<SetUpScanWanted>(event) && next.decision == Decision::enrolment) {
        next.scanning = true;
        next.foreign = false;
    } else {
        return false;
    }
    return true;
}

bool watches_the_machine(const SettingUp& here) {
    return here.page == Page::question &&
           (here.decision == Decision::network || here.decision == Decision::clock);
}

bool by_time(SettingUp& next, Machine& machine) {
    const auto waited = machine.world.now - next.since;
    // Somebody plugs a cable in while the page stands.
    if (watches_the_machine(next)) {
        if (waited < machine_look) return false;
        next.since = machine.world.now;
        next.ticket = machine.new_ticket();
        machine.run(ReadSetUp{next.ticket});
        return true;
    }
    if (next.page == Page::trial && waited >= display_trial) {
        // Nobody could read it, or nobody is there: as it was, but for a touch that is right now.
        auto mended = next.values.extract("touch_matrix");
        next.values = domain::set_up::beginning_of(next.decision, next.known);
        if (!mended.empty()) next.values["touch_matrix"] = mended.mapped();
        next.page = Page::question;
    } else if (next.page == Page::enrolling) {
        machine.session.last_touch = machine.world.now;
        next.ticket = machine.new_ticket();
        machine.run(ReadSetUp{next.ticket});
        if (waited < enrolment_limit) return true;
        next.fault = base::Fault{base::FaultCode::PostUnreachable, "enrolment"};
        next.page = Page::question;
    } else {
        return false;
    }
    return true;
}

}  // namespace

void open_set_up(const Below& below, const domain::Technician& who, Machine& machine) {
    SettingUp next;
    next.below = below;
    next.who = who;
    next.ticket = machine.new_ticket();
    machine.run(ReadSetUp{next.ticket});
    machine.go(std::move(next));
}

domain::Technician set_up_technician(const std::string& label) {
    using domain::Right;
    return {label, {Right::courier, Right::service, Right::machine}};
}

bool awaits_invitation(const State& state) {
    const auto* wizard = std::get_if<SettingUp>(&state);
    return wizard != nullptr && wizard->page == Page::question && wizard->scanning;
}

void take_invitation(const CodeSeen& seen, Machine& machine) {
    auto next = std::get<SettingUp>(machine.session.state);
    next.foreign = !seen.text || !std::string_view(*seen.text).starts_with(invitation_begins);
    if (!next.foreign) {
        machine.run(InviteTerminal{seen.text});
        next.scanning = false;
        next.page = Page::enrolling;
        next.since = machine.world.now;
        next.known.said.clear();
    }
    machine.go(std::move(next));
}

void stop_awaiting_invitation(State& state) {
    if (awaits_invitation(state)) std::get<SettingUp>(state).scanning = false;
}

bool handle(const SettingUp& here, const Event& event, Machine& machine) {
    SettingUp next = here;
    const auto* read = as<SetUpKnown>(event);
    const auto* answer = as<SetUpKept>(event);
    const bool asked = here.page == Page::confirm || here.page == Page::trial;
    if (handle_set_up_test(next, event, machine) || handle_calibration(next, event, machine) ||
        handle_joining(next, event, machine)) {
        // a test of paper, sound or panel, or a wireless network
    } else if (read && read->ticket == here.ticket &&
               (here.page == Page::loading || here.page == Page::enrolling)) {
        known(next, *read, machine);
    } else if (read && read->ticket == here.ticket && watches_the_machine(here)) {
        if (!read->known) return false;
        next.known.links = read->known->links;
        next.known.clock_synchronised = read->known->clock_synchronised;
    } else if (answer && answer->ticket == here.ticket && here.page == Page::keeping) {
        kept(next, *answer, machine);
    } else if (as<SetUpConfirmed>(event) && asked) {
        keep(next, false, answered(next), machine);
    } else if (as<SetUpLater>(event) && here.page != Page::keeping) {
        if (uses_camera(here)) machine.run(StopCamera{});
        machine.go(TechnicianOverview{here.below, here.who});
        return true;
    } else if (as<WentBack>(event) && here.page != Page::keeping && here.page != Page::enrolling &&
               here.page != Page::joining) {
        if (here.page == Page::loading)
            machine.go(TechnicianOverview{here.below, here.who});
        else
            go_back(next, machine);
        return true;
    } else if (as<SetUpReviewed>(event) && here.page == Page::finished) {
        enter(next, Decision::language, machine);
    } else if (as<SetUpRestartAsked>(event) && here.page == Page::finished) {
        machine.run(RecordAct{here.who.label, "restart", "done"});
        const bool goes_on = here.known.progress.next().has_value();
        below(machine.session.state)->set_up = goes_on;
        leave_maintenance("restart", machine);
        machine.run(RestartProgram{goes_on ? here.who.label : std::string{}});
        return true;
    } else if (as<TimePassed>(event)) {
        if (!by_time(next, machine)) return false;
    } else if (here.page != Page::question || !on_question(next, event, machine)) {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
