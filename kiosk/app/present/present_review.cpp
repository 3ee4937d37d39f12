// Materials, review.
#include "app/present/guide_of_terms.hpp"
#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"
#include "domain/printing.hpp"

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
    if (item.terms.lenient == catalogue::LenientClass::a)
        b.add(screens::Notice{
            Tone::info, "info-circle", {}, {b.say(MessageId::terms_lenient_a_note)}, false});
    if (later > 0)
        b.add(screens::Notice{
            Tone::info, "calendar-time", {}, {b.say(MessageId::materials_lenient_note)}, false});
    screens::ButtonRow row;
    if (domain::can_print_slips(b.in.health))
        row.buttons.push_back(
            b.secondary("print_list", MessageId::guide_print, session::ListPrintWanted{}));
    row.buttons.push_back(
        b.primary("materials_next", MessageId::materials_next, session::MaterialsAccepted{}));
    b.add(std::move(row));
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
    const auto delivery =
        chosen_delivery(b, *b.item(here.journey.item_code), here.journey.situation);
    if (!delivery.empty())
        card.rows.push_back({b.say(MessageId::terms_delivery), delivery, false, {}, {}, {}});
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

}  // namespace app
