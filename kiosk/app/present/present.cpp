#include "app/present/present.hpp"

#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "domain/printing.hpp"
#include "flows/set_up/set_up_steps.hpp"
#include "session/inactivity.hpp"

namespace app {

using screens::ButtonLook;

namespace {

template <class T, class... Some>
constexpr bool one_of = (std::is_same_v<T, Some> || ...);

int step_of(const session::State& state) {
    return std::visit(
        [](const auto& here) {
            using S = std::decay_t<decltype(here)>;
            using namespace flows;
            if constexpr (one_of<S, ConfirmingIdentity, ConsideringFace, CheckingFace,
                                 FaceNotMatched>)
                return 0;
            else if constexpr (one_of<S, ReadingNotice, AwaitingCard, CardRefused>)
                return here.purpose == Purpose::apply ? 0 : -1;
            else if constexpr (one_of<S, AnsweringSituation>)
                return 1;
            else if constexpr (one_of<S, FillingForm>)
                return 2;
            else if constexpr (one_of<S, CheckingMaterials, Reviewing>)
                return 3;
            else if constexpr (one_of<S, SigningLetter, ChoosingWay, TakingThumbPrint,
                                      AwaitingWitness, WitnessSigning, ViewingLetter, HandingIn,
                                      HandInProblem>)
                return 4;
            else
                return -1;
        },
        state);
}

void header(PageBuilder& b) {
    auto& header = b.page.screen.header;
    if (b.in.pack != nullptr) {
        header.brand_mark = b.pack.brand_mark;
        header.title = b.say(b.pack.organisation);
    } else {
        header.brand_mark = "民";
        header.title = b.say(MessageId::app_title);
    }
    const auto time = base::local_time_hh_mm(b.in.now);
    const auto* person = session::person_of(b.in.session.state);
    if (person != nullptr && *person && !b.in.session.hidden()) {
        header.who = domain::masked_name((*person)->name(), b.in.settings.masking);
        header.not_me = b.button("not_me", b.say(MessageId::not_me), ButtonLook::quiet,
                                 session::DisownedIdentity{});
        header.time_text = time;
    } else if (b.in.session.comfort.elder) {
        header.time_text = time;  // large type leaves no room for the date
    } else {
        const auto date = base::local_date(b.in.now);
        const auto weekday = std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding();
        const auto weekday_name =
            static_cast<MessageId>(static_cast<unsigned>(MessageId::weekday_0) + weekday);
        header.time_text =
            b.say(MessageId::header_date_time, {{"month", std::to_string(unsigned(date.month()))},
                                                {"day", std::to_string(unsigned(date.day()))},
                                                {"weekday", b.say(weekday_name)},
                                                {"time", time}});
    }
    if (session::below(b.in.session.state) != nullptr) {
        header.line_text = b.say(MessageId::maintain_line);
        header.line_tone = screens::LineTone::waiting;
        return;
    }
    if (std::holds_alternative<flows::Suspended>(b.in.session.state)) {
        header.line_text = b.say(MessageId::suspended_line);
        header.line_tone = screens::LineTone::bad;
        return;
    }
    switch (b.in.post.line) {
        case domain::Line::online:
            header.line_text = b.say(MessageId::line_online);
            header.line_tone = screens::LineTone::good;
            break;
        case domain::Line::offline:
            header.line_text = b.say(MessageId::line_offline);
            header.line_tone = screens::LineTone::waiting;
            break;
        case domain::Line::absent:
            header.line_text = b.say(MessageId::line_absent);
            header.line_tone = screens::LineTone::bad;
            break;
        case domain::Line::unknown:
            header.line_text = b.say(MessageId::line_unknown);
            header.line_tone = screens::LineTone::waiting;
            break;
    }
}

// The same buttons in the same order on every page (UX-042).
void utility_bar(PageBuilder& b) {
    const auto& session = b.in.session;
    const bool fresh = session.idle() && session.overlay == session::Overlay::none;
    const bool locked = std::holds_alternative<flows::HandingIn>(session.state) ||
                        std::holds_alternative<flows::KeepingVoice>(session.state) ||
                        std::holds_alternative<flows::TakingCard>(session.state) ||
                        std::holds_alternative<flows::CardLeft>(session.state) ||
                        std::holds_alternative<flows::Suspended>(session.state);
    const bool over = std::holds_alternative<flows::Farewell>(session.state);
    const auto* courier = std::get_if<flows::TechnicianCourier>(&session.state);
    const auto* signing_in = std::get_if<flows::TechnicianSigningIn>(&session.state);
    const bool busy =
        (courier != nullptr && courier->at_work) ||
        (signing_in != nullptr && signing_in->step == flows::TechnicianSigningIn::Step::checking);
    const auto* wizard = std::get_if<flows::SettingUp>(&session.state);
    const bool set_up_busy =
        wizard != nullptr && (wizard->page == flows::SettingUp::Page::keeping ||
                              wizard->page == flows::SettingUp::Page::enrolling ||
                              wizard->page == flows::SettingUp::Page::joining);
    // What was asked to be booked may be booked already; who only looks may stop looking.
    const auto* asking = std::get_if<flows::AskingBooking>(&session.state);
    const bool booking = asking != nullptr && flows::changes_something(asking->wish);
    const bool cleaning = std::holds_alternative<flows::TechnicianCleaning>(session.state);
    const bool maintained = session::below(session.state) != nullptr;
    const bool no_way_back = fresh || locked || over || busy || set_up_busy || cleaning ||
                             booking ||
                             std::holds_alternative<flows::TechnicianOverview>(session.state) ||
                             std::holds_alternative<flows::ShowingReceipt>(session.state) ||
                             std::holds_alternative<flows::PrintingProof>(session.state) ||
                             std::holds_alternative<flows::Rating>(session.state) ||
                             std::holds_alternative<flows::VoiceKept>(session.state) ||
                             std::holds_alternative<flows::VoiceProblem>(session.state) ||
                             std::holds_alternative<flows::HandInProblem>(session.state);
    const bool boxed = session.comfort.elder;
    auto& bar = b.page.screen.utility;
    const auto put = [&](std::string id, screens::IconName icon, MessageId text,
                         session::Event event, bool enabled, bool danger = false) {
        bar.push_back({b.bind(std::move(id), std::move(event)), std::move(icon), b.say(text),
                       enabled, danger, boxed});
    };
    put("back", "arrow-left", MessageId::back, session::WentBack{}, !no_way_back);
    put("home", "home", MessageId::home, session::WentHome{}, !fresh && !locked && !maintained);
    put("elder", session.comfort.elder ? "zoom-out" : "zoom-in",
        session.comfort.elder ? MessageId::standard_mode : MessageId::elder_mode,
        session::ElderModeToggled{}, !cleaning);
    put("comfort", "volume", MessageId::comfort, session::ComfortOpened{}, !cleaning);
    put("help", "headset", MessageId::help, session::HelpOpened{}, !cleaning);
    const bool may_end = !fresh && !locked && !over && !busy && !set_up_busy && !cleaning;
    put("end", "logout", MessageId::finish, session::Ended{}, may_end, may_end);
}

// What holds for the whole terminal, above every page.
void bands(PageBuilder& b) {
    using domain::PowerLevel;
    const auto power = b.in.session.power;
    auto& screen = b.page.screen;
    // Where the power is the reason, the page itself says so.
    const auto* suspended = std::get_if<flows::Suspended>(&b.in.session.state);
    const bool said = suspended != nullptr && suspended->power_out;
    const bool applying = step_of(b.in.session.state) >= 0;
    if (power != PowerLevel::mains && !said)
        screen.power_band = b.say(power == PowerLevel::battery ? MessageId::power_band
                                  : applying                   ? MessageId::power_band_low
                                                               : MessageId::power_band_nothing_new);
    if (b.in.settings.realm == domain::Realm::training)
        screen.training_band = b.say(screen.power_band.empty() ? MessageId::training_band
                                                               : MessageId::training_band_short);
}

bool can_speak(const domain::TerminalHealth& health) {
    return health.speech.state == domain::DeviceState::ready;
}

void speech_bar(PageBuilder& b) {
    if (!b.in.session.comfort.speech || !can_speak(b.in.health)) return;
    b.page.screen.speech = {
        b.button(speech_repeat_id, b.say(MessageId::speech_repeat), ButtonLook::quiet,
                 session::Touched{}, "refresh"),
        b.button(speech_pause_id,
                 b.say(b.in.speech_paused ? MessageId::speech_go_on : MessageId::speech_pause),
                 ButtonLook::quiet, session::Touched{},
                 b.in.speech_paused ? "volume" : "player-pause")};
}

void help_page(PageBuilder& b) {
    b.name("help");
    b.title(b.say(MessageId::help_title), b.say(MessageId::help_subtitle));
    screens::KeyValues card;
    card.rows = {
        {b.say(MessageId::help_phone), b.pack.telephone, true, {}, {}, {}},
        {b.say(MessageId::help_hotline), "12345", true, {}, {}, {}},
        {b.say(MessageId::help_demonstration), b.say(MessageId::help_steps), false, {}, {}, {}},
        {b.say(MessageId::help_hours), b.say(b.pack.hours), false, {}, {}, {}},
        {b.say(MessageId::help_address), b.say(b.pack.counter_address), false, {}, {}, {}}};
    b.add(std::move(card));
    if (!b.in.session.idle())
        b.add(screens::Notice{
            screens::Tone::info, "shield-check", b.say(MessageId::help_note), {}, false});
    add_speak_up_buttons(b);
    b.add(screens::ButtonRow{
        {b.primary("help_close", MessageId::help_close, session::HelpClosed{})}});
}

// 隐私遮罩 (S03): the citizen has left. Nothing of the page below is built, so nothing of it can be
// drawn, spoken or read.
void curtain_page(PageBuilder& b) {
    b.name("curtain");
    b.page.screen.low = true;
    b.add(screens::Notice{screens::Tone::info,
                          "shield-check",
                          b.say(MessageId::curtain_title),
                          {b.say(MessageId::curtain_text)},
                          true});
    b.add(screens::ButtonRow{
        {b.primary("curtain_back", MessageId::curtain_back, session::StayChosen{})}});
}

void overlay(PageBuilder& b) {
    screens::Overlay over;
    if (b.in.session.overlay == session::Overlay::still_there) {
        over.title = b.say(MessageId::still_there_title);
        over.text = b.say(MessageId::still_there_text);
        over.seconds = session::seconds_left(b.in.session, b.in.now, b.in.settings.times);
        over.stay = b.primary("stay", MessageId::still_there_stay, session::StayChosen{});
        over.leave = b.secondary("leave", MessageId::still_there_leave, session::LeaveChosen{});
    } else if (b.in.session.overlay == session::Overlay::leave) {
        over.title = b.say(MessageId::leave_title);
        over.text = b.say(MessageId::leave_text);
        over.stay = b.primary("stay", MessageId::leave_stay, session::StayChosen{});
        over.leave = b.secondary("leave", MessageId::leave_leave, session::LeaveChosen{});
    } else {
        return;
    }
    b.page.screen.overlay = std::move(over);
}

// Where a technician may come in: the pages on which nobody's matter is open (UX-252).
bool has_service_corner(const session::Session& session) {
    return session.idle() || std::holds_alternative<flows::Suspended>(session.state);
}

// Under everything else that may stand over the wizard's page, too.
domain::TouchMatrix touch_in_use(const PresentInput& input) {
    const auto* wizard = std::get_if<flows::SettingUp>(&input.session.state);
    return wizard == nullptr ? input.settings.touch_matrix
                             : session::touch_in_use(*wizard, input.settings);
}

Page out_of_service(const PresentInput& input) {
    const auto say = [&](MessageId id) {
        return std::string(base::text(id, input.session.locale));
    };
    Page page;
    page.screen.name = "out_of_service";
    page.screen.comfort = input.session.comfort;
    page.screen.touch = input.settings.touch_matrix;
    page.screen.locale = input.session.locale;
    if (input.settings.realm == domain::Realm::training)
        page.screen.training_band = say(MessageId::training_band);
    page.screen.header.title = say(MessageId::app_title);
    page.screen.header.brand_mark = "民";
    page.screen.header.time_text = base::local_time_hh_mm(input.now);
    page.screen.low = true;
    page.screen.service_corner = true;
    if (input.settings.set_up_open) {
        page.screen.name = "set_up_unfinished";
        page.screen.blocks.emplace_back(screens::Notice{
            screens::Tone::warn,
            "tool",
            say(MessageId::set_up_unfinished_title),
            {say(MessageId::set_up_unfinished_text), say(MessageId::set_up_unfinished_how)},
            true});
        return page;
    }
    page.screen.blocks.emplace_back(screens::Notice{
        screens::Tone::warn,
        "alert-triangle",
        say(MessageId::out_of_service_title),
        {say(MessageId::out_of_service_text), say(MessageId::out_of_service_hotline)},
        true});
    return page;
}

}  // namespace

const catalogue::Pack& PageBuilder::no_pack() {
    static const catalogue::Pack none{};
    return none;
}

void PageBuilder::step(int current) {
    page.screen.steps.names = {say(MessageId::step_identity), say(MessageId::step_questions),
                               say(MessageId::step_form), say(MessageId::step_review),
                               say(MessageId::step_letter)};
    page.screen.steps.current = current;
}

std::string PageBuilder::place(domain::Place place) const {
    constexpr auto first = static_cast<int>(MessageId::place_above_left);
    static_assert(static_cast<int>(MessageId::place_left_top) - first + 1 == domain::place_count);
    return say(static_cast<MessageId>(first + static_cast<int>(place)));
}

std::string PageBuilder::reader_is() const {
    return say(MessageId::reader_is, {{"place", place(in.settings.places.id_card_reader)}});
}

namespace {

// Well or not: one that is not there has nothing to say.
bool has_receipt_printer(const domain::TerminalHealth& health) {
    return health.receipt_printer.state != domain::DeviceState::unavailable ||
           domain::is_broken(health.receipt_printer);
}

}  // namespace

screens::DevicePicture PageBuilder::reader_picture(screens::DevicePictureKind kind,
                                                   std::string caption, bool busy) const {
    return {kind,        std::move(caption), busy,
            reader_is(), in.settings.places, has_receipt_printer(in.health)};
}

screens::Outlet PageBuilder::outlet(domain::DeviceKind printer) const {
    return {in.settings.places, has_receipt_printer(in.health),
            printer == domain::DeviceKind::receipt_printer};
}

namespace {
constexpr std::chrono::days old_content{30};
}

std::string content_date(const PageBuilder& b) {
    const auto built = domain::date_from_iso(b.pack.built_on);
    if (!built) return {};
    const auto age =
        std::chrono::sys_days(base::local_date(b.in.now)) - std::chrono::sys_days(*built);
    return b.say(
        age > old_content ? MessageId::content_updated_long_ago : MessageId::content_updated,
        {{"date", domain::in_words(*built, b.locale())}});
}

std::string PageBuilder::window_sentence() const {
    return say(MessageId::card_refused_window, {{"address", say(pack.counter_address)},
                                                {"hours", say(pack.hours)},
                                                {"telephone", pack.telephone}});
}

session::Event Page::event_for(const ui::screens::Action& action) const {
    if (const auto* pressed = std::get_if<ui::screens::Pressed>(&action)) {
        const auto found = on_press.find(pressed->id);
        return found == on_press.end() ? session::Event{session::Touched{}} : found->second;
    }
    if (const auto* edited = std::get_if<ui::screens::TextEdited>(&action))
        return session::TextTyped{edited->field, edited->text};
    if (std::holds_alternative<ui::screens::KeyUsed>(action)) return session::KeypadUsed{};
    if (std::holds_alternative<ui::screens::Woken>(action)) {
        auto light = screen.comfort;
        light.blank = false;
        return session::ComfortChosen{light};
    }
    if (std::holds_alternative<ui::screens::ServiceCornerHeld>(action))
        return session::TechnicianCalled{};
    return session::SignatureDrawn{std::get<ui::screens::SignatureDrawn>(action).strokes};
}

Page present(const PresentInput& input) {
    if (input.pack == nullptr && session::below(input.session.state) == nullptr)
        return out_of_service(input);
    PageBuilder b(input);
    b.page.screen.service_corner = has_service_corner(input.session);
    b.page.screen.locale = input.session.locale;
    b.page.screen.comfort = input.session.comfort;
    b.page.screen.touch = touch_in_use(input);
    bands(b);
    header(b);
    if (input.session.hidden()) {
        curtain_page(b);
        overlay(b);
        return std::move(b.page);
    }
    utility_bar(b);
    speech_bar(b);
    if (input.session.overlay == session::Overlay::help) {
        help_page(b);
        return std::move(b.page);
    }
    if (input.session.overlay == session::Overlay::comfort) {
        comfort_page(b);
        return std::move(b.page);
    }
    if (input.session.overlay == session::Overlay::comfort_code) {
        comfort_code_page(b);
        return std::move(b.page);
    }
    if (input.session.overlay == session::Overlay::comfort_scan) {
        comfort_scan_page(b);
        return std::move(b.page);
    }
    b.name(session::name(input.session.state));
    const int step = step_of(input.session.state);
    if (step >= 0) b.step(step);
    std::visit([&](const auto& state) { show(state, b); }, input.session.state);
    overlay(b);
    return std::move(b.page);
}

}  // namespace app
