#include "catalogue/reading/expression_reader.hpp"

#include "domain/dates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace catalogue::reading {

namespace {

// What a value is known to be before any fact is: a fact itself is unknown.
enum class Kind { unknown, boolean, number, text, date };

struct OperatorRow {
    std::string_view name;
    Operator op;
    std::size_t least, most;  // arguments
    Kind takes;               // what every argument must be able to be; unknown = anything
    Kind gives;
};
constexpr std::size_t many = 64;
constexpr std::array<OperatorRow, 16> operators{{
    {"all", Operator::all, 1, many, Kind::boolean, Kind::boolean},
    {"any", Operator::any, 1, many, Kind::boolean, Kind::boolean},
    {"not", Operator::negate, 1, 1, Kind::boolean, Kind::boolean},
    {"equal", Operator::equal, 2, 2, Kind::unknown, Kind::boolean},
    {"differs", Operator::differs, 2, 2, Kind::unknown, Kind::boolean},
    {"less", Operator::less, 2, 2, Kind::unknown, Kind::boolean},
    {"at_most", Operator::at_most, 2, 2, Kind::unknown, Kind::boolean},
    {"more", Operator::more, 2, 2, Kind::unknown, Kind::boolean},
    {"at_least", Operator::at_least, 2, 2, Kind::unknown, Kind::boolean},
    {"add", Operator::add, 2, many, Kind::number, Kind::number},
    {"subtract", Operator::subtract, 2, 2, Kind::number, Kind::number},
    {"add_years", Operator::add_years, 2, 2, Kind::date, Kind::date},
    {"add_days", Operator::add_days, 2, 2, Kind::date, Kind::date},
    {"full_years", Operator::full_years, 2, 2, Kind::date, Kind::number},
    {"one_of", Operator::one_of, 2, many, Kind::unknown, Kind::boolean},
    {"choose", Operator::choose, 3, 3, Kind::unknown, Kind::unknown},
}};

const OperatorRow* row_of(std::string_view name) {
    const auto found = std::find_if(operators.begin(), operators.end(),
                                    [&](const OperatorRow& row) { return row.name == name; });
    return found == operators.end() ? nullptr : &*found;
}

bool is_date(const std::string& text) {
    return domain::date_from_iso(text).has_value();
}

Kind kind_of_value(const Value& value) {
    if (std::holds_alternative<bool>(value)) return Kind::boolean;
    if (std::holds_alternative<std::int64_t>(value)) return Kind::number;
    if (const auto* text = std::get_if<std::string>(&value))
        return is_date(*text) ? Kind::date : Kind::text;
    return Kind::unknown;
}

Kind kind_given_by(const Expression& expression) {
    if (expression.op == Operator::constant) return kind_of_value(expression.value);
    if (expression.op == Operator::fact) return Kind::unknown;
    if (expression.op == Operator::choose) {
        if (expression.arguments.size() != 3) return Kind::unknown;
        const Kind first = kind_given_by(expression.arguments[1]);
        return first == kind_given_by(expression.arguments[2]) ? first : Kind::unknown;
    }
    for (const auto& row : operators)
        if (row.op == expression.op) return row.gives;
    return Kind::unknown;
}

std::string_view name(Kind kind) {
    constexpr std::array<std::string_view, 5> names{"a value", "a condition", "a whole number",
                                                    "a text", "a date (2026-11-22)"};
    return names[static_cast<std::size_t>(kind)];
}

void check_kinds(const OperatorRow& row, const Expression& expression, const std::string& place,
                 Problems& problems) {
    for (std::size_t i = 0; i < expression.arguments.size(); ++i) {
        Kind takes = row.takes;
        if (i == 1 && (row.op == Operator::add_years || row.op == Operator::add_days))
            takes = Kind::number;
        if (i == 0 && row.op == Operator::choose) takes = Kind::boolean;
        const Kind found = kind_given_by(expression.arguments[i]);
        if (takes == Kind::unknown || found == Kind::unknown || found == takes) continue;
        problems.add(place_of(place_of(place, "args"), i),
                     fmt::format("expected {}, found {}", name(takes), name(found)));
    }
}

Expression read_operation(StrictObject& object, const std::string& place, Problems& problems) {
    Expression expression;
    const std::string word = object.text("op");
    const OperatorRow* row = row_of(word);
    if (row == nullptr && !word.empty()) {
        std::string names;
        for (const auto& each : operators)
            names += (names.empty() ? "" : ", ") + std::string(each.name);
        object.problem("op", "unknown operator; expected one of: " + names);
    }
    object.each(
        "args", row == nullptr ? 0 : row->least, row == nullptr ? many : row->most,
        [&](const Json& json, const std::string& at) {
            expression.arguments.push_back(read_expression(json, at, Wanted::any_value, problems));
        });
    if (row == nullptr || expression.arguments.size() < row->least) return {};
    expression.op = row->op;
    check_kinds(*row, expression, place, problems);
    return expression;
}

}  // namespace

Expression read_expression(const Json& json, const std::string& place, Wanted wanted,
                           Problems& problems) {
    Expression expression;
    if (const bool* truth = json.as<bool>()) {
        expression.value = *truth;
    } else if (const auto* number = json.as<std::int64_t>()) {
        expression.value = *number;
    } else if (const auto* text = json.as<std::string>()) {
        expression.value = *text;
    } else if (json.as<JsonObject>() != nullptr) {
        StrictObject object(json, place, problems);
        if (object.find("fact") != nullptr) {
            expression.op = Operator::fact;
            expression.fact = object.text("fact");
        } else {
            expression = read_operation(object, place, problems);
        }
    } else {
        problems.add(place, "expected an expression, found " + kind_of(json));
        return expression;
    }
    const Kind kind = kind_given_by(expression);
    if (wanted == Wanted::condition && kind != Kind::unknown && kind != Kind::boolean)
        problems.add(place, fmt::format("expected a condition, found {}", name(kind)));
    return expression;
}

std::optional<Expression> read_condition(StrictObject& object, std::string_view key,
                                         Problems& problems) {
    const Json* json = object.find(key);
    if (json == nullptr) return std::nullopt;
    return read_expression(*json, object.place_of(key), Wanted::condition, problems);
}

}  // namespace catalogue::reading
