// From answers typed to answers checked: FormDraft → validate() → FormAnswers. Pure.
#pragma once

#include "base/secret.hpp"
#include "catalogue/pack.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/masking.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace catalogue {

// Where a value came from; sent with the case.
enum class Origin { chip, terminal, typed };

struct FieldValue {
    base::SecretText text;
    Origin origin = Origin::typed;
    friend bool operator==(const FieldValue&, const FieldValue&) = default;
};
// A draft may be wrong or incomplete.
using FormDraft = std::map<std::string, FieldValue>;
// Question id → option value.
using SituationAnswers = std::map<std::string, std::string>;

// Facts an expression may read: today, card.birth_date, card.sex, card.name, answers by question
// id, terminal.division, then the item's computed facts.
Facts facts_for(const ServiceItem& item, const domain::CitizenIdentity& person,
                const SituationAnswers& answers, base::Date today,
                const std::string& terminal_division);

// The stop that holds with what is known so far, if any. A stop that reads a question not yet
// answered does not hold.
const Stop* stop_for(const ServiceItem& item, const Facts& facts);
// The next question to ask, or null when all that apply are answered.
const SituationQuestion* next_question(const ServiceItem& item, const SituationAnswers& answers,
                                       const Facts& facts);
// {fact} replaced by its value, dates in words.
std::string fill_in(const std::string& text, const Facts& facts, base::Locale locale);

// Locked and prefilled values.
FormDraft prefill(const Pack& pack, const ServiceItem& item, const domain::CitizenIdentity& person,
                  const std::string& terminal_division);

struct FieldProblem {
    std::string key;
    Text message;
    friend bool operator==(const FieldProblem&, const FieldProblem&) = default;
};
bool is_visible(const Field& field, const Facts& facts);
// Whether anything of the page is asked; what is not is stepped over and not counted.
bool is_asked(const FormPage& page, const Facts& facts);
// Every fault of the page at once, in the order of the fields.
std::vector<FieldProblem> validate_page(const FormPage& page, const FormDraft& draft,
                                        const Facts& facts);
// Advice that never blocks (Luhn), for the review page.
std::vector<FieldProblem> warnings(const ServiceItem& item, const FormDraft& draft);
// What a person reads for a value: option labels, division names, groups; masks where the field
// has one and a policy is given.
std::string shown_value(const Pack& pack, const Field& field, const std::string& value,
                        base::Locale locale, const domain::MaskingPolicy* mask);
// The values of an answer to a field of several choices, and how they are written; as a page turns
// one on or off.
std::vector<std::string> chosen_values(std::string_view answer);
std::string toggled(const std::string& answer, const std::string& value);
// Typed spaces and dashes of numbers removed, x → X, middle dots unified, ends trimmed.
std::string normalised(FieldType type, const std::string& text);

// Answers that passed every rule of every visible field.
class FormAnswers {
  public:
    static std::variant<FormAnswers, std::vector<FieldProblem>> check(const ServiceItem& item,
                                                                      const FormDraft& draft,
                                                                      const Facts& facts);
    const FormDraft& values() const { return values_; }
    friend bool operator==(const FormAnswers&, const FormAnswers&) = default;

  private:
    FormAnswers() = default;
    FormDraft values_;
};

}  // namespace catalogue
