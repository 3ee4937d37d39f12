#include "domain/work_calendar.hpp"

#include <algorithm>

namespace domain {

namespace {

namespace chr = std::chrono;

unsigned weekday_of(base::Date date) {
    return chr::weekday{chr::sys_days{date}}.iso_encoding();
}

const CalendarYear* year_of(const WorkCalendar& calendar, base::Date date) {
    const auto found =
        std::find_if(calendar.years.begin(), calendar.years.end(),
                     [&](const CalendarYear& one) { return one.year == int(date.year()); });
    return found == calendar.years.end() ? nullptr : &*found;
}

base::Date day_after(base::Date date) {
    return base::Date{chr::sys_days{date} + chr::days{1}};
}

}  // namespace

bool WorkCalendar::is_known(base::Date date) const {
    return year_of(*this, date) != nullptr;
}

bool WorkCalendar::is_workday(base::Date date) const {
    if (const CalendarYear* year = year_of(*this, date)) {
        if (year->makeup_workdays.count(date) != 0) return true;
        if (year->holidays.count(date) != 0) return false;
    }
    return weekday_of(date) <= 5;
}

base::Date add_workdays(const WorkCalendar& calendar, base::Date date, int n) {
    return promised_day(calendar, date, n, {});
}

base::Date promised_day(const WorkCalendar& calendar, base::Date accepted, int days,
                        const std::vector<Stopped>& stops) {
    base::Date date = accepted;
    for (int counted = 0; counted < days;) {
        date = day_after(date);
        const bool stopped = std::any_of(stops.begin(), stops.end(), [&](const Stopped& stop) {
            return stop.from < date && date <= stop.to;
        });
        if (!stopped && calendar.is_workday(date)) ++counted;
    }
    return date;
}

bool is_open(const WorkCalendar& calendar, const std::vector<OfficeHours>& hours,
             base::Instant now) {
    if (hours.empty()) return true;
    const base::Date today = base::local_date(now);
    const bool weekend = weekday_of(today) > 5;
    const bool works = calendar.is_workday(today);
    // A holiday closes an office whatever its week is; a weekend only one that rests then.
    const CalendarYear* year = year_of(calendar, today);
    if (year != nullptr && !works && year->holidays.count(today) != 0) return false;
    const int weekday = weekend && works ? 1 : static_cast<int>(weekday_of(today));
    const std::string time = base::local_time_hh_mm(now);
    return std::any_of(hours.begin(), hours.end(), [&](const OfficeHours& one) {
        return one.first_weekday <= weekday && weekday <= one.last_weekday && one.opens <= time &&
               time < one.closes;
    });
}

}  // namespace domain
