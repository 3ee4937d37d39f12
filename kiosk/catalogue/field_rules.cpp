// What makes one value right: the type's own rules, then those of the pack.
#include "base/bytes.hpp"
#include "base/messages.hpp"
#include "catalogue/form.hpp"
#include "catalogue/trades.hpp"
#include "domain/check_characters.hpp"
#include "domain/dates.hpp"
#include "domain/id_number.hpp"
#include "domain/typed_values.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace catalogue {

namespace {

using base::MessageId;

constexpr std::int64_t longest_place = 120;

bool is_digits(const std::string& text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Code points, so that a pattern speaks of characters and not of bytes.
std::wstring wide(const std::string& text) {
    const auto points = base::code_points(text);
    return std::wstring(points.begin(), points.end());
}

bool matches(const std::string& value, const std::string& pattern) {
    try {
        return std::regex_match(wide(value), std::wregex(wide(pattern)));
    } catch (const std::regex_error&) {
        return false;
    }
}

// The list as it holds on the day of the facts.
const NegativeTrade* forbidden_trade(const Validation& validation, const std::string& value,
                                     const Facts& facts) {
    const auto today = facts.find("today");
    const auto* text = today == facts.end() ? nullptr : std::get_if<std::string>(&today->second);
    if (text == nullptr) return nullptr;
    const auto date = domain::date_from_iso(*text);
    return date ? negative_trade(validation.forbidden, value, *date) : nullptr;
}

bool rule_holds(const Validation& validation, const std::string& value, const Facts& facts) {
    const auto length = static_cast<std::int64_t>(base::count_code_points(value));
    switch (validation.rule) {
        case Rule::min_length:
            return length >= validation.number;
        case Rule::max_length:
            return length <= validation.number;
        case Rule::pattern:
            return matches(value, validation.pattern);
        case Rule::phone:
            return is_digits(value, 11, 11) && value[0] == '1' && value[1] >= '3';
        case Rule::id_check:
            return domain::IdNumber::parse(value).has_value();
        case Rule::bank_account:
            return is_digits(value, 12, 19);
        case Rule::luhn:
            return true;  // advice only, see warnings()
        case Rule::expression:
            return validation.when && holds(*validation.when, facts);
        case Rule::trade_allowed:
            return is_trade_code(value) && forbidden_trade(validation, value, facts) == nullptr;
    }
    return false;
}

bool has_forbidden_character(const std::string& value) {
    if (!base::is_valid_utf8(value)) return true;
    const auto points = base::code_points(value);
    return std::any_of(points.begin(), points.end(), [](char32_t c) {
        return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE;
    });
}

Text message(MessageId id, const Field& field) {
    return {base::text(id, base::Locale::zh, {{"label", field.label.zh}}),
            base::text(id, base::Locale::en, {{"label", field.label.en}})};
}

// What exactly is wrong with a typed number, code or date, in the type's own words (UX-125).
std::optional<Text> typed_problem(const Field& field, const std::string& value) {
    using Check = std::optional<domain::Wrong> (*)(std::string_view);
    struct Known {
        FieldType type;
        Check check;
        MessageId odd, start;
    };
    static constexpr Known known[] = {
        {FieldType::name, domain::fault_of_name, MessageId::typed_name, MessageId::typed_name},
        {FieldType::phone, domain::fault_of_mobile, MessageId::typed_digits,
         MessageId::typed_phone_start},
        {FieldType::id_number, domain::fault_of_id_number, MessageId::typed_id_characters,
         MessageId::typed_id_characters},
        {FieldType::credit_code, domain::fault_of_credit_code, MessageId::typed_credit_characters,
         MessageId::typed_credit_characters},
        {FieldType::money, domain::fault_of_money, MessageId::typed_money, MessageId::typed_money},
        {FieldType::date, domain::fault_of_date, MessageId::typed_date, MessageId::typed_date},
        {FieldType::plate, domain::fault_of_plate, MessageId::typed_plate_characters,
         MessageId::typed_plate_start},
    };
    for (const Known& each : known) {
        if (each.type != field.type) continue;
        const auto wrong = each.check(value);
        if (!wrong) return std::nullopt;
        const auto said = [&](MessageId id) {
            const auto in = [&](base::Locale locale, const std::string& label) {
                return base::text(id, locale,
                                  {{"label", label},
                                   {"by", std::to_string(wrong->by)},
                                   {"of", std::to_string(wrong->of)}});
            };
            return Text{in(base::Locale::zh, field.label.zh), in(base::Locale::en, field.label.en)};
        };
        switch (wrong->fault) {
            case domain::TypedFault::too_short:
                return said(MessageId::typed_too_short);
            case domain::TypedFault::too_long:
                return said(MessageId::typed_too_long);
            case domain::TypedFault::odd_character:
                return said(each.odd);
            case domain::TypedFault::wrong_start:
                return said(each.start);
            case domain::TypedFault::no_such_date:
                return said(field.type == FieldType::id_number ? MessageId::typed_id_date
                                                               : MessageId::typed_no_such_date);
            case domain::TypedFault::wrong_check:
                return said(MessageId::typed_wrong_check);
        }
    }
    return std::nullopt;
}

// Of a list several are chosen: each there, each once, as many as are wanted.
std::optional<Text> problem_of_choices(const Field& field, const std::string& value) {
    const auto values = chosen_values(value);
    std::set<std::string> seen;
    for (const auto& each : values) {
        const bool offered = std::any_of(field.options.begin(), field.options.end(),
                                         [&](const FieldOption& o) { return o.value == each; });
        if (!offered || !seen.insert(each).second)
            return message(MessageId::catalogue_please_choose, field);
    }
    // A comma too many at the end reads like none.
    std::string written;
    for (const auto& each : values) written += (written.empty() ? "" : ",") + each;
    if (written != value) return message(MessageId::catalogue_please_choose, field);
    const auto count = static_cast<std::int64_t>(values.size());
    if (count >= field.least && count <= field.most) return std::nullopt;
    const bool few = count < field.least;
    const auto said = [&](base::Locale locale, const std::string& label) {
        return base::text(
            few ? MessageId::choices_few : MessageId::choices_many, locale,
            {{"label", label}, {"n", std::to_string(few ? field.least : field.most)}});
    };
    return Text{said(base::Locale::zh, field.label.zh), said(base::Locale::en, field.label.en)};
}

std::optional<Text> problem_of_type(const Field& field, const std::string& value) {
    const bool chosen = field.type == FieldType::choice || field.type == FieldType::choices ||
                        field.type == FieldType::division;
    if (value.empty()) {
        if (!field.required) return std::nullopt;
        return message(
            chosen ? MessageId::catalogue_please_choose : MessageId::catalogue_please_fill, field);
    }
    // What the card says is taken as it is: nobody here could mend it.
    if (field.locked) return std::nullopt;
    if (has_forbidden_character(value)) return message(MessageId::catalogue_odd_character, field);
    if (field.type == FieldType::choices) return problem_of_choices(field, value);
    // Its name is as long as the names in the table are.
    const auto longest = field.type == FieldType::division ? longest_place : field.max_length;
    if (static_cast<std::int64_t>(base::count_code_points(value)) > longest)
        return message(MessageId::catalogue_too_long, field);
    if (field.type == FieldType::choice &&
        std::none_of(field.options.begin(), field.options.end(),
                     [&](const FieldOption& option) { return option.value == value; }))
        return message(MessageId::catalogue_please_choose, field);
    if (field.type == FieldType::division && place_from(value).code.empty())
        return message(MessageId::catalogue_please_choose, field);
    if (field.type == FieldType::digits && !is_digits(value, 1, value.size()))
        return message(MessageId::typed_digits, field);
    return typed_problem(field, value);
}

std::string value_of(const Field& field, const FormDraft& draft) {
    const auto found = draft.find(field.key);
    return found == draft.end() || !found->second.text
               ? std::string()
               : normalised(field.type, *found->second.text);
}

std::optional<Text> problem_of(const Field& field, const FormDraft& draft, const Facts& facts) {
    std::string value = value_of(field, draft);
    auto problem = problem_of_type(field, value);
    if (!problem && !value.empty())
        for (const auto& validation : field.validations)
            if (!rule_holds(validation, value, facts)) {
                problem = validation.message;
                if (validation.rule != Rule::trade_allowed) break;
                if (const auto* trade = forbidden_trade(validation, value, facts))
                    problem = Text{trade->name.zh + "：" + trade->clause.zh,
                                   trade->name.en + ": " + trade->clause.en};
                break;
            }
    base::wipe(value);
    return problem;
}

// Facts plus every value as field.KEY, for the rules; wipe_fields() when done.
Facts with_fields(const Facts& facts, const FormDraft& draft) {
    Facts all = facts;
    for (const auto& [key, value] : draft)
        if (value.text) all["field." + key] = *value.text;
    return all;
}

void wipe_fields(Facts& facts) {
    for (auto& [name, value] : facts)
        if (auto* text = std::get_if<std::string>(&value)) base::wipe(*text);
}

bool is_space(char32_t c) {
    return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B);
}
bool is_dash(char32_t c) {
    return c == U'-' || c == 0xFF0D || c == 0x2212 || (c >= 0x2010 && c <= 0x2015);
}
bool is_middle_dot(char32_t c) {
    return c == U'·' || c == U'•' || c == U'．' || c == U'・' || c == U'‧';
}
bool is_hanzi(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Of a number, code or date: nothing that only divides, half-width, capitals where letters count.
std::optional<char32_t> kept(FieldType type, char32_t c) {
    if (is_space(c) || is_dash(c)) return std::nullopt;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms
    const bool letters =
        type == FieldType::id_number || type == FieldType::credit_code || type == FieldType::plate;
    if (letters && c >= U'a' && c <= U'z') c -= U'a' - U'A';
    if (type == FieldType::plate && is_middle_dot(c)) return std::nullopt;
    if (type == FieldType::money && (c == U',' || c == U'¥' || c == U'￥' || c == U'元'))
        return std::nullopt;
    return c;
}

bool is_text(FieldType type) {
    return type == FieldType::text || type == FieldType::name || type == FieldType::choice ||
           type == FieldType::choices || type == FieldType::division;
}

}  // namespace

std::string normalised(FieldType type, const std::string& text) {
    if (!base::is_valid_utf8(text)) return text;
    std::u32string points = base::code_points(text), out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const char32_t c = points[i];
        if (!is_text(type)) {
            if (const auto keep = kept(type, c)) out += *keep;
        } else if (is_middle_dot(c)) {
            out += U'·';
        } else if (c == U'.' && type == FieldType::name && i > 0 && i + 1 < points.size() &&
                   is_hanzi(points[i - 1]) && is_hanzi(points[i + 1])) {
            out += U'·';  // between Hanzi a full stop is meant as the dot of a name
        } else {
            out += c;
        }
    }
    const auto first = std::find_if_not(out.begin(), out.end(), is_space);
    const auto last = std::find_if_not(out.rbegin(), out.rend(), is_space).base();
    std::string result =
        first < last ? base::utf8_from_code_points(std::u32string(first, last)) : std::string();
    base::wipe(points);
    base::wipe(out);
    return type == FieldType::date ? domain::date_as_iso(result) : result;
}

std::vector<FieldProblem> validate_page(const FormPage& page, const FormDraft& draft,
                                        const Facts& facts) {
    Facts all = with_fields(facts, draft);
    std::vector<FieldProblem> problems;
    for (const auto& field : page.fields) {
        if (!is_visible(field, facts)) continue;
        if (auto problem = problem_of(field, draft, all))
            problems.push_back({field.key, *std::move(problem)});
    }
    wipe_fields(all);
    return problems;
}

std::vector<FieldProblem> warnings(const ServiceItem& item, const FormDraft& draft) {
    std::vector<FieldProblem> found;
    for (const auto& page : item.form)
        for (const auto& field : page.fields)
            for (const auto& validation : field.validations) {
                if (validation.rule != Rule::luhn) continue;
                std::string value = value_of(field, draft);
                if (is_digits(value, 1, 64) && !domain::luhn_holds(value))
                    found.push_back({field.key, validation.message});
                base::wipe(value);
            }
    return found;
}

std::variant<FormAnswers, std::vector<FieldProblem>> FormAnswers::check(const ServiceItem& item,
                                                                        const FormDraft& draft,
                                                                        const Facts& facts) {
    std::vector<FieldProblem> problems;
    FormAnswers answers;
    for (const auto& page : item.form) {
        for (auto& problem : validate_page(page, draft, facts))
            problems.push_back(std::move(problem));
        for (const auto& field : page.fields) {
            if (!is_visible(field, facts)) continue;
            std::string value = value_of(field, draft);
            if (value.empty()) continue;
            answers.values_[field.key] = {base::SecretText(std::move(value)),
                                          draft.at(field.key).origin};
        }
    }
    if (!problems.empty()) return problems;
    return answers;
}

}  // namespace catalogue
