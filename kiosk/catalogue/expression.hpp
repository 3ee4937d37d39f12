// Conditions and computed facts of a pack: a small published expression tree over facts, with no
// loops, no code and no side effects (packs/expression.schema.json). Built by the strict pack
// reader only; evaluation never fails on a read expression: a missing fact is `none`, and `none`
// compares equal to nothing but itself. Dates are ISO texts (2026-11-22), so they compare as texts.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace catalogue {

using Value = std::variant<std::monostate, bool, std::int64_t, std::string>;
using Facts = std::map<std::string, Value>;

enum class Operator {
    constant,
    fact,
    all,
    any,
    negate,  // and, or, not
    equal,
    differs,
    less,
    at_most,
    more,
    at_least,
    add,
    subtract,  // whole numbers
    add_years,
    add_days,    // date, whole number
    full_years,  // date, date: completed years from the first to the second
    one_of,      // value, value…: the first equals one of the rest
    choose,      // condition, then, else
};

struct Expression {
    Operator op = Operator::constant;
    Value value;       // of constant
    std::string fact;  // of fact
    std::vector<Expression> arguments;
    friend bool operator==(const Expression&, const Expression&) = default;
};

Value evaluate(const Expression& expression, const Facts& facts);
// `none` and false are false; everything else is what it is: only `true` is true.
bool holds(const Expression& expression, const Facts& facts);
// Every fact name the expression reads.
std::vector<std::string> facts_read_by(const Expression& expression);
// A value as a person reads it: dates in words, true/false as 是/否 are left to the caller.
std::string as_text(const Value& value);

}  // namespace catalogue
