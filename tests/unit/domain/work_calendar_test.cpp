// Days that an office works, and what is promised over them.
#include "domain/work_calendar.hpp"

#include "domain/dates.hpp"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Date day(const char* text) {
    return date_from_iso(text).value();
}

// The autumn of 2026: eight days around the national day, two weekends worked instead.
WorkCalendar autumn() {
    CalendarYear year;
    year.year = 2026;
    for (int i = 0; i < 7; ++i) year.holidays.insert(plus_days(day("2026-10-01"), i));
    year.makeup_workdays = {day("2026-09-20"), day("2026-10-10")};
    return {{year}};
}

base::Instant at(const char* text) {
    base::Instant out{};
    EXPECT_TRUE(base::parse_iso8601(text, out));
    return out;
}

TEST(work_calendar, a_holiday_is_not_worked_and_a_make_up_saturday_is) {
    const auto calendar = autumn();
    EXPECT_TRUE(calendar.is_workday(day("2026-09-30")));
    EXPECT_FALSE(calendar.is_workday(day("2026-10-01")));
    EXPECT_FALSE(calendar.is_workday(day("2026-10-07")));
    EXPECT_TRUE(calendar.is_workday(day("2026-10-08")));
    EXPECT_TRUE(calendar.is_workday(day("2026-10-10"))) << "a Saturday worked instead";
    EXPECT_FALSE(calendar.is_workday(day("2026-10-11"))) << "a Sunday as any other";
}

TEST(work_calendar, a_year_nobody_published_is_monday_to_friday_and_says_that_it_is_not_known) {
    const auto calendar = autumn();
    EXPECT_TRUE(calendar.is_known(day("2026-12-31")));
    EXPECT_FALSE(calendar.is_known(day("2027-01-01")));
    EXPECT_TRUE(calendar.is_workday(day("2027-01-01"))) << "a Friday";
    EXPECT_FALSE(calendar.is_workday(day("2027-01-02")));
}

TEST(work_calendar, the_promised_day_jumps_the_holiday_and_counts_the_make_up_day) {
    const auto calendar = autumn();
    EXPECT_EQ(iso(add_workdays(calendar, day("2026-09-30"), 1)), "2026-10-08");
    EXPECT_EQ(iso(add_workdays(calendar, day("2026-09-30"), 3)), "2026-10-10");
    EXPECT_EQ(iso(add_workdays(calendar, day("2026-09-30"), 4)), "2026-10-12");
    EXPECT_EQ(iso(add_workdays(calendar, day("2026-09-30"), 0)), "2026-09-30");
}

TEST(work_calendar, time_that_stood_still_is_not_counted) {
    const auto calendar = autumn();
    const std::vector<Stopped> stops{{day("2026-11-03"), day("2026-11-06")}};
    // Accepted on Monday the 2nd: Tuesday counts, Wednesday to Friday stand still.
    EXPECT_EQ(iso(promised_day(calendar, day("2026-11-02"), 1, stops)), "2026-11-03");
    EXPECT_EQ(iso(promised_day(calendar, day("2026-11-02"), 2, stops)), "2026-11-09");
}

TEST(work_calendar, whatever_is_added_lands_on_a_workday_with_so_many_of_them_between) {
    const auto calendar = autumn();
    for (int start = 0; start < 366; start += 5)
        for (int n = 1; n <= 30; n += 3) {
            const auto from = plus_days(day("2026-01-01"), start);
            const auto to = add_workdays(calendar, from, n);
            EXPECT_TRUE(calendar.is_workday(to)) << iso(from) << " + " << n;
            int between = 0;
            for (auto date = plus_days(from, 1); date <= to; date = plus_days(date, 1))
                between += calendar.is_workday(date) ? 1 : 0;
            EXPECT_EQ(between, n) << iso(from);
            EXPECT_LT(to, add_workdays(calendar, from, n + 1));
            EXPECT_EQ(add_workdays(calendar, add_workdays(calendar, from, n), 1),
                      add_workdays(calendar, from, n + 1));
        }
}

TEST(work_calendar, an_office_is_open_in_its_hours_on_days_that_are_worked) {
    const auto calendar = autumn();
    const std::vector<OfficeHours> hours{{1, 5, "09:00", "17:00"}};
    EXPECT_TRUE(is_open(calendar, hours, at("2026-09-30T09:00:00+08:00")));
    EXPECT_FALSE(is_open(calendar, hours, at("2026-09-30T08:59:00+08:00")));
    EXPECT_FALSE(is_open(calendar, hours, at("2026-09-30T17:00:00+08:00")));
    EXPECT_FALSE(is_open(calendar, hours, at("2026-10-01T10:00:00+08:00"))) << "a holiday";
    EXPECT_TRUE(is_open(calendar, hours, at("2026-10-10T10:00:00+08:00"))) << "a make-up day";
    EXPECT_FALSE(is_open(calendar, hours, at("2026-10-11T10:00:00+08:00"))) << "a Sunday";
    const std::vector<OfficeHours> saturdays{{6, 6, "09:00", "12:00"}};
    EXPECT_TRUE(is_open(calendar, saturdays, at("2026-10-17T10:00:00+08:00")));
    EXPECT_FALSE(is_open(calendar, saturdays, at("2026-10-03T10:00:00+08:00"))) << "a holiday";
    EXPECT_TRUE(is_open(calendar, {}, at("2026-10-11T10:00:00+08:00"))) << "no hours are known";
}

}  // namespace
}  // namespace domain
