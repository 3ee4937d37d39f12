#include "base/bytes.hpp"
#include "catalogue/reading/known_facts.hpp"
#include "catalogue/reading/pack_parts.hpp"

#include <regex>
#include <set>

namespace catalogue::reading {

namespace {

// UX-125: an error names the mend and is read at a glance.
constexpr std::size_t longest_message_hanzi = 24;
constexpr std::size_t longest_pattern = 200;

void lint_pattern(const std::string& pattern, const std::string& place, Problems& problems) {
    const auto points = base::code_points(pattern);
    if (points.size() > longest_pattern) {
        problems.add(place, "longer than 200 characters");
        return;
    }
    try {
        const std::wregex compiled(std::wstring(points.begin(), points.end()));
    } catch (const std::regex_error&) {
        problems.add(place, "not a regular expression (ECMAScript)");
    }
}

void lint_validations(const Field& field, const KnownFacts& known, std::size_t questions,
                      const std::string& place, Problems& problems) {
    for (std::size_t i = 0; i < field.validations.size(); ++i) {
        const auto& validation = field.validations[i];
        const std::string at = place_of(place_of(place, "validations"), i);
        if (base::count_code_points(validation.message.zh) > longest_message_hanzi)
            problems.add(place_of(place_of(at, "message"), "zh"), "longer than 24 characters");
        if (validation.rule == Rule::pattern)
            lint_pattern(validation.pattern, place_of(at, "pattern"), problems);
        if (validation.rule == Rule::expression && validation.when)
            known.check(*validation.when, place_of(at, "when"), questions, problems);
        if ((validation.rule == Rule::min_length || validation.rule == Rule::max_length) &&
            validation.number > field.max_length)
            problems.add(place_of(at, "number"), "more than max_length of the field");
    }
}

bool has_rule(const Field& field, Rule rule) {
    for (const auto& validation : field.validations)
        if (validation.rule == rule) return true;
    return false;
}

void lint_type(const Field& field, const std::string& place, Problems& problems) {
    const bool several = field.type == FieldType::choices;
    const bool choice = field.type == FieldType::choice || several;
    if (several && field.least > field.most)
        problems.add(place_of(place_of(place, "picks"), "least"), "more than most");
    if (several && static_cast<std::size_t>(field.most) > field.options.size())
        problems.add(place_of(place_of(place, "picks"), "most"), "more than there are options");
    for (std::size_t i = 0; several && i < field.options.size(); ++i)
        if (field.options[i].value.find(',') != std::string::npos)
            problems.add(place_of(place_of(place_of(place, "options"), i), "value"),
                         "a comma stands between the values and in none");
    if (choice && field.options.size() < 2)
        problems.add(place_of(place, "options"), "a choice has at least two");
    if (!choice && !field.options.empty())
        problems.add(place_of(place, "options"), "only a choice has options");
    const bool gives_division =
        field.prefill == Prefill::terminal_division || field.prefill == Prefill::address_division;
    const bool division = field.type == FieldType::division;
    if (gives_division && !division)
        problems.add(place_of(place, "prefill"), "only a division is filled with one");
    if (division && field.prefill != Prefill::nothing && !gives_division)
        problems.add(place_of(place, "prefill"),
                     "a division comes from terminal_division or address_division");
    if (field.locked && field.prefill == Prefill::nothing)
        problems.add(place_of(place, "locked"), "nothing fills it, so nobody could");
    if (field.locked) return;
    const auto needs = [&](FieldType type, Rule rule, const char* name) {
        if (field.type == type && !has_rule(field, rule))
            problems.add(place_of(place, "validations"),
                         std::string("missing: the rule ") + name + " of this type");
    };
    needs(FieldType::phone, Rule::phone, "phone");
    needs(FieldType::bank_account, Rule::bank_account, "bank_account");
    needs(FieldType::id_number, Rule::id_check, "id_check");
}

}  // namespace

void lint_form(const ServiceItem& item, const std::string& place, Problems& problems) {
    Problems silent;  // lint_item has reported the facts themselves
    KnownFacts known(item, place, silent);
    const KnownFacts before_fields = known;
    const std::string form = place_of(place, "form");
    refuse_twins(
        item.form, form, "id", [](const FormPage& page) { return page.id; }, problems);
    std::set<std::string> keys;
    for (std::size_t p = 0; p < item.form.size(); ++p) {
        const auto& page = item.form[p];
        const std::string page_place = place_of(form, p);
        refuse_placeholders(page.title, place_of(page_place, "title"), problems);
        before_fields.check_placeholders(page.hint, place_of(page_place, "hint"), problems);
        for (const auto& field : page.fields) known.add("field." + field.key);
        for (std::size_t f = 0; f < page.fields.size(); ++f) {
            const auto& field = page.fields[f];
            const std::string at = place_of(place_of(page_place, "fields"), f);
            if (!field.key.empty() && !keys.insert(field.key).second)
                problems.add(place_of(at, "key"), "stands twice");
            if (field.visible)
                before_fields.check(*field.visible, place_of(at, "visible"), item.situation.size(),
                                    problems);
            refuse_twins(
                field.options, place_of(at, "options"), "value",
                [](const FieldOption& option) { return option.value; }, problems);
            lint_type(field, at, problems);
            lint_validations(field, known, item.situation.size(), at, problems);
        }
    }
}

}  // namespace catalogue::reading
