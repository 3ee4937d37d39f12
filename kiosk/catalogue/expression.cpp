#include "catalogue/expression.hpp"

#include "base/assert.hpp"
#include "domain/dates.hpp"

#include <algorithm>

namespace catalogue {

namespace {

const Value none{};

// Dates stay four-digit ISO texts, or comparing them as texts would lie.
Value date_value(domain::Date date) {
    const int year = int(date.year());
    if (!date.ok() || year < 1 || year > 9999) return none;
    return domain::iso(date);
}

constexpr std::int64_t most_years = 1000;
constexpr std::int64_t most_days = 366 * most_years;

Value moved(const Value& date, const Value& by, Operator op) {
    const auto* text = std::get_if<std::string>(&date);
    const auto* number = std::get_if<std::int64_t>(&by);
    if (text == nullptr || number == nullptr) return none;
    const auto parsed = domain::date_from_iso(*text);
    const std::int64_t limit = op == Operator::add_years ? most_years : most_days;
    if (!parsed || *number < -limit || *number > limit) return none;
    const int amount = static_cast<int>(*number);
    return date_value(op == Operator::add_years ? domain::plus_years(*parsed, amount)
                                                : domain::plus_days(*parsed, amount));
}

Value full_years(const Value& from, const Value& to) {
    const auto* first = std::get_if<std::string>(&from);
    const auto* second = std::get_if<std::string>(&to);
    if (first == nullptr || second == nullptr) return none;
    const auto born = domain::date_from_iso(*first), day = domain::date_from_iso(*second);
    if (!born || !day) return none;
    return static_cast<std::int64_t>(domain::full_years_between(*born, *day));
}

// Only two numbers or two texts have an order; anything else holds in no direction.
bool ordered(Operator op, const Value& left, const Value& right) {
    const auto decide = [op](const auto& a, const auto& b) {
        switch (op) {
            case Operator::less:
                return a < b;
            case Operator::at_most:
                return a <= b;
            case Operator::more:
                return a > b;
            default:
                return a >= b;
        }
    };
    if (left.index() != right.index()) return false;
    if (const auto* number = std::get_if<std::int64_t>(&left))
        return decide(*number, std::get<std::int64_t>(right));
    if (const auto* text = std::get_if<std::string>(&left))
        return decide(*text, std::get<std::string>(right));
    return false;
}

Value sum(const std::vector<Expression>& arguments, const Facts& facts, Operator op) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Value value = evaluate(arguments[i], facts);
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr) return none;
        const bool overflow = op == Operator::subtract && i > 0
                                  ? __builtin_sub_overflow(total, *number, &total)
                                  : __builtin_add_overflow(total, *number, &total);
        if (overflow) return none;
    }
    return total;
}

}  // namespace

Value evaluate(const Expression& expression, const Facts& facts) {
    const auto& arguments = expression.arguments;
    const auto argument = [&](std::size_t i) {
        KIOSK_ASSERT(i < arguments.size());
        return evaluate(arguments[i], facts);
    };
    const auto argument_holds = [&](const Expression& each) { return holds(each, facts); };
    switch (expression.op) {
        case Operator::constant:
            return expression.value;
        case Operator::fact: {
            const auto found = facts.find(expression.fact);
            return found == facts.end() ? none : found->second;
        }
        case Operator::all:
            return std::all_of(arguments.begin(), arguments.end(), argument_holds);
        case Operator::any:
            return std::any_of(arguments.begin(), arguments.end(), argument_holds);
        case Operator::negate:
            KIOSK_ASSERT(arguments.size() == 1);
            return !holds(arguments[0], facts);
        case Operator::equal:
            return argument(0) == argument(1);
        case Operator::differs:
            return argument(0) != argument(1);
        case Operator::less:
        case Operator::at_most:
        case Operator::more:
        case Operator::at_least:
            return ordered(expression.op, argument(0), argument(1));
        case Operator::add:
        case Operator::subtract:
            return sum(arguments, facts, expression.op);
        case Operator::add_years:
        case Operator::add_days:
            return moved(argument(0), argument(1), expression.op);
        case Operator::full_years:
            return full_years(argument(0), argument(1));
        case Operator::one_of: {
            const Value wanted = argument(0);
            return std::any_of(arguments.begin() + 1, arguments.end(), [&](const Expression& each) {
                return evaluate(each, facts) == wanted;
            });
        }
        case Operator::choose: {
            KIOSK_ASSERT(arguments.size() == 3);
            return evaluate(arguments[holds(arguments[0], facts) ? 1 : 2], facts);
        }
    }
    return none;
}

bool holds(const Expression& expression, const Facts& facts) {
    const Value value = evaluate(expression, facts);
    const bool* truth = std::get_if<bool>(&value);
    return truth != nullptr && *truth;
}

std::vector<std::string> facts_read_by(const Expression& expression) {
    std::vector<std::string> names;
    if (expression.op == Operator::fact) names.push_back(expression.fact);
    for (const auto& argument : expression.arguments)
        for (auto& name : facts_read_by(argument))
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
    return names;
}

std::string as_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const bool* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    return {};
}

}  // namespace catalogue
