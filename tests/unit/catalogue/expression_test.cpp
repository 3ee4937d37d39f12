#include "catalogue/expression.hpp"

#include <gtest/gtest.h>

namespace {

using catalogue::Expression;
using catalogue::Facts;
using catalogue::Operator;
using catalogue::Value;

Expression constant(Value value) {
    return {Operator::constant, std::move(value), {}, {}};
}
Expression text(const char* value) {
    return constant(std::string(value));
}
Expression number(std::int64_t value) {
    return constant(value);
}
Expression fact(const char* name) {
    return {Operator::fact, {}, name, {}};
}
Expression apply(Operator op, std::vector<Expression> arguments) {
    return {op, {}, {}, std::move(arguments)};
}
const Value none{};
const Facts nothing_known;

const std::vector<Value> one_of_each_kind{none,
                                          true,
                                          false,
                                          std::int64_t{-3},
                                          std::int64_t{7},
                                          std::string("2026-11-22"),
                                          std::string("乙")};

TEST(expression, a_missing_fact_is_none_and_equals_only_none) {
    EXPECT_EQ(evaluate(fact("nobody"), nothing_known), none);
    for (const auto& value : one_of_each_kind)
        EXPECT_EQ(holds(apply(Operator::equal, {fact("nobody"), constant(value)}), nothing_known),
                  value == none);
    for (const auto op : {Operator::less, Operator::at_most, Operator::more, Operator::at_least})
        EXPECT_FALSE(holds(apply(op, {fact("nobody"), number(1)}), nothing_known));
}

TEST(expression, differs_is_the_opposite_of_equal_for_every_pair) {
    for (const auto& left : one_of_each_kind)
        for (const auto& right : one_of_each_kind) {
            const std::vector<Expression> pair{constant(left), constant(right)};
            EXPECT_NE(evaluate(apply(Operator::equal, pair), {}),
                      evaluate(apply(Operator::differs, pair), {}));
        }
}

TEST(expression, values_of_two_kinds_have_no_order_in_any_direction) {
    for (const auto op : {Operator::less, Operator::at_most, Operator::more, Operator::at_least}) {
        EXPECT_FALSE(holds(apply(op, {number(1), text("1")}), {}));
        EXPECT_FALSE(holds(apply(op, {constant(true), number(1)}), {}));
    }
}

TEST(expression, of_two_numbers_exactly_one_of_less_equal_more_holds) {
    for (const std::int64_t a : {-5, 0, 3})
        for (const std::int64_t b : {-5, 0, 3}) {
            int count = 0;
            for (const auto op : {Operator::less, Operator::equal, Operator::more})
                count += holds(apply(op, {number(a), number(b)}), {}) ? 1 : 0;
            EXPECT_EQ(count, 1);
            EXPECT_NE(holds(apply(Operator::at_most, {number(a), number(b)}), {}),
                      holds(apply(Operator::more, {number(a), number(b)}), {}));
        }
}

TEST(expression, only_true_is_true) {
    for (const auto& value : one_of_each_kind) {
        EXPECT_EQ(holds(constant(value), {}), value == Value(true));
        EXPECT_EQ(holds(apply(Operator::all, {constant(value)}), {}), value == Value(true));
        EXPECT_EQ(holds(apply(Operator::any, {constant(value)}), {}), value == Value(true));
        EXPECT_EQ(holds(apply(Operator::negate, {constant(value)}), {}), value != Value(true));
    }
}

TEST(expression, not_over_any_is_all_over_not) {
    for (const bool a : {false, true})
        for (const bool b : {false, true}) {
            const auto x = constant(a), y = constant(b);
            EXPECT_EQ(holds(apply(Operator::negate, {apply(Operator::any, {x, y})}), {}),
                      holds(apply(Operator::all,
                                  {apply(Operator::negate, {x}), apply(Operator::negate, {y})}),
                            {}));
        }
}

TEST(expression, years_from_a_leap_day_land_on_the_28th_and_days_cross_months) {
    EXPECT_EQ(evaluate(apply(Operator::add_years, {text("1944-02-29"), number(81)}), {}),
              Value(std::string("2025-02-28")));
    EXPECT_EQ(evaluate(apply(Operator::add_days, {text("2026-03-01"), number(-31)}), {}),
              Value(std::string("2026-01-29")));
}

TEST(expression, a_birthday_completes_the_year_on_its_own_day) {
    const auto age = [](const char* day) {
        return evaluate(apply(Operator::full_years, {text("1946-11-23"), text(day)}), {});
    };
    EXPECT_EQ(age("2026-11-22"), Value(std::int64_t{79}));
    EXPECT_EQ(age("2026-11-23"), Value(std::int64_t{80}));
}

TEST(expression, what_cannot_be_computed_is_none_and_never_wraps) {
    EXPECT_EQ(evaluate(apply(Operator::add, {number(INT64_MAX), number(1)}), {}), none);
    EXPECT_EQ(evaluate(apply(Operator::subtract, {number(INT64_MIN), number(1)}), {}), none);
    EXPECT_EQ(evaluate(apply(Operator::add, {number(1), text("1")}), {}), none);
    EXPECT_EQ(evaluate(apply(Operator::add_years, {text("2026-02-30"), number(1)}), {}), none);
    EXPECT_EQ(evaluate(apply(Operator::add_years, {text("9999-01-01"), number(1)}), {}), none);
    EXPECT_EQ(evaluate(apply(Operator::add_days, {text("2026-01-01"), number(INT64_MAX)}), {}),
              none);
    EXPECT_EQ(evaluate(apply(Operator::full_years, {text("soon"), text("2026-01-01")}), {}), none);
}

TEST(expression, choose_and_one_of_pick) {
    const Facts facts{{"band", std::string("90-99")}};
    EXPECT_TRUE(
        holds(apply(Operator::one_of, {fact("band"), text("80-89"), text("90-99")}), facts));
    EXPECT_FALSE(holds(apply(Operator::one_of, {fact("band"), text("80-89")}), facts));
    const auto amount =
        apply(Operator::choose,
              {apply(Operator::equal, {fact("band"), text("90-99")}), number(200), number(100)});
    EXPECT_EQ(evaluate(amount, facts), Value(std::int64_t{200}));
    EXPECT_EQ(evaluate(amount, nothing_known), Value(std::int64_t{100}));
}

TEST(expression, names_every_fact_it_reads_once) {
    const auto all =
        apply(Operator::all, {apply(Operator::less, {fact("a"), fact("b")}), fact("a")});
    EXPECT_EQ(facts_read_by(all), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
