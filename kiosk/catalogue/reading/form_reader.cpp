#include "catalogue/reading/expression_reader.hpp"
#include "catalogue/reading/pack_parts.hpp"

#include <fmt/format.h>

namespace catalogue::reading {

namespace {

constexpr Names<FieldType, 13> field_types{{{"text", FieldType::text},
                                            {"name", FieldType::name},
                                            {"credit_code", FieldType::credit_code},
                                            {"money", FieldType::money},
                                            {"date", FieldType::date},
                                            {"plate", FieldType::plate},
                                            {"phone", FieldType::phone},
                                            {"bank_account", FieldType::bank_account},
                                            {"id_number", FieldType::id_number},
                                            {"choice", FieldType::choice},
                                            {"choices", FieldType::choices},
                                            {"digits", FieldType::digits},
                                            {"division", FieldType::division}}};
// As many as one list holds and a person looks through.
constexpr std::size_t most_choices = 12;
constexpr Names<Prefill, 9> prefills{{{"nothing", Prefill::nothing},
                                      {"name", Prefill::name},
                                      {"id_number", Prefill::id_number},
                                      {"sex", Prefill::sex},
                                      {"ethnicity", Prefill::ethnicity},
                                      {"birth_date", Prefill::birth_date},
                                      {"address", Prefill::address},
                                      {"address_division", Prefill::address_division},
                                      {"terminal_division", Prefill::terminal_division}}};
constexpr Names<FieldMask, 5> masks{{{"none", FieldMask::none},
                                     {"name", FieldMask::name},
                                     {"id_number", FieldMask::id_number},
                                     {"phone", FieldMask::phone},
                                     {"account", FieldMask::account}}};
constexpr Names<Rule, 9> rules{{{"min_length", Rule::min_length},
                                {"max_length", Rule::max_length},
                                {"pattern", Rule::pattern},
                                {"phone", Rule::phone},
                                {"id_check", Rule::id_check},
                                {"bank_account", Rule::bank_account},
                                {"luhn", Rule::luhn},
                                {"expression", Rule::expression},
                                {"trade_allowed", Rule::trade_allowed}}};

Validation read_validation(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Validation validation;
    validation.rule = object.named("rule", rules);
    if (validation.rule == Rule::min_length || validation.rule == Rule::max_length)
        validation.number = object.number("number", 1, 200);
    if (validation.rule == Rule::pattern) validation.pattern = object.text("pattern");
    if (validation.rule == Rule::expression) {
        validation.when = read_condition(object, "when", problems);
        if (!validation.when && object.is_object()) object.problem("when", "missing");
    }
    validation.message = object.words("message");
    return validation;
}

FieldOption read_option(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    FieldOption option;
    option.value = object.text("value");
    option.label = object.words("label");
    return option;
}

Field read_field(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Field field;
    field.key = object.text("key");
    field.label = object.words("label");
    field.hint = object.optional_words("hint");
    field.type = object.named("type", field_types);
    field.required = object.truth_or("required", true);
    field.locked = object.truth_or("locked", false);
    field.prefill = object.named_or("prefill", prefills, Prefill::nothing);
    field.mask = object.named_or("mask", masks, FieldMask::none);
    field.max_length = object.number_or("max_length", 1, 200, 60);
    field.visible = read_condition(object, "visible", problems);
    const bool several = field.type == FieldType::choices;
    if (const Json* picks = several ? object.find("picks") : nullptr) {
        StrictObject inner(*picks, object.place_of("picks"), problems);
        field.least = inner.number("least", 1, std::int64_t{most_choices});
        field.most = inner.number("most", 1, most_choices);
    } else if (several && object.is_object()) {
        object.problem("picks", "missing");
    }
    object.each_if_there("options", several ? most_choices : 8,
                         [&](const Json& each, const std::string& at) {
                             field.options.push_back(read_option(each, at, problems));
                         });
    object.each_if_there("validations", 8, [&](const Json& each, const std::string& at) {
        field.validations.push_back(read_validation(each, at, problems));
    });
    return field;
}

}  // namespace

FormPage read_form_page(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    FormPage page;
    page.id = object.text("id");
    page.title = object.words("title");
    page.hint = object.optional_words("hint");
    // A page of the journey stays small: one question or a small group.
    object.each("fields", 1, 4, [&](const Json& each, const std::string& at) {
        page.fields.push_back(read_field(each, at, problems));
    });
    return page;
}

}  // namespace catalogue::reading
