#include "catalogue/form.hpp"

#include "base/messages.hpp"
#include "catalogue/reading/words.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "domain/typed_values.hpp"

#include <algorithm>

namespace catalogue {

namespace {

std::string sex_code(domain::Sex sex) {
    return std::string(reading::name_in(reading::sex_codes, sex));
}

std::string sex_in_words(const std::string& code, base::Locale locale) {
    for (const auto& [name, sex] : reading::sex_codes)
        if (name == code) return domain::sex_name(sex, locale);
    return code;
}

std::string date_in_words(const std::string& text, base::Locale locale) {
    const auto date = domain::date_from_iso(text);
    return date ? domain::in_words(*date, locale) : text;
}

bool all_known(const Expression& expression, const Facts& facts) {
    const auto names = facts_read_by(expression);
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return facts.count(name) > 0; });
}

std::string masked_value(FieldMask mask, const std::string& value,
                         const domain::MaskingPolicy& policy) {
    switch (mask) {
        case FieldMask::name:
            return domain::masked_name(value, policy);
        case FieldMask::id_number:
            return domain::masked_id_number(value, policy);
        case FieldMask::phone:
            return domain::masked_phone(value, policy);
        case FieldMask::account:
            return domain::masked_account(value, policy);
        case FieldMask::none:
            break;
    }
    return value;
}

std::string grouped_value(const Field& field, const std::string& value, base::Locale locale) {
    if (field.type == FieldType::id_number || field.prefill == Prefill::id_number)
        return domain::grouped_id_number(value);
    if (field.type == FieldType::phone) return domain::grouped_phone(value);
    if (field.type == FieldType::bank_account || field.type == FieldType::credit_code)
        return domain::grouped_by_four(value);
    if (field.type == FieldType::money) return domain::grouped_money(value);
    if (field.type == FieldType::plate) return domain::grouped_plate(value);
    if (field.type == FieldType::date) return domain::grouped_date(value, locale);
    return value;
}

}  // namespace

Facts facts_for(const ServiceItem& item, const domain::CitizenIdentity& person,
                const SituationAnswers& answers, base::Date today,
                const std::string& terminal_division) {
    Facts facts{{"today", domain::iso(today)},
                {"card.birth_date", domain::iso(person.birth_date())},
                {"card.sex", sex_code(person.sex())},
                {"card.name", person.name()},
                {"terminal.division", terminal_division}};
    for (const auto& question : item.situation)
        if (const auto found = answers.find(question.id); found != answers.end())
            facts[question.id] = found->second;
    // What depends on something unknown is unknown too, so no stop can hold by a gap.
    for (const auto& computed : item.facts) {
        if (!all_known(computed.value, facts)) continue;
        Value value = evaluate(computed.value, facts);
        if (!std::holds_alternative<std::monostate>(value)) facts[computed.name] = std::move(value);
    }
    return facts;
}

const Stop* stop_for(const ServiceItem& item, const Facts& facts) {
    for (const auto& stop : item.stops)
        if (all_known(stop.when, facts) && holds(stop.when, facts)) return &stop;
    return nullptr;
}

const SituationQuestion* next_question(const ServiceItem& item, const SituationAnswers& answers,
                                       const Facts& facts) {
    for (const auto& question : item.situation) {
        if (question.when && !holds(*question.when, facts)) continue;
        const auto answer = answers.find(question.id);
        const bool answered =
            answer != answers.end() &&
            std::any_of(question.options.begin(), question.options.end(),
                        [&](const SituationOption& o) { return o.value == answer->second; });
        if (!answered) return &question;
    }
    return nullptr;
}

std::string fill_in(const std::string& text, const Facts& facts, base::Locale locale) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find('{', at);
        const auto close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) return out + text.substr(at);
        out += text.substr(at, open - at);
        const auto fact = facts.find(text.substr(open + 1, close - open - 1));
        if (fact == facts.end()) {
            out += text.substr(open, close - open + 1);
        } else if (const bool* truth = std::get_if<bool>(&fact->second)) {
            out += base::text(
                *truth ? base::MessageId::catalogue_yes : base::MessageId::catalogue_no, locale);
        } else {
            out += date_in_words(as_text(fact->second), locale);
        }
        at = close + 1;
    }
    return out;
}

FormDraft prefill(const Pack& pack, const ServiceItem& item, const domain::CitizenIdentity& person,
                  const std::string& terminal_division) {
    FormDraft draft;
    const auto put = [&](const Field& field, std::string text, Origin origin) {
        draft[field.key] = {base::SecretText(std::move(text)), origin};
    };
    const auto put_division = [&](const Field& field, const std::string& code, Origin origin) {
        if (const auto place = place_of_code(pack.divisions, code); !place.code.empty())
            put(field, place_text(place), origin);
    };
    for (const auto& page : item.form)
        for (const auto& field : page.fields) switch (field.prefill) {
                case Prefill::nothing:
                    break;
                case Prefill::name:
                    put(field, person.name(), Origin::chip);
                    break;
                case Prefill::id_number:
                    put(field, person.number().text(), Origin::chip);
                    break;
                case Prefill::sex:
                    put(field, sex_code(person.sex()), Origin::chip);
                    break;
                case Prefill::ethnicity:
                    put(field, person.ethnicity_code(), Origin::chip);
                    break;
                case Prefill::birth_date:
                    put(field, domain::iso(person.birth_date()), Origin::chip);
                    break;
                case Prefill::address:
                    put(field, person.address(), Origin::chip);
                    break;
                case Prefill::address_division: {
                    const auto village = village_of_address(pack.divisions, person.address());
                    if (village.empty())
                        put_division(field, terminal_division, Origin::terminal);
                    else
                        put_division(field, village, Origin::chip);
                    break;
                }
                case Prefill::terminal_division:
                    put_division(field, terminal_division, Origin::terminal);
                    break;
            }
    return draft;
}

std::vector<std::string> chosen_values(std::string_view answer) {
    std::vector<std::string> values;
    while (!answer.empty()) {
        const auto comma = answer.find(',');
        values.emplace_back(answer.substr(0, comma));
        answer = comma == std::string_view::npos ? std::string_view() : answer.substr(comma + 1);
    }
    return values;
}

std::string toggled(const std::string& answer, const std::string& value) {
    std::string out;
    bool was_there = false;
    for (const auto& each : chosen_values(answer)) {
        if (each == value)
            was_there = true;
        else
            out += (out.empty() ? "" : ",") + each;
    }
    if (!was_there) out += (out.empty() ? "" : ",") + value;
    return out;
}

bool is_visible(const Field& field, const Facts& facts) {
    return !field.visible || holds(*field.visible, facts);
}

bool is_asked(const FormPage& page, const Facts& facts) {
    return std::any_of(page.fields.begin(), page.fields.end(),
                       [&](const Field& field) { return is_visible(field, facts); });
}

std::string shown_value(const Pack& pack, const Field& field, const std::string& value,
                        base::Locale locale, const domain::MaskingPolicy* mask) {
    if (value.empty()) return value;
    if (field.type == FieldType::choice) {
        for (const auto& option : field.options)
            if (option.value == value) return option.label.in(locale);
        return value;
    }
    if (field.type == FieldType::choices) {
        std::string labels;
        for (const auto& each : chosen_values(value))
            for (const auto& option : field.options)
                if (option.value == each)
                    labels += (labels.empty()               ? ""
                               : locale == base::Locale::zh ? "、"
                                                            : ", ") +
                              option.label.in(locale);
        return labels;
    }
    if (field.type == FieldType::division) {
        const Place place = place_from(value);
        if (place.code.size() == 12 && pack.divisions.knows(place.code))
            return pack.divisions.full_name(place.code).in(locale);
        return place.code.empty() ? value : place.name;
    }
    switch (field.prefill) {
        case Prefill::sex:
            return sex_in_words(value, locale);
        case Prefill::ethnicity:
            return domain::ethnicity_name(value, locale);
        case Prefill::birth_date:
            return date_in_words(value, locale);
        default:
            break;
    }
    if (mask != nullptr && field.mask != FieldMask::none)
        return masked_value(field.mask, value, *mask);
    return grouped_value(field, value, locale);
}

}  // namespace catalogue
