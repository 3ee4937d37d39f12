// Picking a place from the pack's table level by level, and writing one that is not in it.
#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"

namespace app {

using screens::ButtonLook;

namespace {

constexpr std::size_t shown_levels = 2;  // of the way so far: more do not fit beside each other
constexpr std::size_t longest_name = 30;

MessageId question_below(const std::string& code) {
    if (code.empty()) return MessageId::place_which_province;
    if (code.ends_with("0000")) return MessageId::place_which_prefecture;
    if (code.size() == 6 && code.ends_with("00")) return MessageId::place_which_county;
    return code.size() == 6 ? MessageId::place_which_town : MessageId::place_which_village;
}

// A press on a level chooses that level again.
std::vector<screens::Button> way_to(PageBuilder& b, const std::string& key, std::string code) {
    std::vector<screens::Button> way;
    for (; !code.empty() && way.size() < shown_levels; code = catalogue::code_above(code)) {
        const auto* unit = b.pack.divisions.find(code);
        if (unit == nullptr) break;
        way.insert(way.begin(), b.button("level:" + code, b.say(unit->name), ButtonLook::quiet,
                                         session::OptionPicked{key, catalogue::code_above(code)}));
    }
    return way;
}

void place_list(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    const auto& table = b.pack.divisions;
    const auto& under = form.place.under;
    b.name("form_division");
    b.title(b.say(field.label), b.say(question_below(under)));
    screens::DivisionPicker picker;
    // Each level is leafed through by itself.
    picker.id = field.key + ".within" + under;
    picker.chosen = way_to(b, field.key, under);
    for (const auto* unit : table.within(under))
        picker.choices.push_back(
            {b.bind(field.key + "=" + unit->code, session::OptionPicked{field.key, unit->code}),
             b.say(unit->name), unit->initial});
    picker.other = b.button("place_other", b.say(MessageId::place_other), ButtonLook::quiet,
                            session::PlaceNotListed{field.key}, "pencil");
    if (const auto edition = domain::date_from_iso(table.edition))
        picker.edition =
            b.say(MessageId::place_edition, {{"date", domain::in_words(*edition, b.locale())}});
    b.add(std::move(picker));
}

void written_place(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    const auto where = b.pack.divisions.full_name(form.place.under).in(b.locale());
    b.name("form_place");
    b.title(b.say(field.label), b.say(MessageId::place_written_subtitle));
    screens::Field block;
    block.id = b.bind(field.key, session::FieldFocused{field.key});
    block.label = b.say(MessageId::place_written_label);
    if (!where.empty()) block.hint = b.say(MessageId::place_written_in, {{"place", where}});
    block.value = form.place.typed;
    for (const auto& problem : form.problems)
        if (problem.key == field.key) block.error = b.say(problem.message);
    block.focused = true;
    block.keyboard = screens::Keyboard::pinyin;
    block.max_code_points = longest_name;
    b.add(std::move(block));
    b.add(screens::ButtonRow{
        {b.primary("place_written", MessageId::place_written_done, session::PageCompleted{})}});
}

}  // namespace

void place_page(PageBuilder& b, const flows::FillingForm& form, const catalogue::Field& field) {
    if (form.place.by_hand)
        written_place(b, form, field);
    else
        place_list(b, form, field);
}

}  // namespace app
