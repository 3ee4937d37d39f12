// Notice, card, identity, face.
#include "app/present/page_builder.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

#include <array>

namespace app {

using screens::ButtonLook;
using screens::Sensitivity;
using screens::Tone;

namespace {

// "用来做什么：…" is drawn with its lead in bold.
screens::Paragraph with_lead(const std::string& text) {
    for (const std::string_view colon : {std::string_view("："), std::string_view(": ")}) {
        const auto at = text.find(colon);
        if (at != std::string::npos && at < 40)
            return {
                {}, text.substr(0, at + colon.size()), text.substr(at + colon.size()), false, {}};
    }
    return {{}, {}, text, false, {}};
}

MessageId guidance_text(domain::FaceGuidance guidance) {
    using domain::FaceGuidance;
    switch (guidance) {
        case FaceGuidance::none_in_view:
            return MessageId::guide_none_in_view;
        case FaceGuidance::several_in_view:
            return MessageId::guide_several_in_view;
        case FaceGuidance::too_far:
            return MessageId::guide_too_far;
        case FaceGuidance::too_near:
            return MessageId::guide_too_near;
        case FaceGuidance::off_centre:
            return MessageId::guide_off_centre;
        case FaceGuidance::turn_to_camera:
            return MessageId::guide_turn_to_camera;
        case FaceGuidance::raise_head:
            return MessageId::guide_raise_head;
        case FaceGuidance::lower_head:
            return MessageId::guide_lower_head;
        case FaceGuidance::straighten_head:
            return MessageId::guide_straighten_head;
        case FaceGuidance::lens_covered:
            return MessageId::guide_lens_covered;
        case FaceGuidance::back_lit:
            return MessageId::guide_back_lit;
        case FaceGuidance::show_eyes:
            return MessageId::guide_show_eyes;
        case FaceGuidance::blurred:
            return MessageId::guide_blurred;
        case FaceGuidance::look_ahead:
            return MessageId::guide_look_ahead;
        case FaceGuidance::turn_left:
            return MessageId::guide_turn_left;
        case FaceGuidance::turn_right:
            return MessageId::guide_turn_right;
        case FaceGuidance::blink:
            return MessageId::guide_blink;
        case FaceGuidance::liveness_unseen:
            return MessageId::guide_liveness_unseen;
        case FaceGuidance::too_dark:
            return MessageId::guide_too_dark;
        case FaceGuidance::too_bright:
            return MessageId::guide_too_bright;
        case FaceGuidance::hold_still:
            return MessageId::guide_hold_still;
        case FaceGuidance::good:
            break;
    }
    return MessageId::guide_good;
}

}  // namespace

screens::TextCard card_with_leads(const PageBuilder& b, const std::vector<catalogue::Text>& lines) {
    screens::TextCard card;
    for (const auto& line : lines) card.paragraphs.push_back(with_lead(b.say(line)));
    return card;
}

screens::Notice card_in_the_way(const PageBuilder& b) {
    return {Tone::warn,
            "alert-circle",
            b.say(MessageId::place_card_in_the_way),
            {b.say(MessageId::place_card_lift_first)},
            false};
}

void show(const flows::ReadingNotice&, PageBuilder& b) {
    b.title(b.say(MessageId::notice_title));
    b.add(card_with_leads(b, b.pack.data_notice));
    b.add(screens::ButtonRow{
        {b.primary("notice_accept", MessageId::notice_accept, session::NoticeAccepted{})}});
}

void show(const flows::AwaitingCard& here, PageBuilder& b) {
    b.title(b.say(MessageId::place_card_title), b.say(MessageId::place_card_subtitle));
    const auto waited = b.in.now - (here.card_found ? here.found_at : here.since);
    if (here.problem)
        b.add(screens::Notice{Tone::warn,
                              "alert-circle",
                              std::string(base::citizen_text(here.problem->code, b.locale())),
                              {b.say(MessageId::place_card_again)},
                              false});
    else if (here.in_the_way)
        b.add(card_in_the_way(b));
    b.add(b.reader_picture(here.card_found ? screens::DevicePictureKind::card_reading
                                           : screens::DevicePictureKind::place_card,
                           b.say(!here.card_found                    ? MessageId::place_card_waiting
                                 : waited < session::card_hold_still ? MessageId::place_card_reading
                                                                     : MessageId::place_card_still),
                           here.card_found));
    if (waited >= session::card_other_ways)
        b.add(screens::Notice{Tone::info,
                              "info-circle",
                              b.say(MessageId::place_card_other_ways),
                              {b.window_sentence()},
                              false});
    else if (waited >= session::card_tips)
        b.add(screens::Notice{
            Tone::info, "info-circle", {}, {b.say(MessageId::place_card_tips)}, false});
    else
        b.add(screens::Notice{
            Tone::info, "shield-check", {}, {b.say(MessageId::place_card_promise)}, false});
}

void show(const flows::CardRefused& here, PageBuilder& b) {
    b.title(b.say(MessageId::card_refused_title));
    b.add(screens::Notice{Tone::warn,
                          "alert-triangle",
                          std::string(base::citizen_text(here.fault.code, b.locale())),
                          {b.window_sentence()},
                          true});
    screens::ButtonRow row;
    row.buttons.push_back(
        b.secondary("refused_home", MessageId::card_refused_home, session::Ended{}, "home"));
    if (here.may_try_again)
        row.buttons.push_back(
            b.primary("card_again", MessageId::card_refused_again, session::CardTriedAgain{}));
    b.add(std::move(row));
    add_stuck_button(b);
}

void show(const flows::ConfirmingIdentity& here, PageBuilder& b) {
    const auto& person = *here.journey.person;
    b.title(b.say(MessageId::confirm_title), b.say(MessageId::confirm_subtitle));
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value) {
        card.rows.push_back({b.say(label), std::move(value), false, {}, {}, Sensitivity::personal});
    };
    row(MessageId::confirm_name, domain::masked_name(person.name(), b.in.settings.masking));
    row(MessageId::confirm_number, domain::grouped_id_number(domain::masked_id_number(
                                       person.number().text(), b.in.settings.masking)));
    row(MessageId::confirm_sex_ethnicity,
        domain::sex_name(person.sex(), b.locale()) + " · " +
            domain::ethnicity_name(person.ethnicity_code(), b.locale()));
    row(MessageId::confirm_valid_until, person.valid_until()
                                            ? domain::in_words(*person.valid_until(), b.locale())
                                            : b.say(MessageId::confirm_long_term));
    b.add(std::move(card));
    b.add(screens::Strip{"id",
                         b.say(MessageId::confirm_keep_card),
                         b.say(MessageId::confirm_keep_card_note),
                         {},
                         Tone::warn});
    b.add(screens::ButtonRow{
        {b.secondary("confirm_no", MessageId::confirm_no, session::DisownedIdentity{}),
         b.primary("confirm_yes", MessageId::confirm_yes, session::IdentityConfirmed{})}});
    if (!b.in.session.elder_offer || b.in.session.comfort.elder) return;
    b.add(screens::Line{b.say(MessageId::elder_offer), false, true});
    b.add(screens::ButtonRow{{b.button("elder_yes", b.say(MessageId::elder_offer_yes),
                                       ButtonLook::equal, session::ElderModeToggled{}),
                              b.button("elder_no", b.say(MessageId::elder_offer_no),
                                       ButtonLook::equal, session::ElderOfferDeclined{})}});
}

void show(const flows::ConsideringFace&, PageBuilder& b) {
    b.title(b.say(MessageId::face_title));
    b.page.screen.low = true;
    b.add(card_with_leads(b, b.pack.face_notice));
    b.add(screens::ButtonRow{{b.button("face_yes", b.say(MessageId::face_yes), ButtonLook::equal,
                                       session::FaceConsented{}),
                              b.button("face_no", b.say(MessageId::face_no), ButtonLook::equal,
                                       session::FaceRefused{})}});
    b.line(b.say(MessageId::face_other_way));
}

void show(const flows::CheckingFace& here, PageBuilder& b) {
    b.title(b.say(MessageId::face_check_title), b.say(MessageId::face_check_subtitle));
    b.add(screens::CameraPreview{
        b.say(guidance_text(here.measures.guidance)),
        b.say(MessageId::face_lamp),
        here.measures,
        {b.say(MessageId::check_light), b.say(MessageId::check_distance),
         b.say(MessageId::check_one_person), b.say(MessageId::check_facing)}});
    b.add(screens::ButtonRow{
        {b.secondary("face_stop", MessageId::face_stop, session::FaceRefused{})}});
    b.line(b.say(MessageId::face_voluntary));
}

void show(const flows::FaceNotMatched& here, PageBuilder& b) {
    const int left = flows::face_tries_allowed - here.journey.face_failures;
    const bool again = !here.unavailable && left > 0;
    b.title(
        b.say(here.unavailable ? MessageId::face_unavailable_title : MessageId::face_failed_title));
    b.page.screen.low = true;
    std::vector<std::string> lines;
    if (again && here.reason)
        lines.push_back(
            b.say(MessageId::face_failed_tip, {{"tip", b.say(guidance_text(*here.reason))}}));
    if (again)
        lines.push_back(b.say(MessageId::face_failed_left, {{"left", std::to_string(left)}}));
    b.add(screens::Notice{
        Tone::info, "info-circle",
        b.say(here.unavailable ? MessageId::face_unavailable_text : MessageId::face_failed_text),
        std::move(lines), false});
    screens::ButtonRow row;
    if (again) {
        row.buttons.push_back(b.button("face_again", b.say(MessageId::face_again),
                                       ButtonLook::equal, session::FaceTriedAgain{}));
        row.buttons.push_back(b.button("face_go_on", b.say(MessageId::face_go_on),
                                       ButtonLook::equal, session::FaceRefused{}));
    } else {
        row.buttons.push_back(
            b.primary("face_go_on", MessageId::face_go_on, session::FaceRefused{}));
    }
    b.add(std::move(row));
    if (!again) add_stuck_button(b);
    b.line(b.say(MessageId::face_other_way));
}

}  // namespace app
