// The letter in three parts and its signature.
#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"

#include <algorithm>

namespace app {

using screens::Sensitivity;
using screens::Tone;

namespace {

void told(PageBuilder& b, MessageId heading, const std::vector<catalogue::Text>& lines,
          screens::TextCard& card) {
    std::string text;
    int number = 0;
    for (const auto& line : lines)
        text += (text.empty() ? "" : "\n") + std::to_string(++number) + ". " + b.say(line);
    card.paragraphs.push_back({b.say(heading), {}, std::move(text), false, {}});
}

void missing_in_letter(PageBuilder& b, const flows::SigningLetter& here,
                       const catalogue::Letter& letter) {
    std::vector<std::string> lines;
    if (!here.undertaking && letter.always)
        lines.push_back(
            b.say(MessageId::terms_missing_promise, {{"commit", b.say(letter.commit.label)}}));
    else if (!here.undertaking)
        lines.push_back(b.say(
            MessageId::letter_missing_choice,
            {{"commit", b.say(letter.commit.label)}, {"ordinary", b.say(letter.ordinary.label)}}));
    const auto open = std::count(here.ticks.begin(), here.ticks.end(), false);
    if (open > 0 && here.undertaking != catalogue::Undertaking::ordinary)
        lines.push_back(b.say(MessageId::letter_missing_ticks, {{"n", std::to_string(open)}}));
    using catalogue::SignatureWay;
    const bool drawn = here.signature && !here.signature->empty();
    if (here.way == SignatureWay::touch && !drawn)
        lines.push_back(b.say(MessageId::letter_missing_signature));
    if (here.way == SignatureWay::touch && drawn && !domain::is_a_signature(*here.signature))
        lines.push_back(b.say(MessageId::signature_short));
    if (here.way == SignatureWay::witnessed && !drawn)
        lines.push_back(b.say(MessageId::mark_missing));
    if (here.way == SignatureWay::thumb && !here.thumb_print)
        lines.push_back(b.say(MessageId::thumb_missing));
    if (lines.empty()) return;
    b.add(screens::Notice{Tone::danger, "alert-circle", b.say(MessageId::letter_missing_title),
                          std::move(lines), false});
}

// One clause, read aloud; it can be confirmed when it has been said to its end.
void read_aloud_page(PageBuilder& b, const flows::SigningLetter& here,
                     const catalogue::Letter& letter) {
    const auto clause = here.confirmed_at.size();
    b.name("letter_read");
    b.title(b.say(MessageId::read_aloud_title, {{"n", std::to_string(clause + 1)},
                                                {"m", std::to_string(letter.clauses.size())}}));
    screens::TextCard card;
    card.paragraphs.push_back({{}, {}, b.say(letter.clauses.at(clause)), false, {}});
    b.add(std::move(card));
    const bool voice = b.in.health.speech.state == domain::DeviceState::ready;
    b.add(screens::Notice{voice ? Tone::info : Tone::warn,
                          "ear",
                          b.say(!voice       ? MessageId::read_aloud_no_voice
                                : here.heard ? MessageId::read_aloud_heard
                                             : MessageId::read_aloud_listen),
                          {},
                          false});
    screens::ButtonRow row{
        {b.secondary("letter_back", MessageId::previous_page, session::WentBack{})}};
    if (here.heard)
        row.buttons.push_back(
            b.primary("clause_heard", MessageId::read_aloud_confirm, session::ClauseConfirmed{}));
    b.add(std::move(row));
}

// Where it is signed, the other ways, and on.
void signing_place(PageBuilder& b, const flows::SigningLetter& here,
                   const catalogue::Letter& letter) {
    using catalogue::SignatureWay;
    const bool mark = here.way == SignatureWay::witnessed;
    if (here.way == SignatureWay::read_aloud)
        b.add(screens::Notice{Tone::success, "ear", b.say(MessageId::read_aloud_done), {}, false});
    else if (here.thumb_print)
        b.add(
            screens::Notice{Tone::success, "fingerprint", b.say(MessageId::thumb_done), {}, false});
    else
        b.add(screens::SignaturePad{
            "signature", b.say(mark ? MessageId::mark_label : MessageId::letter_signature),
            b.say(MessageId::letter_rewrite), here.signature});
    screens::ButtonRow ways;
    if (flows::open_ways(letter, b.in.health).size() > 1)
        ways.buttons.push_back(
            b.secondary("other_way", MessageId::letter_other_way, session::OtherWaysOpened{}));
    ways.buttons.push_back(b.secondary("view", MessageId::letter_view, session::LetterViewed{}));
    b.add(std::move(ways));
    b.add(screens::ButtonRow{
        {b.secondary("letter_back", MessageId::previous_page, session::WentBack{}),
         b.primary("submit", mark ? MessageId::mark_submit : MessageId::letter_submit,
                   session::LetterSubmitted{})}});
}

}  // namespace

void show(const flows::SigningLetter& here, PageBuilder& b) {
    const auto& item = *b.item(here.journey.item_code);
    const auto& letter = item.letter;
    if (here.reading) return read_aloud_page(b, here, letter);
    b.name("letter_" + std::to_string(here.page + 1));
    b.title(b.say(letter.title),
            b.say(MessageId::letter_page, {{"n", std::to_string(here.page + 1)}}));
    if (here.page == 0) {
        screens::TextCard card;
        told(b, MessageId::letter_conditions, letter.conditions, card);
        told(b, MessageId::letter_consequences, letter.consequences, card);
        card.paragraphs.push_back({{}, {}, b.say(letter.basis), true, {}});
        b.add(std::move(card));
    } else if (here.page == 1) {
        screens::KeyValues card;
        card.title = b.say(MessageId::letter_application);
        for (const auto& row : review_rows(b, here.journey, {}))
            card.rows.push_back({row.label, row.value, false, {}, {}, Sensitivity::personal});
        b.add(std::move(card));
    } else {
        screens::Ticks ticks;
        ticks.title = b.say(MessageId::letter_clauses);
        for (std::size_t i = 0; i < letter.clauses.size(); ++i)
            ticks.ticks.push_back(
                {b.bind("clause:" + std::to_string(i + 1), session::ClauseTicked{i}),
                 b.say(letter.clauses[i]), here.ticks.at(i)});
        b.add(std::move(ticks));
        if (here.incomplete_shown) missing_in_letter(b, here, letter);
        using catalogue::Undertaking;
        // Both ways with their own time, so that nobody has to compare by the small print.
        const auto note = [&](const catalogue::LetterChoice& choice, std::int64_t days) {
            return letter.ordinary_days == 0
                       ? b.say(choice.note)
                       : b.say(MessageId::terms_days,
                               {{"days", std::to_string(days)}, {"note", b.say(choice.note)}});
        };
        screens::Choices choices{
            letter.always ? screens::ChoiceStyle::rows : screens::ChoiceStyle::pair, true, {}};
        choices.choices.push_back(
            {b.bind("commit", session::UndertakingChosen{Undertaking::commit}),
             b.say(letter.commit.label),
             note(letter.commit, item.promised_days),
             {},
             here.undertaking == Undertaking::commit});
        if (!letter.always)
            choices.choices.push_back(
                {b.bind("ordinary", session::UndertakingChosen{Undertaking::ordinary}),
                 b.say(letter.ordinary.label),
                 note(letter.ordinary, letter.ordinary_days),
                 {},
                 here.undertaking == Undertaking::ordinary});
        b.add(std::move(choices));
        signing_place(b, here, letter);
        return;
    }
    b.add(screens::ButtonRow{
        {b.secondary("letter_back", MessageId::previous_page, session::WentBack{}),
         b.primary("letter_turn", MessageId::letter_turn, session::LetterTurned{})}});
}

}  // namespace app
