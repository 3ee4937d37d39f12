// Which days an office works, and dates counted over them. What the State Council publishes each
// autumn for the next year comes as data: holidays, and the Saturdays and Sundays that are worked
// instead. A year nobody has published is Monday to Friday, and is_known says so. Pure. Source:
// domain.md 2.5 and 3.4.
#pragma once

#include "base/clock.hpp"

#include <set>
#include <string>
#include <vector>

namespace domain {

struct CalendarYear {
    int year = 0;
    std::string note;                                // where it is from
    std::set<base::Date> holidays, makeup_workdays;  // all of that year
    friend bool operator==(const CalendarYear&, const CalendarYear&) = default;
};

struct WorkCalendar {
    std::vector<CalendarYear> years;
    bool is_known(base::Date date) const;  // its year was published
    bool is_workday(base::Date date) const;
    friend bool operator==(const WorkCalendar&, const WorkCalendar&) = default;
};

// The n-th workday after `date`, which itself is never counted; of 0 the date itself.
base::Date add_workdays(const WorkCalendar& calendar, base::Date date, int n);

// Days on which a limit stands still: those after `from`, up to and with `to`.
struct Stopped {
    base::Date from, to;
};
// The day by which something is promised: `days` workdays after it was accepted, none of them
// stopped.
base::Date promised_day(const WorkCalendar& calendar, base::Date accepted, int days,
                        const std::vector<Stopped>& stops);

// When people work there: on workdays of the calendar, or on some days of the week.
struct OfficeHours {
    int first_weekday = 1, last_weekday = 5;  // 1 Monday … 7 Sunday
    std::string opens, closes;                // local time, 09:00; closes is not in it any more
    friend bool operator==(const OfficeHours&, const OfficeHours&) = default;
};
// Without hours nothing is known, and the office counts as open. A make-up workday has the hours
// of a Monday.
bool is_open(const WorkCalendar& calendar, const std::vector<OfficeHours>& hours,
             base::Instant now);

}  // namespace domain
