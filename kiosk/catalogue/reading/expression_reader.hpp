// JSON → Expression, as packs/expression.schema.json publishes it: a plain text, whole number, true
// or false is a constant; {"fact": "card.birth_date"} a fact; {"op": "add_years", "args": […]} the
// rest. Arity and the kinds that can be known before a fact is are checked here, so that evaluating
// cannot fail. Internal to the catalogue.
#pragma once

#include "catalogue/expression.hpp"
#include "catalogue/reading/strict_object.hpp"

#include <optional>
#include <string>

namespace catalogue::reading {

enum class Wanted { condition, any_value };

Expression read_expression(const Json& json, const std::string& place, Wanted wanted,
                           Problems& problems);
// Of an object's key that may be absent; always a condition.
std::optional<Expression> read_condition(StrictObject& object, std::string_view key,
                                         Problems& problems);

}  // namespace catalogue::reading
