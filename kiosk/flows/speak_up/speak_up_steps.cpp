// Choose, write, say who, look at it once more; kept here, with or without a line.
#include "domain/typed_values.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;

namespace {

std::string item_of(const State& state) {
    return std::visit(
        [](const auto& here) -> std::string {
            if constexpr (requires { here.journey.item_code; })
                return here.journey.item_code;
            else if constexpr (requires { here.item_code; })
                return here.item_code;
            else
                return {};
        },
        state);
}

bool has_topic(const Machine& machine, catalogue::VoiceKind kind, const std::string& key) {
    const auto& topics = catalogue::topics_of(*machine.world.pack.voice, kind);
    return std::any_of(topics.begin(), topics.end(),
                       [&](const auto& topic) { return topic.key == key; });
}

base::Secret<catalogue::VoicePerson> name_of(const base::Secret<domain::CitizenIdentity>& person) {
    if (!person) return {};
    return base::Secret<catalogue::VoicePerson>({person->name(), person->number().text()});
}

catalogue::Voice voice_of(const SpeakingUp& said, const Machine& machine) {
    catalogue::Voice voice;
    voice.sub_id = machine.world.fresh_id;
    voice.realm = machine.world.settings.realm;
    voice.terminal = machine.world.settings.terminal;
    voice.division = machine.world.settings.division;
    voice.kind = said.kind;
    voice.topic = said.topic;
    voice.text = said.text;
    voice.telephone = said.telephone;
    voice.person = name_of(said.person);
    voice.about_item = said.about_item;
    if (said.with_tried) voice.tried = said.tried;
    voice.said_at = base::iso8601_local(machine.world.now);
    return voice;
}

bool handle_words(const SpeakingUp& here, const Event& event, Machine& machine) {
    SpeakingUp next = here;
    if (const auto* typed = as<TextTyped>(event)) {
        if (typed->key == voice_text_field)
            next.text = typed->text;
        else if (typed->key == voice_telephone_field)
            next.telephone = typed->text;
        else
            return false;
        next.focused = typed->key;
        next.text_missing = next.telephone_wrong = false;
    } else if (const auto* focused = as<FieldFocused>(event)) {
        if (focused->key != voice_text_field && focused->key != voice_telephone_field) return false;
        next.focused = focused->key;
    } else if (as<TriedToggled>(event) && here.kind == catalogue::VoiceKind::stuck &&
               !here.tried.empty()) {
        next.with_tried = !here.with_tried;
    } else if (as<VoiceWritten>(event)) {
        const bool empty = !here.text || here.text->empty();
        const bool called = here.telephone && !here.telephone->empty();
        next.text_missing = empty && here.kind != catalogue::VoiceKind::stuck;
        next.telephone_wrong =
            !next.text_missing && called && domain::fault_of_mobile(*here.telephone).has_value();
        if (next.text_missing)
            next.focused = voice_text_field;
        else if (next.telephone_wrong)
            next.focused = voice_telephone_field;
        else
            next.page = SpeakPage::who;
    } else if (as<WentBack>(event)) {
        next.page = SpeakPage::topic;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

void print_slip(VoiceKept page, domain::DeviceKind printer, Machine& machine) {
    page.ticket = machine.new_ticket();
    page.paper = Paper::printing;
    page.printer = printer;
    page.fault.reset();
    page.settled = machine.world.now;
    machine.run(PrintVoiceReceipt{page.ticket, page.receipt, page.kind, page.prints > 0, printer});
    ++page.prints;
    machine.go(std::move(page));
}

}  // namespace

bool handle_speaking_up(const Event& event, Machine& machine) {
    const auto* opened = as<SpeakUpOpened>(event);
    if (opened == nullptr) return false;
    Session& session = machine.session;
    const bool offered = machine.world.pack.voice && may_speak_up(session.state) &&
                         opened->kind != catalogue::VoiceKind::rating;
    if (!offered) return true;
    // The watch for a card ends with the first page.
    if (session.idle()) machine.run(StopCardReader{});
    session.overlay = Overlay::none;
    SpeakingUp said;
    said.kind = opened->kind;
    said.about_item = item_of(session.state);
    if (machine.world.pack.find_item(said.about_item) == nullptr) said.about_item.clear();
    said.tried = session.tried;
    machine.go(std::move(said));
    return true;
}

void note_what_was_tried(const char* page_before, Machine& machine) {
    Session& session = machine.session;
    const auto note = [&](std::string word) {
        auto& tried = session.tried;
        if (!tried.empty() && tried.back() == word) return;
        if (tried.size() == catalogue::voice_tried_max) tried.erase(tried.begin());
        tried.push_back(std::move(word));
    };
    for (const auto& effect : machine.effects)
        if (const auto* fault = std::get_if<LogFault>(&effect))
            note(std::string(base::name(fault->fault)));
    if (session.idle() || below(session.state) != nullptr) return session.tried.clear();
    const std::string page = name(session.state);
    // What is written about it is not what was tried.
    if (page != page_before && !std::holds_alternative<SpeakingUp>(session.state)) note(page);
}

void Machine::keep_voice(catalogue::Voice voice) {
    const auto ticket = new_ticket();
    run(KeepVoice{ticket, voice});
    go(KeepingVoice{std::move(voice), ticket, world.now});
}

bool handle(const SpeakingUp& here, const Event& event, Machine& machine) {
    if (!machine.world.pack.voice) return false;
    if (here.page == SpeakPage::words) return handle_words(here, event, machine);
    SpeakingUp next = here;
    if (const auto* chosen = as<VoiceTopicChosen>(event)) {
        if (here.page != SpeakPage::topic || !has_topic(machine, here.kind, chosen->key))
            return false;
        next.topic = chosen->key;
        // Where no words are needed no keyboard comes up unasked.
        if (here.kind == catalogue::VoiceKind::stuck) next.focused.clear();
        next.page = SpeakPage::words;
    } else if (as<VoiceUnnamed>(event) && here.page == SpeakPage::who) {
        if (!machine.world.pack.voice->anonymous) return false;
        next.person = {};
        next.page = SpeakPage::check;
    } else if (as<VoiceNamed>(event) && here.page == SpeakPage::who) {
        machine.go(ReadingNotice{Purpose::speak, {}, {}, std::move(next)});
        return true;
    } else if (as<VoiceSubmitted>(event) && here.page == SpeakPage::check) {
        machine.keep_voice(voice_of(here, machine));
        return true;
    } else if (as<WentBack>(event) && here.page == SpeakPage::topic) {
        machine.end("ended");
        return true;
    } else if (as<WentBack>(event)) {
        next.page = here.page == SpeakPage::check ? SpeakPage::who : SpeakPage::words;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

bool handle(const KeepingVoice& here, const Event& event, Machine& machine) {
    if (const auto* kept = as<SubmissionKept>(event)) {
        if (kept->ticket != here.ticket) return true;
        machine.session.last_touch = machine.world.now;
        if (kept->receipt) {
            VoiceKept page;
            page.kind = here.voice.kind;
            page.receipt = *kept->receipt;
            print_slip(std::move(page), domain::slip_printer(machine.world.health), machine);
        } else {
            const auto fault = kept->receipt.error();
            machine.run(LogFault{"post", fault.code});
            machine.go(
                VoiceProblem{here.voice, fault, fault.code == base::FaultCode::HandInUnknown});
        }
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < hand_in_limit) return true;
        machine.session.last_touch = machine.world.now;
        machine.run(LogFault{"post", base::FaultCode::HandInUnknown});
        machine.go(VoiceProblem{here.voice, base::Fault{base::FaultCode::HandInUnknown, {}}, true});
    } else {
        return false;
    }
    return true;
}

bool handle(const VoiceProblem& here, const Event& event, Machine& machine) {
    // The same words with the same id: if they were kept after all, the same number comes back.
    if (!as<HandInTriedAgain>(event)) return false;
    machine.keep_voice(here.voice);
    return true;
}

bool handle(const VoiceKept& here, const Event& event, Machine& machine) {
    VoiceKept next = here;
    const auto now = machine.world.now;
    if (const auto* ended = as<PrintEnded>(event)) {
        if (ended->ticket != here.ticket) return true;
        const bool printed = ended->result && *ended->result == PrintResult::printed;
        next.paper = printed ? Paper::printed : Paper::problem;
        next.settled = now;
        if (printed) next.printed.at(here.printer) = true;
        if (!ended->result) {
            next.fault = ended->result.error();
            machine.run(LogFault{std::string(domain::name(here.printer)), next.fault->code});
            const auto& other = machine.world.health.document_printer;
            if (here.printer == domain::DeviceKind::receipt_printer &&
                other.state != domain::DeviceState::unavailable) {
                --next.prints;  // nothing came out that the other one would be a copy of
                print_slip(std::move(next), domain::DeviceKind::document_printer, machine);
                return true;
            }
        }
        if (printed) machine.run(MarkReceiptShown{here.receipt.local_number});
    } else if (as<ReceiptPrintedAgain>(event) && here.paper != Paper::printing) {
        print_slip(here, domain::slip_printer(machine.world.health), machine);
        return true;
    } else if (as<ReceiptTaken>(event)) {
        machine.say_goodbye(here.printed);
        return true;
    } else if (as<TimePassed>(event)) {
        if (here.paper == Paper::printing) {
            // A printer that never answers: nobody knows what came out, and the page says so.
            if (now - here.settled < print_limit) return true;
            next.paper = Paper::problem;
            next.settled = now;
        } else if (closing_in(machine.session, now, machine.world.settings.times) == 0) {
            machine.end("finished");
            return true;
        }
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
