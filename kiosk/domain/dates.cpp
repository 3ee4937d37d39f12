#include "domain/dates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace domain {

namespace chr = std::chrono;

namespace {

base::Result<Date> from_digits(std::string_view year, std::string_view month,
                               std::string_view day) {
    const auto number = [](std::string_view digits) {
        int value = 0;
        for (const char c : digits) value = (c < '0' || c > '9') ? -100000 : value * 10 + (c - '0');
        return value;
    };
    const int y = number(year), m = number(month), d = number(day);
    if (y < 0 || m < 0 || d < 0)
        return base::fail(base::FaultCode::BytesMalformed, "date: not digits");
    const Date date{chr::year{y}, chr::month{static_cast<unsigned>(m)},
                    chr::day{static_cast<unsigned>(d)}};
    if (!date.ok()) return base::fail(base::FaultCode::BytesMalformed, "date: not in the calendar");
    return date;
}

}  // namespace

base::Result<Date> date_from_yyyymmdd(std::string_view digits) {
    if (digits.size() != 8)
        return base::fail(base::FaultCode::BytesMalformed, "date: not 8 digits");
    return from_digits(digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2));
}

base::Result<Date> date_from_iso(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return base::fail(base::FaultCode::BytesMalformed, "date: not YYYY-MM-DD");
    return from_digits(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
}

std::string iso(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()));
}

std::string in_words(Date date, base::Locale locale) {
    if (locale == base::Locale::zh)
        return fmt::format("{}年{}月{}日", int(date.year()), unsigned(date.month()),
                           unsigned(date.day()));
    constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
    return fmt::format("{} {} {}", unsigned(date.day()), months.at(unsigned(date.month()) - 1),
                       int(date.year()));
}

Date plus_days(Date date, int days) {
    return Date{chr::sys_days{date} + chr::days{days}};
}

Date plus_years(Date date, int years) {
    const Date moved = date + chr::years{years};
    return moved.ok() ? moved : Date{moved.year(), moved.month(), chr::day{28}};
}

int full_years_between(Date born, Date today) {
    const int years = int(today.year()) - int(born.year());
    return plus_years(born, years) > today ? years - 1 : years;
}

}  // namespace domain
