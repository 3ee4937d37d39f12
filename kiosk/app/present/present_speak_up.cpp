// Asking, complaining, 办不成事, what could be better, and the answers.
#include "app/present/paper_line.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

#include <algorithm>
#include <array>

namespace app {

using catalogue::VoiceKind;
using screens::ButtonLook;
using screens::Sensitivity;
using screens::Tone;

namespace {

MessageId kind_text(VoiceKind kind) {
    switch (kind) {
        case VoiceKind::consult:
            return MessageId::speak_consult;
        case VoiceKind::complaint:
            return MessageId::speak_complaint;
        case VoiceKind::stuck:
        case VoiceKind::rating:
            break;
    }
    return MessageId::speak_stuck;
}

MessageId topic_title(VoiceKind kind) {
    switch (kind) {
        case VoiceKind::consult:
            return MessageId::speak_topic_title_consult;
        case VoiceKind::complaint:
            return MessageId::speak_topic_title_complaint;
        case VoiceKind::stuck:
        case VoiceKind::rating:
            break;
    }
    return MessageId::speak_topic_title_stuck;
}

bool offers_voices(const PageBuilder& b) {
    return b.pack.voice && session::may_speak_up(b.in.session.state);
}

std::string day_of(const PageBuilder& b, const std::string& iso8601) {
    base::Instant instant;
    if (!base::parse_iso8601(iso8601, instant)) return iso8601;
    return domain::in_words(base::local_date(instant), b.locale());
}

void topic_page(const flows::SpeakingUp& here, PageBuilder& b) {
    b.name("speak_topic");
    b.title(b.say(topic_title(here.kind)), b.say(MessageId::speak_topic_subtitle));
    screens::Choices list;
    for (const auto& topic : catalogue::topics_of(*b.pack.voice, here.kind))
        list.choices.push_back({b.bind("about:" + topic.key, session::VoiceTopicChosen{topic.key}),
                                b.say(topic.label),
                                {},
                                {},
                                topic.key == here.topic});
    b.add(std::move(list));
}

screens::Field text_field(PageBuilder& b, MessageId label, const base::SecretText& text,
                          bool focused) {
    screens::Field field;
    field.id = b.bind(flows::voice_text_field, session::FieldFocused{flows::voice_text_field});
    field.label = b.say(label);
    field.value = text ? text : base::SecretText(std::string());
    field.keyboard = screens::Keyboard::pinyin;
    field.focused = focused;
    field.max_code_points = catalogue::voice_text_max;
    return field;
}

void words_page(const flows::SpeakingUp& here, PageBuilder& b) {
    b.name("speak_words");
    b.title(b.say(MessageId::speak_words_title), b.say(MessageId::speak_words_subtitle));
    auto text =
        text_field(b, MessageId::speak_text, here.text, here.focused == flows::voice_text_field);
    if (here.text_missing) text.error = b.say(MessageId::speak_text_missing);
    b.add(std::move(text));
    screens::Field telephone;
    telephone.id =
        b.bind(flows::voice_telephone_field, session::FieldFocused{flows::voice_telephone_field});
    telephone.label = b.say(MessageId::speak_telephone);
    telephone.hint = b.say(MessageId::speak_telephone_hint);
    telephone.value = here.telephone ? here.telephone : base::SecretText(std::string());
    telephone.keyboard = screens::Keyboard::number;
    telephone.focused = here.focused == flows::voice_telephone_field;
    telephone.max_code_points = 11;
    if (here.telephone_wrong) telephone.error = b.say(MessageId::speak_telephone_wrong);
    b.add(std::move(telephone));
    if (here.kind == VoiceKind::stuck && !here.tried.empty()) {
        screens::Ticks ticks;
        ticks.ticks = {{b.bind("tried", session::TriedToggled{}), b.say(MessageId::speak_tried),
                        here.with_tried}};
        ticks.footnote = b.say(MessageId::speak_tried_note);
        b.add(std::move(ticks));
    }
    b.add(screens::ButtonRow{
        {b.primary("voice_next", MessageId::speak_next, session::VoiceWritten{})}});
}

void who_page(PageBuilder& b) {
    b.name("speak_who");
    b.title(b.say(MessageId::speak_who_title));
    screens::Choices list;
    list.choices.push_back({b.bind("voice_named", session::VoiceNamed{}),
                            b.say(MessageId::speak_who_named),
                            b.say(MessageId::speak_who_named_note), "id", false});
    if (b.pack.voice->anonymous)
        list.choices.push_back({b.bind("voice_unnamed", session::VoiceUnnamed{}),
                                b.say(MessageId::speak_who_unnamed),
                                b.say(MessageId::speak_who_unnamed_note), "shield-check", false});
    b.add(std::move(list));
}

void check_page(const flows::SpeakingUp& here, PageBuilder& b) {
    b.name("speak_check");
    b.title(b.say(MessageId::speak_check_title));
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value) {
        card.rows.push_back({b.say(label), std::move(value), false, {}, {}, Sensitivity::personal});
    };
    row(MessageId::speak_check_kind, b.say(kind_text(here.kind)));
    for (const auto& topic : catalogue::topics_of(*b.pack.voice, here.kind))
        if (topic.key == here.topic) row(MessageId::speak_check_topic, b.say(topic.label));
    const bool written = here.text && !here.text->empty();
    row(MessageId::speak_text, written ? *here.text : b.say(MessageId::speak_nothing_written));
    if (here.telephone && !here.telephone->empty())
        row(MessageId::speak_check_telephone, *here.telephone);
    row(MessageId::speak_check_who,
        here.person ? domain::masked_name(here.person->name(), b.in.settings.masking)
                    : b.say(MessageId::speak_who_unnamed));
    if (here.with_tried)
        row(MessageId::speak_check_tried,
            b.say(MessageId::speak_check_tried_yes, {{"n", std::to_string(here.tried.size())}}));
    b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.primary("voice_submit", MessageId::speak_submit, session::VoiceSubmitted{})}});
}

// ---- the answers

MessageId reply_kind(const std::string& kind) {
    return kind == "consult"     ? MessageId::replies_kind_consult
           : kind == "complaint" ? MessageId::replies_kind_complaint
           : kind == "stuck"     ? MessageId::replies_kind_stuck
                                 : MessageId::replies_kind_rating;
}

MessageId reply_state(const std::string& state) {
    return state == "received"    ? MessageId::replies_state_received
           : state == "assigned"  ? MessageId::replies_state_assigned
           : state == "replied"   ? MessageId::replies_state_replied
           : state == "satisfied" ? MessageId::replies_state_satisfied
                                  : MessageId::replies_state_closed;
}

// Of the nth of them.
void reply_card(const domain::VoiceReply& reply, std::size_t n, PageBuilder& b) {
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value) {
        card.rows.push_back({b.say(label), std::move(value), false, {}, {}, Sensitivity::personal});
    };
    row(MessageId::speak_check_kind, b.say(reply_kind(reply.kind)));
    row(MessageId::replies_number, reply.number);
    row(MessageId::replies_state, b.say(reply_state(reply.state)));
    if (reply.state == "received" || reply.state == "assigned")
        row(MessageId::replies_due, day_of(b, reply.due));
    if (!reply.reply.empty()) row(MessageId::replies_reply, reply.reply);
    b.add(std::move(card));
    if (!reply.asks) return;
    b.add(screens::Line{b.say(MessageId::replies_ask), false, true});
    b.add(screens::ButtonRow{
        {b.button("content:" + std::to_string(n), b.say(MessageId::replies_content),
                  ButtonLook::equal, session::ReplyJudged{reply.number, true}),
         b.button("not_yet:" + std::to_string(n), b.say(MessageId::replies_not_yet),
                  ButtonLook::equal, session::ReplyJudged{reply.number, false})}});
}

}  // namespace

void add_stuck_button(PageBuilder& b) {
    if (!offers_voices(b)) return;
    b.add(screens::ButtonRow{
        {b.secondary("stuck", MessageId::speak_stuck, session::SpeakUpOpened{VoiceKind::stuck})}});
}

void add_speak_up_buttons(PageBuilder& b) {
    if (!offers_voices(b)) return;
    b.add(screens::ButtonRow{{b.secondary("consult", MessageId::speak_consult,
                                          session::SpeakUpOpened{VoiceKind::consult}),
                              b.secondary("complain", MessageId::speak_complaint,
                                          session::SpeakUpOpened{VoiceKind::complaint})}});
}

void show(const flows::SpeakingUp& here, PageBuilder& b) {
    if (!b.pack.voice) return;  // another pack came: nobody is here any more
    switch (here.page) {
        case flows::SpeakPage::topic:
            return topic_page(here, b);
        case flows::SpeakPage::words:
            return words_page(here, b);
        case flows::SpeakPage::who:
            return who_page(b);
        case flows::SpeakPage::check:
            break;
    }
    check_page(here, b);
}

void show(const flows::KeepingVoice& here, PageBuilder& b) {
    b.title(b.say(MessageId::voice_keeping_title));
    const auto waited = b.in.now - here.since;
    b.add(screens::Progress{
        "lock",
        waited < session::wait_explained
            ? b.say(MessageId::voice_keeping_title)
            : b.say(MessageId::sealing_long,
                    {{"seconds", std::to_string(session::hand_in_limit.count())}}),
        -1});
}

void show(const flows::VoiceProblem& here, PageBuilder& b) {
    b.title(b.say(here.unknown ? MessageId::voice_problem_unknown_title
                               : MessageId::voice_problem_title));
    b.page.screen.low = true;
    b.add(screens::Notice{Tone::warn,
                          "alert-triangle",
                          std::string(base::citizen_text(here.fault.code, b.locale())),
                          {b.say(MessageId::voice_problem_text), b.window_sentence()},
                          true});
    b.add(screens::ButtonRow{
        {b.primary("voice_again", MessageId::voice_problem_again, session::HandInTriedAgain{})}});
}

void show(const flows::VoiceKept& here, PageBuilder& b) {
    const std::string days = b.pack.voice ? std::to_string(b.pack.voice->reply_days) : "5";
    b.add(screens::Notice{
        Tone::success,
        "circle-check",
        b.say(MessageId::receipt_state),
        {b.say(MessageId::voice_kept_line, {{"days", days}}), b.say(MessageId::voice_kept_how)},
        true});
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value, bool strong = false) {
        // Whoever hears number and code can ask for the answer.
        card.rows.push_back(
            {b.say(label), std::move(value), strong, {}, {}, Sensitivity::personal});
    };
    row(MessageId::speak_check_kind, b.say(kind_text(here.kind)));
    row(MessageId::receipt_number, domain::grouped_by_four(here.receipt.local_number), true);
    row(MessageId::receipt_look_up_code, domain::grouped_by_four(here.receipt.look_up_code));
    card.qr_text = here.receipt.qr_text;
    card.qr_caption = {b.say(MessageId::receipt_qr_1), b.say(MessageId::receipt_qr_2)};
    b.add(std::move(card));
    PaperLine slip{here.paper, here.printer, here.fault};
    slip.printing = b.say(MessageId::receipt_printing, {{"n", "1"}, {"m", "1"}});
    add_paper_line(b, slip);
    if (b.in.session.card_present)
        b.add(screens::Strip{"id", b.say(MessageId::voice_card), {}, {}, Tone::warn});
    screens::ButtonRow buttons;
    if (here.paper == flows::Paper::printing)
        buttons.buttons.push_back({{}, b.say(MessageId::receipt_print_again)});
    else
        buttons.buttons.push_back(b.secondary("print_again", MessageId::receipt_print_again,
                                              session::ReceiptPrintedAgain{}));
    buttons.buttons.push_back(
        b.primary("voice_done", MessageId::voice_kept_done, session::ReceiptTaken{}));
    b.add(std::move(buttons));
    const int seconds = session::closing_in(b.in.session, b.in.now, b.in.settings.times);
    if (here.paper == flows::Paper::printing)
        b.line(b.say(MessageId::receipt_waits_for_paper));
    else if (seconds > 0)
        b.line(b.say(MessageId::closing_in, {{"seconds", std::to_string(seconds)}}));
}

void rating_reasons_page(const flows::Rating& here, PageBuilder& b) {
    b.name("rating_reasons");
    b.title(b.say(MessageId::rating_more_title), b.say(MessageId::rating_more_subtitle));
    const auto& rules = *b.pack.voice;
    if (here.writing) {
        b.name("rating_words");
        b.title(b.say(MessageId::rating_more_text));
        b.add(text_field(b, MessageId::speak_text, here.text, true));
        b.add(screens::ButtonRow{
            {b.primary("rating_written", MessageId::speak_next, session::VoiceWritten{})}});
        return;
    }
    screens::Ticks ticks;
    for (const auto& reason : rules.reasons) {
        const auto& levels = reason.levels;
        if (std::find(levels.begin(), levels.end(), here.level) == levels.end()) continue;
        const bool ticked =
            std::find(here.reasons.begin(), here.reasons.end(), reason.key) != here.reasons.end();
        ticks.ticks.push_back({b.bind("reason:" + reason.key, session::ReasonToggled{reason.key}),
                               b.say(reason.label), ticked});
    }
    b.add(std::move(ticks));
    constexpr std::array words{MessageId::rating_word_1, MessageId::rating_word_2,
                               MessageId::rating_word_3, MessageId::rating_word_4,
                               MessageId::rating_word_5};
    for (const auto& dimension : rules.dimensions) {
        screens::OptionRow row;
        row.label = b.say(dimension.label);
        for (int level = 1; level <= 5; ++level) {
            const bool chosen = std::any_of(
                here.dimensions.begin(), here.dimensions.end(),
                [&](const auto& one) { return one.key == dimension.key && one.level == level; });
            row.options.push_back({b.bind("rate_" + dimension.key + "=" + std::to_string(level),
                                          session::DimensionRated{dimension.key, level}),
                                   b.say(words.at(static_cast<std::size_t>(level - 1))), chosen});
        }
        b.add(std::move(row));
    }
    b.add(text_field(b, MessageId::rating_more_text, here.text, false));
    b.add(screens::ButtonRow{
        {b.secondary("rating_skip", MessageId::rating_skip, session::RatingSkipped{}),
         b.primary("rating_submit", MessageId::rating_more_submit, session::RatingSubmitted{})}});
    const int seconds = session::closing_in(b.in.session, b.in.now, b.in.settings.times);
    b.line(b.say(MessageId::rating_closing, {{"seconds", std::to_string(seconds)}}));
}

void show(const flows::AskingReplies&, PageBuilder& b) {
    b.title(b.say(MessageId::replies_waiting));
    b.add(screens::Progress{"search", b.say(MessageId::replies_waiting), -1});
    b.add(screens::ButtonRow{
        {b.secondary("ask_cancel", MessageId::progress_cancel, session::WentBack{})}});
}

void show(const flows::ShowingReplies& here, PageBuilder& b) {
    b.title(b.say(MessageId::replies_title));
    if (here.fault)
        b.add(screens::Notice{Tone::warn,
                              "info-circle",
                              b.say(MessageId::replies_failed),
                              {std::string(base::citizen_text(here.fault->code, b.locale()))},
                              true});
    else if (here.replies.empty())
        b.add(screens::Notice{Tone::info,
                              "info-circle",
                              b.say(MessageId::replies_none),
                              {b.say(MessageId::replies_none_text)},
                              true});
    for (std::size_t n = 0; n < here.replies.size(); ++n) reply_card(here.replies[n], n, b);
    screens::ButtonRow buttons;
    if (here.fault)
        buttons.buttons.push_back(
            b.secondary("replies_again", MessageId::replies_again, session::RepliesOpened{}));
    buttons.buttons.push_back(b.primary("replies_done", MessageId::replies_done, session::Ended{}));
    b.add(std::move(buttons));
    if (here.fault) add_stuck_button(b);
}

}  // namespace app
