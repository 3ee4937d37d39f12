#include "flows/scan_code/scan_code_steps.hpp"

#include "domain/comfort_code.hpp"
#include "flows/maintain/maintain_steps.hpp"
#include "flows/set_up/set_up_steps.hpp"
#include "session/inactivity.hpp"

namespace session {

using namespace flows;

namespace {

using domain::CodePurpose;

bool is_asked_for_progress(const State& state) {
    return std::holds_alternative<ChoosingProgressWay>(state) ||
           std::holds_alternative<EnteringCode>(state);
}
bool is_a_first_page(const State& state) {
    return std::holds_alternative<Idle>(state) || std::holds_alternative<ChoosingService>(state);
}

bool take_settings(const domain::ScannedCode& code, Machine& machine) {
    Session& session = machine.session;
    const auto comfort = domain::comfort_from_code(code.value);
    if (session.overlay != Overlay::comfort_scan || !comfort) return false;
    session.comfort = *comfort;
    session.overlay = Overlay::comfort;
    session.settings_came = true;
    return true;
}

bool open_guide(const domain::ScannedCode& code, Machine& machine) {
    if (!is_a_first_page(machine.session.state) ||
        machine.world.pack.find_item(code.value) == nullptr)
        return false;
    // The watch for a card ends with the first page.
    if (machine.session.idle()) machine.run(StopCardReader{});
    const auto* list = std::get_if<ChoosingService>(&machine.session.state);
    From from = list != nullptr ? *list : ChoosingService{};
    machine.go(ReadingGuide{code.value, GuidePage::overview, false, std::move(from)});
    return true;
}

bool look_up(const domain::ScannedCode& code, Machine& machine) {
    if (!is_asked_for_progress(machine.session.state)) return false;
    machine.look_up_receipt(code.value);
    return true;
}

// False: it means nothing on this page.
bool act_upon(const domain::ScannedCode& code, Machine& machine) {
    if (code.purpose == CodePurpose::comfort) return take_settings(code, machine);
    if (machine.session.overlay != Overlay::none) return false;
    if (code.purpose == CodePurpose::guide) return open_guide(code, machine);
    if (code.purpose == CodePurpose::receipt) return look_up(code, machine);
    return false;
}

}  // namespace

Listening listening(const Session& session, const Settings& settings) {
    if (session.hidden()) return Listening::none;
    const auto scanner = settings.has_scanner ? Listening::scanner : Listening::none;
    if (session.overlay == Overlay::comfort_scan) return Listening::scanner_and_camera;
    // Over the question whether somebody is still there the page goes on.
    if (session.overlay != Overlay::none && session.overlay != Overlay::still_there)
        return Listening::none;
    if (const auto* entering = std::get_if<EnteringCode>(&session.state);
        entering != nullptr && entering->camera)
        return Listening::scanner_and_camera;
    if (awaits_centre_answer(session.state) || awaits_invitation(session.state))
        return Listening::scanner_and_camera;
    return is_a_first_page(session.state) || is_asked_for_progress(session.state) ? scanner
                                                                                  : Listening::none;
}

bool handle_code(const Event& event, Machine& machine) {
    const auto* seen = as<CodeSeen>(event);
    if (seen == nullptr) return false;
    Session& session = machine.session;
    if (session.scan.with == Listening::none || seen->ticket != session.scan.ticket) return true;
    session.last_touch = machine.world.now;
    if (session.overlay == Overlay::still_there) session.overlay = Overlay::none;
    if (awaits_centre_answer(session.state) && session.overlay == Overlay::none) {
        take_centre_answer(*seen, machine);
        return true;
    }
    if (awaits_invitation(session.state) && session.overlay == Overlay::none) {
        take_invitation(*seen, machine);
        return true;
    }
    const auto code = domain::scanned_code(*seen->text, machine.world.settings.identity_beginnings,
                                           machine.world.pack.guide_link);
    if (act_upon(code, machine))
        session.scan.note.reset();
    else
        session.scan.note = CodeNote{code.purpose, machine.world.now};
    return true;
}

void watch_the_codes(Machine& machine) {
    Session& session = machine.session;
    const auto now = machine.world.now;
    if (session.scan.note && now - session.scan.note->since >= code_note_time)
        session.scan.note.reset();
    if (session.scan.with != Listening::scanner_and_camera) return;
    const auto& camera = machine.world.health.camera;
    const bool gone = camera.state == domain::DeviceState::unavailable && camera.fault;
    if (now - session.scan.since < code_scan_limit && !gone) return;
    if (session.overlay == Overlay::comfort_scan) session.overlay = Overlay::comfort;
    if (auto* entering = std::get_if<EnteringCode>(&session.state)) entering->camera = false;
    stop_awaiting_centre_answer(session.state);
    stop_awaiting_invitation(session.state);
}

void follow_the_page(Machine& machine, const CodeScan& before) {
    Session& session = machine.session;
    const auto with = listening(session, machine.world.settings);
    const bool same_person = before.ticket.session == session.id;
    if (with == before.with && (with == Listening::none || same_person)) return;
    if (before.with != Listening::none)
        machine.run(StopLookingForCode{before.with == Listening::scanner_and_camera});
    session.scan = {};
    if (with == Listening::none) return;
    session.scan = {with, machine.new_ticket(), machine.world.now, {}};
    machine.run(LookForCode{session.scan.ticket, with == Listening::scanner_and_camera});
}

}  // namespace session
