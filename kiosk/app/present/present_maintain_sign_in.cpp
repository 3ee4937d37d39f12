// 维护登录 (T01): card and PIN, or the centre's answer to a challenge.
#include "app/present/maintenance.hpp"

namespace app {

using base::FaultCode;
using screens::Tone;
using Step = flows::TechnicianSigningIn::Step;

namespace {

screens::Button by_answer(PageBuilder& b) {
    return b.secondary("maintain_by_answer", MessageId::maintain_by_answer,
                       session::TechnicianByAnswer{}, "qrcode");
}

// What the try before came to.
void add_fault(const flows::TechnicianSigningIn& here, PageBuilder& b) {
    if (!here.fault) return;
    screens::Notice notice{Tone::danger, "alert-circle", {}, {}, false};
    const auto wait = domain::wait_left(here.gate, b.in.now);
    switch (here.fault->code) {
        case FaultCode::TechnicianLocked:
            notice.icon = "lock";
            notice.title = b.say(MessageId::maintain_locked);
            notice.lines = {b.say(MessageId::maintain_locked_how)};
            break;
        case FaultCode::TechnicianRefused:
        case FaultCode::TechnicianMustWait:
            notice.title = b.say(MessageId::maintain_refused);
            notice.lines = {
                b.say(MessageId::maintain_refused_count, {{"n", std::to_string(here.gate.wrong)}})};
            if (wait > base::Millis{0})
                notice.lines.push_back(
                    b.say(MessageId::maintain_wait, {{"time", duration(b, wait)}}));
            break;
        case FaultCode::AnswerWrong:
            notice.title = b.say(MessageId::maintain_answer_wrong);
            break;
        case FaultCode::CardReaderAbsent:
        case FaultCode::CardReaderUnplugged:
            notice.title = b.say(MessageId::maintain_card_reader_gone);
            break;
        case FaultCode::RosterOutdated:
        case FaultCode::SignatureWrong:
        case FaultCode::KeyUnknown:
        case FaultCode::KeyAbsent:
        case FaultCode::BytesMalformed:
        case FaultCode::FileUnreadable:
        case FaultCode::RealmMismatch:
            notice.title = b.say(MessageId::maintain_no_roster);
            notice.lines = {b.say(MessageId::maintain_no_roster_how),
                            std::string(base::name(here.fault->code))};
            break;
        default:
            notice.title = here.step == Step::card ? b.say(MessageId::maintain_card_again)
                                                   : fault_words(b, *here.fault);
            break;
    }
    b.add(std::move(notice));
}

void card_page(const flows::TechnicianSigningIn& here, PageBuilder& b) {
    b.title(b.say(MessageId::maintain_title), b.say(MessageId::maintain_subtitle));
    add_fault(here, b);
    b.add(b.reader_picture(screens::DevicePictureKind::place_card, b.say(MessageId::maintain_card),
                           false));
    b.line(b.say(MessageId::maintain_card_note));
    b.add(screens::ButtonRow{{by_answer(b)}});
}

void pin_page(const flows::TechnicianSigningIn& here, PageBuilder& b) {
    b.name("maintain_pin");
    b.title(b.say(MessageId::maintain_pin_title));
    add_fault(here, b);
    screens::Field field;
    field.id = b.bind("pin", session::Touched{});
    field.label = b.say(MessageId::maintain_pin_label);
    field.hint = b.say(MessageId::maintain_pin_hint);
    field.value = here.pin ? here.pin : base::SecretText(std::string{});
    for (std::size_t i = 0; i < field.value->size(); ++i) field.shown += "●";
    field.keyboard = screens::Keyboard::number;
    field.focused = true;
    field.max_code_points = domain::pin_digits_max;
    field.sensitivity = screens::Sensitivity::personal;
    if (here.too_short) field.error = b.say(MessageId::maintain_pin_short);
    b.add(std::move(field));
    b.add(
        screens::ButtonRow{{by_answer(b), b.primary("maintain_sign_in", MessageId::maintain_sign_in,
                                                    session::TechnicianSubmitted{})}});
}

void challenge_page(const flows::TechnicianSigningIn& here, PageBuilder& b) {
    b.name("maintain_challenge");
    b.title(b.say(MessageId::maintain_challenge_title));
    add_fault(here, b);
    screens::KeyValues card;
    card.rows = {fact(b, MessageId::maintain_challenge_code, base::to_hex(here.nonce).substr(0, 8)),
                 fact(b, MessageId::maintain_time, base::local_time_hh_mm(here.challenged))};
    card.qr_text = "CWM1:" + b.in.settings.terminal + ":" +
                   std::to_string(here.challenged.time_since_epoch().count()) + ":" +
                   base::to_hex(here.nonce);
    card.qr_caption = {b.in.settings.terminal};
    b.add(std::move(card));
    screens::TextCard steps;
    int number = 0;
    for (const auto id : {MessageId::maintain_challenge_1, MessageId::maintain_challenge_2,
                          MessageId::maintain_challenge_3})
        steps.paragraphs.push_back(
            {{}, std::to_string(++number) + ". ", b.say(id), false, screens::Sensitivity::open});
    b.add(std::move(steps));
    b.add(screens::ButtonRow{{b.secondary("maintain_by_card", MessageId::maintain_by_card,
                                          session::TechnicianByCard{}, "id"),
                              b.primary("maintain_scan_answer", MessageId::maintain_scan_answer,
                                        session::TechnicianAnswerScan{})}});
}

void answer_page(PageBuilder& b) {
    b.name("maintain_answer");
    b.title(b.say(MessageId::maintain_answer_title));
    screens::CameraPreview preview;
    preview.guidance = b.say(MessageId::maintain_answer_guide);
    preview.lamp_text = b.say(MessageId::face_lamp);
    preview.frame = screens::PreviewFrame::code;
    b.add(std::move(preview));
}

}  // namespace

void show(const flows::TechnicianSigningIn& here, PageBuilder& b) {
    switch (here.step) {
        case Step::card:
            return card_page(here, b);
        case Step::pin:
            return pin_page(here, b);
        case Step::challenge:
            return challenge_page(here, b);
        case Step::answer:
            return answer_page(b);
        case Step::checking:
            break;
    }
    b.name("maintain_checking");
    b.page.screen.low = true;
    b.add(screens::Progress{"shield-check", b.say(MessageId::maintain_checking)});
}

}  // namespace app
