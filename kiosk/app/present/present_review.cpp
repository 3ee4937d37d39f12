// Materials, review, letter.
#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"

#include <algorithm>

namespace app {

using screens::ButtonLook;
using screens::Sensitivity;
using screens::Tone;

namespace {

MessageId source_text(catalogue::MaterialSource source) {
    switch (source) {
        case catalogue::MaterialSource::generated:
            return MessageId::material_generated;
        case catalogue::MaterialSource::chip:
            return MessageId::material_chip;
        case catalogue::MaterialSource::exempt:
            return MessageId::material_exempt;
        case catalogue::MaterialSource::typed:
            return MessageId::material_typed;
        case catalogue::MaterialSource::later:
            break;
    }
    return MessageId::material_later;
}

std::string due_in_words(const PageBuilder& b, const std::string& iso) {
    const auto date = domain::date_from_iso(iso);
    return date ? domain::in_words(*date, b.locale()) : iso;
}

MessageId proof_text(catalogue::ProofKind kind) {
    switch (kind) {
        case catalogue::ProofKind::chip:
            return MessageId::review_proof_chip;
        case catalogue::ProofKind::chip_and_face:
            return MessageId::review_proof_face;
        case catalogue::ProofKind::chip_and_visit:
            break;
    }
    return MessageId::review_proof_visit;
}

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
    if (!here.undertaking)
        lines.push_back(b.say(
            MessageId::letter_missing_choice,
            {{"commit", b.say(letter.commit.label)}, {"ordinary", b.say(letter.ordinary.label)}}));
    const auto open = std::count(here.ticks.begin(), here.ticks.end(), false);
    if (open > 0 && here.undertaking != catalogue::Undertaking::ordinary)
        lines.push_back(b.say(MessageId::letter_missing_ticks, {{"n", std::to_string(open)}}));
    if (!here.confirmed_by_ear() && (!here.signature || here.signature->empty()))
        lines.push_back(b.say(MessageId::letter_missing_signature));
    if (lines.empty()) return;
    b.add(screens::Notice{Tone::danger, "alert-circle", b.say(MessageId::letter_missing_title),
                          std::move(lines), false});
}

}  // namespace

std::vector<ReviewRow> review_rows(const PageBuilder& b, const flows::Journey& journey,
                                   const std::string& revealed) {
    const auto& item = *b.item(journey.item_code);
    const auto facts = catalogue::facts_for(item, *journey.person, journey.situation,
                                            base::local_date(b.in.now), b.in.settings.division);
    const auto advice = catalogue::warnings(item, journey.draft);
    std::vector<ReviewRow> rows;
    for (std::size_t page = 0; page < item.form.size(); ++page) {
        for (const auto& field : item.form[page].fields) {
            if (!catalogue::is_visible(field, facts)) continue;
            const auto value = journey.draft.find(field.key);
            const bool given =
                value != journey.draft.end() && value->second.text && !value->second.text->empty();
            ReviewRow row;
            row.label = b.say(field.label);
            const bool masked = revealed != field.key;
            row.value = given
                            ? catalogue::shown_value(b.pack, field, *value->second.text, b.locale(),
                                                     masked ? &b.in.settings.masking : nullptr)
                            : b.say(MessageId::form_empty);
            if (given && field.mask != catalogue::FieldMask::none) row.masked_key = field.key;
            row.page = page;
            row.changeable = !field.locked;
            for (const auto& warning : advice)
                if (warning.key == field.key) row.warning = b.say(warning.message);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

void show(const flows::CheckingMaterials& here, PageBuilder& b) {
    const auto& item = *b.item(here.journey.item_code);
    const auto facts = catalogue::facts_for(item, *here.journey.person, here.journey.situation,
                                            base::local_date(b.in.now), b.in.settings.division);
    const auto states = catalogue::materials_for(item, facts, base::local_date(b.in.now));
    const auto later = std::count_if(states.begin(), states.end(), [](const auto& state) {
        return state.source == catalogue::MaterialSource::later;
    });
    b.title(b.say(MessageId::materials_title),
            b.say(MessageId::materials_subtitle, {{"later", std::to_string(later)}}));
    screens::KeyValues card;
    for (const auto& state : states) {
        for (const auto& material : item.materials) {
            if (material.code != state.code) continue;
            const auto due = due_in_words(b, state.due);
            card.rows.push_back({b.say(material.name),
                                 b.say(source_text(state.source), {{"due", due}}),
                                 false,
                                 {},
                                 {},
                                 {}});
        }
    }
    b.add(std::move(card));
    if (later > 0)
        b.add(screens::Notice{
            Tone::info, "calendar-time", {}, {b.say(MessageId::materials_lenient_note)}, false});
    b.add(screens::ButtonRow{
        {b.primary("materials_next", MessageId::materials_next, session::MaterialsAccepted{})}});
}

void show(const flows::Reviewing& here, PageBuilder& b) {
    b.title(b.say(MessageId::review_title), b.say(MessageId::review_subtitle));
    screens::KeyValues card;
    card.rows.push_back({b.say(MessageId::review_proof),
                         b.say(proof_text(here.application.proof.kind)),
                         false,
                         {},
                         {},
                         {}});
    for (const auto& row : review_rows(b, here.journey, here.revealed)) {
        screens::KeyValue shown{row.label,   row.value, false,
                                row.warning, {},        Sensitivity::personal};
        if (row.changeable)
            shown.action = b.button(
                "change:" + std::to_string(row.page) + ":" + std::to_string(card.rows.size()),
                b.say(MessageId::form_change), ButtonLook::quiet, session::PageReopened{row.page},
                "pencil");
        if (!row.masked_key.empty() && row.masked_key == here.revealed)
            shown.reveal = b.button("hide:" + row.masked_key, b.say(MessageId::review_hide),
                                    ButtonLook::quiet, session::FieldHidden{}, "eye-off");
        else if (!row.masked_key.empty())
            shown.reveal =
                b.button("reveal:" + row.masked_key, b.say(MessageId::review_reveal),
                         ButtonLook::quiet, session::FieldRevealed{row.masked_key}, "eye");
        card.rows.push_back(std::move(shown));
    }
    b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.primary("review_next", MessageId::review_next, session::ReviewAccepted{})}});
}

namespace {

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
        screens::Choices choices{screens::ChoiceStyle::pair, true, {}};
        choices.choices.push_back(
            {b.bind("commit", session::UndertakingChosen{Undertaking::commit}),
             b.say(letter.commit.label),
             b.say(letter.commit.note),
             {},
             here.undertaking == Undertaking::commit});
        choices.choices.push_back(
            {b.bind("ordinary", session::UndertakingChosen{Undertaking::ordinary}),
             b.say(letter.ordinary.label),
             b.say(letter.ordinary.note),
             {},
             here.undertaking == Undertaking::ordinary});
        b.add(std::move(choices));
        const bool by_ear = letter.allows(catalogue::SignatureWay::read_aloud) &&
                            b.in.session.comfort.speech &&
                            b.in.health.speech.state == domain::DeviceState::ready;
        if (here.confirmed_by_ear())
            b.add(screens::Notice{
                Tone::success, "ear", b.say(MessageId::read_aloud_done), {}, false});
        else if (by_ear)
            b.add(screens::ButtonRow{{b.secondary("read_aloud", MessageId::read_aloud,
                                                  session::ReadAloudChosen{}, "ear")}});
        if (!here.confirmed_by_ear())
            b.add(screens::SignaturePad{"signature", b.say(MessageId::letter_signature),
                                        b.say(MessageId::letter_rewrite), here.signature});
        b.add(screens::ButtonRow{
            {b.secondary("letter_back", MessageId::previous_page, session::WentBack{}),
             b.primary("submit", MessageId::letter_submit, session::LetterSubmitted{})}});
        return;
    }
    b.add(screens::ButtonRow{
        {b.secondary("letter_back", MessageId::previous_page, session::WentBack{}),
         b.primary("letter_turn", MessageId::letter_turn, session::LetterTurned{})}});
}

}  // namespace app
