#include "app/training/samples/right_answers.hpp"

#include "domain/check_characters.hpp"
#include "domain/dates.hpp"

#include <algorithm>
#include <vector>

namespace app::training::samples {

namespace {

using catalogue::Field;
using catalogue::FieldType;

using Values = std::vector<std::string>;

// Invented people, each another.
Values id_numbers() {
    Values out;
    for (int i = 1; i <= 8; ++i) {
        std::string number = "00010119700101" + std::to_string(100 + i);
        number += domain::mod_11_2(number);
        out.push_back(std::move(number));
    }
    return out;
}

Values dates(const catalogue::Facts& facts) {
    Values out{"2019-05-01"};
    const auto found = facts.find("today");
    const auto* iso = found == facts.end() ? nullptr : std::get_if<std::string>(&found->second);
    if (iso == nullptr) return out;
    const auto today = domain::date_from_iso(*iso);
    if (!today) return out;
    for (const int days : {0, 60, 200}) out.push_back(domain::iso(domain::plus_days(*today, days)));
    return out;
}

Values choices_of(const Field& field) {
    Values out;
    std::string first_ones;
    for (const auto& option : field.options) {
        out.push_back(option.value);
        if (static_cast<std::int64_t>(out.size()) <= field.least)
            first_ones += (first_ones.empty() ? "" : ",") + option.value;
    }
    if (field.type == FieldType::choices) return {first_ones};
    return out;
}

Values usual(const catalogue::Pack& pack, const Field& field, const catalogue::Facts& facts) {
    switch (field.type) {
        case FieldType::text:
            return {"三组大塘边新屋", "示例县老王小吃店", "00010119700101101X41", "A123456789"};
        case FieldType::name:
            return {"李小明"};
        case FieldType::phone:
            return {"13800138000"};
        case FieldType::bank_account:
            return {"6222020000000000018"};
        case FieldType::id_number:
            return id_numbers();
        case FieldType::credit_code:
            return {"92000101MA0000001A"};
        case FieldType::money:
            return {"50000"};
        case FieldType::date:
            return dates(facts);
        case FieldType::plate:
            return {"湘A12345"};
        case FieldType::digits:
            return {"3", "12", "120", "12345678901"};
        case FieldType::choice:
        case FieldType::choices:
            return choices_of(field);
        case FieldType::division:
            break;
    }
    for (const auto& unit : pack.divisions.units)
        if (unit.code.size() == 12)
            return {catalogue::place_text(catalogue::place_of_code(pack.divisions, unit.code))};
    return {};
}

bool is_right(const catalogue::FormPage& page, const std::string& key,
              const catalogue::FormDraft& draft, const catalogue::Facts& facts) {
    const auto problems = catalogue::validate_page(page, draft, facts);
    return std::none_of(problems.begin(), problems.end(),
                        [&](const auto& problem) { return problem.key == key; });
}

}  // namespace

std::string right_answer(const catalogue::Pack& pack, const catalogue::FormPage& page,
                         const Field& field, const catalogue::FormDraft& draft,
                         const catalogue::Facts& facts) {
    catalogue::FormDraft tried = draft;
    for (const auto& value : usual(pack, field, facts)) {
        tried[field.key] = {base::SecretText(value), catalogue::Origin::typed};
        if (is_right(page, field.key, tried, facts)) return value;
    }
    return {};
}

std::optional<catalogue::SituationAnswers> answers_that_lead_on(
    const catalogue::ServiceItem& item, const domain::CitizenIdentity& person, base::Date today,
    const std::string& division, const catalogue::SituationAnswers& wanted) {
    catalogue::SituationAnswers answers;
    const auto facts = [&] { return catalogue::facts_for(item, person, answers, today, division); };
    while (const auto* question = catalogue::next_question(item, answers, facts())) {
        Values options;
        const auto first = wanted.find(question->id);
        if (first != wanted.end()) options.push_back(first->second);
        for (const auto& option : question->options) options.push_back(option.value);
        const bool leads_on = std::any_of(options.begin(), options.end(), [&](const auto& value) {
            answers[question->id] = value;
            return catalogue::stop_for(item, facts()) == nullptr;
        });
        if (!leads_on) return std::nullopt;
    }
    return answers;
}

catalogue::FormDraft filled_form(const catalogue::Pack& pack, const catalogue::ServiceItem& item,
                                 const domain::CitizenIdentity& person, const std::string& division,
                                 const catalogue::Facts& facts) {
    auto draft = catalogue::prefill(pack, item, person, division);
    for (const auto& page : item.form) {
        for (const auto& field : page.fields) {
            const auto there = draft.find(field.key);
            const bool given =
                there != draft.end() && there->second.text && !there->second.text->empty();
            if (field.locked || given || !catalogue::is_visible(field, facts)) continue;
            auto value = right_answer(pack, page, field, draft, facts);
            if (!value.empty())
                draft[field.key] = {base::SecretText(std::move(value)), catalogue::Origin::typed};
        }
    }
    return draft;
}

}  // namespace app::training::samples
