// Situation questions, kind ends, the form.
#include "app/present/page_builder.hpp"
#include "domain/printing.hpp"

#include <algorithm>

namespace app {

using screens::ButtonLook;
using screens::Tone;

namespace {

const std::string& value_of(const flows::Journey& journey, const std::string& key) {
    static const std::string empty;
    const auto found = journey.draft.find(key);
    return found == journey.draft.end() || !found->second.text ? empty : *found->second.text;
}

screens::Keyboard keyboard_for(catalogue::FieldType type) {
    switch (type) {
        case catalogue::FieldType::phone:
        case catalogue::FieldType::bank_account:
        case catalogue::FieldType::date:
        case catalogue::FieldType::digits:
            return screens::Keyboard::number;
        case catalogue::FieldType::money:
            return screens::Keyboard::money;
        case catalogue::FieldType::credit_code:
            return screens::Keyboard::credit_code;
        case catalogue::FieldType::plate:
            return screens::Keyboard::plate;
        case catalogue::FieldType::id_number:
            return screens::Keyboard::number_x;
        case catalogue::FieldType::text:
        case catalogue::FieldType::name:
            return screens::Keyboard::pinyin;
        case catalogue::FieldType::choice:
        case catalogue::FieldType::choices:
        case catalogue::FieldType::division:
            break;
    }
    return screens::Keyboard::none;
}

std::string label_of(const PageBuilder& b, const catalogue::Field& field) {
    return field.required ? b.say(field.label)
                          : b.say(MessageId::form_optional, {{"label", b.say(field.label)}});
}

std::string problem_of(const PageBuilder& b, const flows::FillingForm& form,
                       const std::string& key) {
    for (const auto& problem : form.problems)
        if (problem.key == key) return b.say(problem.message);
    return {};
}

void choice_field(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    const auto& chosen = value_of(form.journey, field.key);
    screens::Choices block;
    block.radio = true;
    block.style =
        field.options.size() == 2 ? screens::ChoiceStyle::pair : screens::ChoiceStyle::rows;
    for (const auto& option : field.options)
        block.choices.push_back(
            {b.bind(field.key + "=" + option.value, session::OptionPicked{field.key, option.value}),
             b.say(option.label),
             {},
             {},
             chosen == option.value});
    b.add(screens::Line{label_of(b, field), false, false});
    const auto problem = problem_of(b, form, field.key);
    if (!problem.empty()) b.add(screens::Notice{Tone::danger, "alert-circle", problem, {}, false});
    b.add(std::move(block));
}

// Several of a list: rows that are ticked, the first one chosen being the main one.
void choices_field(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    const auto chosen = catalogue::chosen_values(value_of(form.journey, field.key));
    screens::Ticks block;
    block.title = label_of(b, field);
    for (const auto& option : field.options)
        block.ticks.push_back(
            {b.bind(field.key + "=" + option.value, session::OptionPicked{field.key, option.value}),
             b.say(option.label),
             std::find(chosen.begin(), chosen.end(), option.value) != chosen.end()});
    block.footnote = field.hint.empty()
                         ? b.say(MessageId::choices_hint, {{"least", std::to_string(field.least)},
                                                           {"most", std::to_string(field.most)}})
                         : b.say(field.hint);
    const auto problem = problem_of(b, form, field.key);
    if (!problem.empty()) b.add(screens::Notice{Tone::danger, "alert-circle", problem, {}, false});
    b.add(std::move(block));
}

void typed_field(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    const auto& value = value_of(form.journey, field.key);
    const auto draft = form.journey.draft.find(field.key);
    const bool prefilled = draft != form.journey.draft.end() && !value.empty() &&
                           draft->second.origin != catalogue::Origin::typed;
    screens::Field block;
    block.id = b.bind(field.key, session::FieldFocused{field.key});
    block.label = label_of(b, field);
    block.hint = b.say(field.hint);
    block.value = base::SecretText(value);
    block.middle_dot = field.type == catalogue::FieldType::name;
    const bool plain_text =
        field.type == catalogue::FieldType::text || field.type == catalogue::FieldType::name;
    if (!plain_text || field.locked)
        block.shown = catalogue::shown_value(b.pack, field, value, b.locale(),
                                             field.locked ? &b.in.settings.masking : nullptr);
    if (prefilled) block.tag = b.say(MessageId::form_prefilled);
    if (field.type == catalogue::FieldType::division && !field.locked)
        block.action = b.button("change:" + field.key, b.say(MessageId::form_change),
                                ButtonLook::quiet, session::FieldFocused{field.key});
    block.error = problem_of(b, form, field.key);
    block.focused = form.focused == field.key;
    block.keyboard = field.locked ? screens::Keyboard::none : keyboard_for(field.type);
    block.max_code_points = static_cast<std::size_t>(field.max_length);
    b.add(std::move(block));
}

void date_field(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    screens::DateField block;
    block.id = b.bind(field.key, session::FieldFocused{field.key});
    block.label = label_of(b, field);
    block.hint = b.say(field.hint);
    block.value = base::SecretText(value_of(form.journey, field.key));
    block.error = problem_of(b, form, field.key);
    block.focused = form.focused == field.key;
    b.add(std::move(block));
}

// Which question of those that are asked of this person, and of how many.
std::string counter(const PageBuilder& b, const std::vector<catalogue::FormPage>& form,
                    std::size_t page, const catalogue::Facts& facts) {
    const auto asked = [&](auto end) {
        return std::to_string(std::count_if(
            form.begin(), end, [&](const auto& each) { return catalogue::is_asked(each, facts); }));
    };
    const auto here = form.begin() + static_cast<std::ptrdiff_t>(page) + 1;
    return b.say(MessageId::form_counter, {{"n", asked(here)}, {"m", asked(form.end())}});
}

}  // namespace

void show(const flows::AnsweringSituation& here, PageBuilder& b) {
    const auto& item = *b.item(here.journey.item_code);
    for (const auto& question : item.situation) {
        if (question.id != here.question) continue;
        b.title(b.say(question.text),
                b.say(MessageId::situation_subtitle, {{"item", b.say(item.name)}}));
        if (!question.help.empty())
            b.add(screens::Notice{Tone::info, "info-circle", {}, {b.say(question.help)}, false});
        const auto chosen = here.journey.situation.find(question.id);
        screens::Choices block;
        for (const auto& option : question.options)
            block.choices.push_back(
                {b.bind(question.id + "=" + option.value,
                        session::QuestionAnswered{question.id, option.value}),
                 b.say(option.label),
                 b.say(option.note),
                 {},
                 chosen != here.journey.situation.end() && chosen->second == option.value});
        b.add(std::move(block));
    }
}

void show(const flows::NotEligible& here, PageBuilder& b) {
    const auto& item = *b.item(here.item_code);
    for (const auto& stop : item.stops) {
        if (stop.id != here.stop_id) continue;
        b.title(catalogue::fill_in(b.say(stop.title), here.facts, b.locale()),
                b.say(MessageId::not_eligible_subtitle));
        const auto text = catalogue::fill_in(b.say(stop.text), here.facts, b.locale());
        b.add(screens::Notice{Tone::info,
                              "info-circle",
                              text,
                              {catalogue::fill_in(b.say(stop.next_step), here.facts, b.locale()),
                               b.window_sentence()},
                              true,
                              text == b.say(stop.text) ? screens::Sensitivity::open
                                                       : screens::Sensitivity::personal});
    }
    if (domain::can_print_slips(b.in.health))
        b.add(screens::ButtonRow{
            {b.secondary("print_list", MessageId::guide_print_stop, session::ListPrintWanted{})}});
    b.add(screens::ButtonRow{
        {b.secondary("read_guide", MessageId::not_eligible_guide, session::WentBack{}),
         b.primary("stop_end", MessageId::card_refused_home, session::Ended{})}});
    add_stuck_button(b);
}

void show(const flows::FillingForm& here, PageBuilder& b) {
    const auto& item = *b.item(here.journey.item_code);
    const auto& page = item.form.at(here.page);
    for (const auto& field : page.fields)
        if (field.key == here.focused && field.type == catalogue::FieldType::division)
            return place_page(b, here, field);
    const auto facts = catalogue::facts_for(item, *here.journey.person, here.journey.situation,
                                            base::local_date(b.in.now), b.in.settings.division);
    b.name("form_" + page.id);
    const auto hint = catalogue::fill_in(b.say(page.hint), facts, b.locale());
    const auto count = counter(b, item.form, here.page, facts);
    b.title(b.say(page.title), hint.empty() ? count : hint + " · " + count);
    // Age and amount are the person's own.
    if (hint != b.say(page.hint)) b.page.screen.heading = screens::Sensitivity::personal;
    if (here.problems.size() > 1) {
        screens::ErrorSummary summary;
        summary.title =
            b.say(MessageId::form_errors, {{"n", std::to_string(here.problems.size())}});
        for (const auto& problem : here.problems)
            summary.lines.push_back(
                {b.bind("fix:" + problem.key, session::FieldFocused{problem.key}),
                 b.say(problem.message)});
        b.add(std::move(summary));
    }
    for (const auto& field : page.fields) {
        if (!catalogue::is_visible(field, facts)) continue;
        if (field.type == catalogue::FieldType::choice)
            choice_field(b, here, field);
        else if (field.type == catalogue::FieldType::choices)
            choices_field(b, here, field);
        else if (field.type == catalogue::FieldType::date && !field.locked)
            date_field(b, here, field);
        else
            typed_field(b, here, field);
    }
    const auto after = item.form.begin() + static_cast<std::ptrdiff_t>(here.page) + 1;
    const bool last = std::none_of(
        after, item.form.end(), [&](const auto& each) { return catalogue::is_asked(each, facts); });
    const auto text = here.back_to_review ? MessageId::form_back_to_review
                      : last              ? MessageId::form_done
                                          : MessageId::form_next;
    b.add(screens::ButtonRow{{b.primary("next", text, session::PageCompleted{})}});
}

}  // namespace app
