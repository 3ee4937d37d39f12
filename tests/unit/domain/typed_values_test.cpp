#include "domain/typed_values.hpp"

#include <gtest/gtest.h>

namespace domain {
namespace {

TypedFault fault(const std::optional<Wrong>& wrong) {
    EXPECT_TRUE(wrong);
    return wrong ? wrong->fault : TypedFault{};
}

}  // namespace

TEST(typed_id_number, says_which_part_is_wrong) {
    EXPECT_FALSE(fault_of_id_number("000101195803120124"));
    EXPECT_EQ(fault_of_id_number("0001011958031201"), (Wrong{TypedFault::too_short, 2, 18}));
    EXPECT_EQ(fault(fault_of_id_number("000101195813120124")), TypedFault::no_such_date);
    EXPECT_EQ(fault(fault_of_id_number("000101195803120125")), TypedFault::wrong_check);
    EXPECT_EQ(fault(fault_of_id_number("00010119580312X124")), TypedFault::odd_character);
    EXPECT_EQ(fault(fault_of_id_number("0001011958031201240")), TypedFault::too_long);
    EXPECT_EQ(fault(fault_of_id_number("000101189912310124")), TypedFault::no_such_date);
}
TEST(typed_phone, says_how_many_digits_are_missing) {
    EXPECT_FALSE(fault_of_mobile("13800138000"));
    EXPECT_EQ(fault_of_mobile("138001380"), (Wrong{TypedFault::too_short, 2, 11}));
    EXPECT_EQ(fault_of_mobile("138001380001"), (Wrong{TypedFault::too_long, 1, 11}));
    EXPECT_EQ(fault(fault_of_mobile("12800138000")), TypedFault::wrong_start);
    EXPECT_EQ(fault(fault_of_mobile("1380013800a")), TypedFault::odd_character);
    EXPECT_EQ(fault(fault_of_mobile("")), TypedFault::too_short);
}
TEST(typed_credit_code, checks_its_last_character) {
    EXPECT_FALSE(fault_of_credit_code("91350100M000100Y43"));  // the example of GB 32100
    EXPECT_EQ(fault(fault_of_credit_code("91350100M000100Y44")), TypedFault::wrong_check);
    EXPECT_EQ(fault(fault_of_credit_code("91350100M000010Y43")), TypedFault::wrong_check);
    EXPECT_EQ(fault(fault_of_credit_code("91350100O000100Y43")), TypedFault::odd_character);
    EXPECT_EQ(fault(fault_of_credit_code("9135A100M000100Y43")), TypedFault::odd_character);
    EXPECT_EQ(fault_of_credit_code("91350100M"), (Wrong{TypedFault::too_short, 9, 18}));
}
TEST(typed_money, is_yuan_with_two_decimals_at_most) {
    for (const char* good : {"0", "5", "1200", "1200.5", "1200.50", "999999999.99"})
        EXPECT_FALSE(fault_of_money(good)) << good;
    for (const char* bad : {"", ".", "1.", ".5", "1.234", "1.2.3", "12a", "-5"})
        EXPECT_EQ(fault(fault_of_money(bad)), TypedFault::odd_character) << bad;
    EXPECT_EQ(fault(fault_of_money("0012")), TypedFault::wrong_start);
    EXPECT_EQ(fault(fault_of_money("1000000000")), TypedFault::too_long);
}
TEST(typed_date, is_a_day_of_the_calendar) {
    EXPECT_FALSE(fault_of_date("20240229"));
    EXPECT_FALSE(fault_of_date("2026-08-20"));
    EXPECT_EQ(fault(fault_of_date("20230229")), TypedFault::no_such_date);
    EXPECT_EQ(fault(fault_of_date("18991231")), TypedFault::no_such_date);
    EXPECT_EQ(fault_of_date("202608"), (Wrong{TypedFault::too_short, 2, 8}));
    EXPECT_EQ(fault(fault_of_date("2026-8-200")), TypedFault::odd_character);
    EXPECT_EQ(date_as_iso("20260820"), "2026-08-20");
    EXPECT_EQ(date_as_iso("20261320"), "20261320");
}
TEST(typed_plate, begins_with_a_province_and_has_no_i_and_o) {
    for (const char* good : {"湘A12345", "京AD12345", "粤B1234警", "沪A1234挂", "京O12345"})
        EXPECT_FALSE(fault_of_plate(good)) << good;
    EXPECT_EQ(fault(fault_of_plate("A12345")), TypedFault::wrong_start);
    EXPECT_EQ(fault(fault_of_plate("")), TypedFault::wrong_start);
    EXPECT_EQ(fault(fault_of_plate("湘A1I345")), TypedFault::odd_character);
    EXPECT_EQ(fault(fault_of_plate("湘112345")), TypedFault::odd_character);
    EXPECT_EQ(fault_of_plate("湘A123"), (Wrong{TypedFault::too_short, 2, 7}));
    EXPECT_EQ(fault(fault_of_plate("湘A1234567")), TypedFault::too_long);
}
TEST(typed_name, has_hanzi_letters_and_the_middle_dot) {
    for (const char* good : {"王秀兰", "阿依古丽·买买提", "𠅤", "Anna Li"})
        EXPECT_FALSE(fault_of_name(good)) << good;
    for (const char* bad : {"王1", "王，", "王@"}) EXPECT_TRUE(fault_of_name(bad)) << bad;
}
TEST(typed_values, are_grouped_while_they_are_typed) {
    using base::Locale;
    EXPECT_EQ(grouped_money("1200.50"), "¥1,200.50 元");
    EXPECT_EQ(grouped_money("1234567"), "¥1,234,567 元");
    EXPECT_EQ(grouped_money("12."), "¥12.");
    EXPECT_EQ(grouped_date("20260820", Locale::zh), "2026年8月20日");
    EXPECT_EQ(grouped_date("2026-08-20", Locale::zh), "2026年8月20日");
    EXPECT_EQ(grouped_date("202", Locale::zh), "202");
    EXPECT_EQ(grouped_date("202608", Locale::zh), "2026年08月");
    EXPECT_EQ(grouped_date("2026082", Locale::zh), "2026年08月2");
    EXPECT_EQ(grouped_plate("湘A12345"), "湘A·12345");
}

}  // namespace domain
