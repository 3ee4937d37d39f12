#include "app/kiosk.hpp"

#include "base/assert.hpp"
#include "session/inactivity.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace app {

Kiosk::Kiosk(KioskParts parts)
    : parts_(std::move(parts)),
      papers_(parts_.inbox),
      mark_(parts_.state_folder),
      announcer_(parts_.voice, parts_.speech_log, parts_.clock),
      centre_(parts_.post, parts_.clock, parts_.version, parts_.state_folder) {
    health_.id_card_reader = parts_.devices.id_card_reader->health();
    health_.camera = parts_.devices.camera->health();
    health_.face_comparison = parts_.devices.face_checker->health();
    if (parts_.devices.document_camera)
        health_.document_camera = parts_.devices.document_camera->health();
    health_.document_printer = parts_.devices.document_printer->health();
    if (parts_.devices.receipt_printer)
        health_.receipt_printer = parts_.devices.receipt_printer->health();
    health_.headphones = parts_.devices.headphones->health();
    if (parts_.devices.cabinet) {
        health_.cabinet = parts_.devices.cabinet->health();
        parts_.devices.cabinet->set_brightness(parts_.settings.light.bright_percent);
    }
    if (!parts_.keys) parts_.pack.reset();
    parts_.settings.has_keys = parts_.keys.has_value();
    if (parts_.pack) begin();
    refresh();
}

void Kiosk::begin() {
    auto first = session::begin(world());
    first.session.power = session_.power;  // as it was told while there was no catalogue
    session_ = std::move(first.session);
    session_in_effect_ = session_.id;
    for (const auto& effect : first.effects) std::visit([this](const auto& e) { run(e); }, effect);
    if (parts_.pause) {
        parts_.log.record(
            base::log::ServicePaused{std::string(domain::name(parts_.pause->reason))});
        happen(session::PauseFound{*parts_.pause});
    }
    if (parts_.settings.set_up_open) {
        parts_.log.record(base::log::SetUpMoved{
            "terminal", std::string(base::name(base::FaultCode::SetUpUnfinished))});
        happen(session::SetUpFound{parts_.set_up_goes_on_for});
    }
    if (post_status_.revoked) happen(session::RevocationTold{true});
}

session::World Kiosk::world() const {
    return {pack_in_use(),      parts_.settings,       health_,
            parts_.clock.now(), domain::SubId::draw(), post_status_.line};
}

bool Kiosk::receive(const CatalogueStaged& staged) {
    for (const auto fault : staged.refused) parts_.log.record(base::log::PackRejected{fault, 0});
    if (staged.floor_not_kept)
        parts_.log.record(base::log::PackFloorNotKept{*staged.floor_not_kept});
    // What is sealed from now on is sealed to the new keys; a question under way has its own.
    if (staged.keys) parts_.keys = staged.keys;
    if (staged.pack) next_pack_ = staged.pack;
    for (const auto fault : staged.configurations_refused)
        parts_.log.record(base::log::FeedRefused{"configuration", fault});
    if (staged.configuration) next_configuration_ = staged.configuration;
    switch_staged();
    refresh();
    return true;
}

bool Kiosk::nobody_here() const {
    return session_.idle() && session_.overlay == session::Overlay::none;
}

void Kiosk::begin_anew() {
    if (nobody_here()) ending_ = Ending::restart;
}

void Kiosk::switch_staged() {
    if (!nobody_here()) return;
    if (const auto version = std::exchange(next_configuration_, std::nullopt)) {
        // It held when it came; if it does not now, what is in use stays.
        if (const auto done = reload(); done)
            parts_.log.record(base::log::FeedTaken{"configuration", *version});
        else
            parts_.log.record(base::log::FeedRefused{"configuration", done.error().code});
    }
    switch_pack();
}

void Kiosk::switch_pack() {
    if (!next_pack_ || !parts_.keys) return;
    const bool out_of_service = !parts_.pack;
    parts_.pack = std::move(next_pack_->pack);
    parts_.pack_soft_expiry = next_pack_->soft_expiry;
    next_pack_.reset();
    parts_.log.record(base::log::PackLoaded{parts_.pack->pack_id, parts_.pack->version,
                                            static_cast<std::int64_t>(parts_.pack->items.size())});
    if (out_of_service) begin();
}

bool Kiosk::catalogue_outdated() const {
    return parts_.pack_soft_expiry != base::Instant{} &&
           parts_.clock.now() >= parts_.pack_soft_expiry;
}

void Kiosk::act(const ui::screens::Action& action) {
    if (const auto* key = std::get_if<ui::screens::KeyUsed>(&action)) {
        if (key->key == ui::screens::Key::repeat)
            announcer_.repeat();
        else
            announcer_.other_key();
        if (!session_.comfort.speech) announcer_.orient();
    } else if (const auto* pressed = std::get_if<ui::screens::Pressed>(&action)) {
        announcer_.other_key();
        if (pressed->id == speech_repeat_id) announcer_.say_last_again();
        if (pressed->id == speech_pause_id) announcer_.pause_or_go_on();
    }
    happen(page_.event_for(action));
}

bool Kiosk::take_incoming() {
    bool any = take_print_picture();
    while (auto item = parts_.inbox.take()) {
        any = std::visit([this](const auto& incoming) { return receive(incoming); }, *item) || any;
    }
    return any;
}

void Kiosk::tick() {
    if (announcer_.speaking()) happen(session::SpeechRan{});
    happen(session::TimePassed{});
    obey();
}

base::Millis Kiosk::next_tick_in() const {
    using namespace std::chrono_literals;
    // Nobody is here: only the minute on the clock changes.
    if (nobody_here() && !session_.scan.note) {
        const auto into_minute = parts_.clock.now().time_since_epoch() % 60s;
        return 60s - into_minute;
    }
    return 1s;
}

void Kiosk::happen(const session::Event& event) {
    if (steps(event)) {
        session_in_effect_ = session_.id;
        auto next = session::step(std::move(session_), event, world());
        session_ = std::move(next.session);
        if (session_.id != session_in_effect_) {
            questions_.clear();
            sealed_.reset();
            print_wanted_.reset();
            announcer_.end_session();
        }
        for (const auto& effect : next.effects)
            std::visit([this](const auto& e) { run(e); }, effect);
        light_lamps();
        switch_staged();
    }
    refresh();
}

const catalogue::Pack& Kiosk::pack_in_use() const {
    return parts_.pack ? *parts_.pack : no_pack_;
}

// Without a catalogue nothing begins, but for a technician. Doors and the power count all the same:
// a catalogue that comes finds the terminal closed for as long as its cabinet stands open.
bool Kiosk::steps(const session::Event& event) const {
    return parts_.pack || session::below(session_.state) != nullptr ||
           std::holds_alternative<session::TechnicianCalled>(event) ||
           std::holds_alternative<session::DoorOpened>(event) ||
           std::holds_alternative<session::DoorClosed>(event) ||
           std::holds_alternative<session::PowerChanged>(event);
}

MachineFacts Kiosk::machine_facts() const {
    MachineFacts out;
    if (session::below(session_.state) == nullptr) return out;
    out.version = parts_.version;
    out.audit_broken = audit_broken_;
    std::error_code problem;
    const auto space = std::filesystem::space(parts_.state_folder, problem);
    if (!problem && space.capacity > 0)
        out.disk_free_percent = static_cast<int>(
            100 * (space.available / 1024) / std::max<std::uintmax_t>(1, space.capacity / 1024));
    if (parts_.care != nullptr) {
        out.paper_hours = parts_.care->paper_hours();
        out.roll_hours = parts_.care->roll_hours();
        out.memory_short = parts_.care->memory() >= Pressure::short_;
    }
    if (parts_.recent != nullptr) out.log = parts_.recent->newest();
    return out;
}

bool Kiosk::receive(const session::TechnicianChecked& checked) {
    happen(checked);
    return true;
}
bool Kiosk::receive(const session::AuditRead& read) {
    audit_broken_ = read.broken;
    happen(read);
    return true;
}
bool Kiosk::receive(const session::SuppliesRead& read) {
    happen(read);
    return true;
}
bool Kiosk::receive(const session::SetUpKnown& known) {
    happen(known);
    return true;
}
bool Kiosk::receive(const session::SetUpKept& kept) {
    // In force at once, unlike the rest: on a panel that is off nobody finishes a set-up.
    if (kept.known) {
        const auto matrix = kept.known->current.find("kiosk.touch_matrix");
        parts_.settings.touch_matrix =
            matrix == kept.known->current.end()
                ? domain::TouchMatrix{}
                : domain::touch_matrix_from(matrix->second).value_or(domain::TouchMatrix{});
    }
    happen(kept);
    return true;
}
bool Kiosk::receive(const AuditBroken&) {
    audit_broken_ = true;
    parts_.log.record(base::log::AuditTrouble{base::FaultCode::AuditBroken});
    refresh();
    return true;
}

void Kiosk::light_lamps() {
    const auto lamps = session::guide_lamps(session_);
    if (std::exchange(lamps_, lamps) != lamps && parts_.devices.cabinet)
        parts_.devices.cabinet->light(lamps);
}

namespace {

ui::screens::Key key_of(domain::PadKey key) {
    using ui::screens::Key;
    switch (key) {
        case domain::PadKey::next:
            return Key::next;
        case domain::PadKey::previous:
            return Key::previous;
        case domain::PadKey::select:
            return Key::select;
        case domain::PadKey::repeat:
            return Key::repeat;
        case domain::PadKey::help:
            break;
    }
    return Key::help;
}

}  // namespace

bool Kiosk::receive(const drivers::DeviceEvent& event) {
    struct Translate {
        Kiosk& kiosk;
        void operator()(const drivers::CardFound& e) { kiosk.happen(session::CardSeen{e.ticket}); }
        void operator()(const drivers::CardReadFinished& e) {
            if (e.record) {
                const auto took = kiosk.parts_.clock.steady() - kiosk.card_read_started_;
                kiosk.parts_.log.record(base::log::CardReadFinished{took.count()});
            }
            kiosk.happen(session::CardRead{e.ticket, e.record});
        }
        void operator()(const drivers::CardInTheWay& e) {
            kiosk.happen(session::CardInTheWay{e.ticket});
        }
        void operator()(const drivers::CardRemoved& e) {
            kiosk.happen(session::CardRemoved{e.ticket});
        }
        void operator()(const drivers::CardWatchEnded& e) {
            kiosk.happen(session::CardWatchEnded{e.ticket});
        }
        void operator()(const drivers::FaceGuided& e) {
            kiosk.happen(session::FaceGuided{e.ticket, e.measures});
        }
        void operator()(const drivers::FaceCheckFinished& e) {
            kiosk.happen(session::FaceChecked{e.ticket, e.verdict});
        }
        // No page of a service asks for the document camera yet: nobody here starts it.
        void operator()(const drivers::SheetSeen&) {}
        void operator()(const drivers::DocumentCaptured&) {}
        void operator()(const drivers::PrintProgressed& e) {
            kiosk.happen(session::PageOfPrintDone{e.ticket, e.page, e.pages});
        }
        void operator()(const drivers::PrintFinished& e) {
            kiosk.happen(session::PrintEnded{e.ticket,
                                             e.outcome.map([](drivers::PrintOutcome outcome) {
                                                 switch (outcome) {
                                                     case drivers::PrintOutcome::printed:
                                                         return session::PrintResult::printed;
                                                     case drivers::PrintOutcome::spoiled:
                                                         return session::PrintResult::spoiled;
                                                     case drivers::PrintOutcome::unknown:
                                                         break;
                                                 }
                                                 return session::PrintResult::unknown;
                                             }),
                                             e.lies_in_tray});
        }
        void operator()(const drivers::PaperTaken& e) {
            kiosk.happen(session::PaperTaken{e.ticket});
        }
        void operator()(const drivers::PaperChangeNoted& e) {
            // The forecast starts anew, whoever has left the page by now.
            if (kiosk.parts_.care != nullptr)
                kiosk.parts_.care->read_papers([](const std::vector<domain::PaperUse>&) {});
            kiosk.happen(session::PaperChangeNoted{e.ticket, e.noted});
        }
        void operator()(const drivers::HealthChanged& e) {
            kiosk.change_health(e.device, e.health);
        }
        void operator()(const drivers::HeadphonesChanged& e) {
            kiosk.announcer_.headphones(e.plugged);
            if (e.plugged)
                kiosk.happen(session::HeadphonesPlugged{});
            else
                kiosk.happen(session::HeadphonesUnplugged{});
        }
        void operator()(const drivers::CodeSeen& e) {
            kiosk.happen(session::CodeSeen{e.ticket, e.text});
        }
        void operator()(const drivers::CodesIgnored& e) {
            kiosk.parts_.log.record(base::log::CodesIgnored{e.count});
        }
        // Whoever is not signed in as a technician is a stranger.
        void operator()(const drivers::DoorOpened& e) {
            const bool permitted = session::technician_of(kiosk.session_.state) != nullptr;
            kiosk.happen(session::DoorOpened{e.door, permitted});
        }
        void operator()(const drivers::DoorClosed& e) {
            kiosk.parts_.log.record(base::log::CabinetClosed{std::string(domain::name(e.door))});
            kiosk.happen(session::DoorClosed{e.door});
        }
        void operator()(const drivers::PadKeyPressed& e) {
            kiosk.pad_keys_.push_back(key_of(e.key));
        }
        void operator()(const drivers::PowerChanged& e) {
            kiosk.parts_.log.record(base::log::PowerChanged{
                std::string(domain::name(e.power.level)), e.power.charge_percent.value_or(-1),
                e.power.minutes_left.value_or(-1)});
            kiosk.happen(session::PowerChanged{e.power.level});
        }
        void operator()(const drivers::PresenceChanged& e) {
            kiosk.happen(session::PresenceChanged{e.somebody});
        }
    };
    std::visit(Translate{*this}, event);
    return true;
}

void Kiosk::change_health(domain::DeviceKind device, const domain::DeviceHealth& health) {
    const auto supply = std::exchange(domain::part(health_, device), health).supply;
    if (supply != health.supply)
        parts_.log.record(base::log::SupplyChanged{std::string(domain::name(device)),
                                                   std::string(domain::name(health.supply))});
    const auto fault = health.fault ? std::string(base::name(health.fault->code)) : "none";
    parts_.log.record(base::log::DeviceHealthChanged{
        std::string(domain::name(device)), std::string(domain::name(health.state)), fault});
    refresh();
}

void Kiosk::hear(const ui::shell::PanelNews& news) {
    for (const auto& file : news.missing_fonts) parts_.log.record(base::log::FontMissing{file});
    for (const auto& glyphs : news.missing_glyphs)
        parts_.log.record(base::log::GlyphsMissing{std::string(glyphs.block), glyphs.count});
    if (news.health) change_health(domain::DeviceKind::panel, *news.health);
}

bool Kiosk::receive(const ui::speech::VoiceEvent& event) {
    if (const auto* changed = std::get_if<ui::speech::VoiceHealthChanged>(&event)) {
        announcer_.able(changed->health.state == domain::DeviceState::ready);
        change_health(domain::DeviceKind::speech, changed->health);
        return true;
    }
    if (!announcer_.ended(std::get<ui::speech::UtteranceEnded>(event).id)) return false;
    happen(session::PageHeard{});
    return true;
}

void Kiosk::drawn(const ui::widgets::SemanticTree& tree) {
    announcer_.look(tree, page_.screen);
}

bool Kiosk::receive(const PaperDrawn& drawn) {
    // Drawn for somebody who has left: nobody may find it in the tray.
    if (drawn.ticket.session != session_.id) return true;
    if (drawn.job) {
        // A slip as dots was drawn for the receipt printer, which is there then.
        auto& devices = parts_.devices;
        const bool slip = static_cast<bool>(drawn.job->slip);
        auto& printer = slip ? devices.receipt_printer : devices.document_printer;
        KIOSK_ASSERT(printer != nullptr);
        printer->print(drawn.ticket, *drawn.job);
    } else {
        happen(session::PrintEnded{drawn.ticket, base::fail(drawn.job.error())});
    }
    return true;
}

bool Kiosk::receive(const PaperPictured& pictured) {
    if (pictured.ticket.session == session_.id)
        happen(session::LetterDrawn{pictured.ticket, pictured.pages});
    return true;
}

void Kiosk::input_missing(std::string_view method) {
    parts_.log.record(
        base::log::InputMethodMissing{std::string(method), base::FaultCode::FileUnreadable});
}

void Kiosk::refresh() {
    page_.screen.wipe();
    page_ = present({session_, parts_.pack ? &*parts_.pack : nullptr, parts_.settings, health_,
                     post_status_, parts_.clock.now(), announcer_.paused(), machine_facts(),
                     centre_.notice()});
    if (page_.screen.name != logged_page_) {
        logged_page_ = page_.screen.name;
        parts_.log.record(
            base::log::PageShown{static_cast<std::int64_t>(session_.id), logged_page_});
    }
    tell_centre();
    mark_.follow(!may_be_taken());
}

bool Kiosk::may_be_taken() const {
    if (session_.overlay != session::Overlay::none) return false;
    const auto* suspended = std::get_if<flows::Suspended>(&session_.state);
    if (suspended == nullptr) return session_.idle();
    return (suspended->pause || suspended->revoked) && suspended->open.empty() &&
           !suspended->power_out && !suspended->card;
}

}  // namespace app
