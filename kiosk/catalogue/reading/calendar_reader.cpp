// Working days as published for a year, and when people work.
#include "catalogue/reading/pack_parts.hpp"
#include "domain/dates.hpp"

namespace catalogue::reading {

namespace {

std::set<base::Date> read_days(StrictObject& object, std::string_view key, std::size_t most,
                               int year, Problems& problems) {
    std::set<base::Date> out;
    object.each_if_there(key, most, [&](const Json& each, const std::string& at) {
        const auto date = domain::date_from_iso(read_text(each, at, problems));
        if (!date || int(date->year()) != year)
            problems.add(at, "expected a date of this year, e.g. 2026-10-01");
        else if (!out.insert(*date).second)
            problems.add(at, "stands twice");
    });
    return out;
}

std::string read_time(StrictObject& object, std::string_view key) {
    const std::string text = object.text(key);
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    const bool good = text.size() == 5 && digit(0) && digit(1) && text[2] == ':' && digit(3) &&
                      digit(4) && text < "24:00" && text[3] < '6';
    if (!text.empty() && !good) object.problem(key, "expected a time of day, e.g. 09:00");
    return text;
}

}  // namespace

domain::CalendarYear read_calendar_year(const Json& json, const std::string& place,
                                        Problems& problems) {
    StrictObject object(json, place, problems);
    domain::CalendarYear year;
    year.year = static_cast<int>(object.number("year", 2000, 2199));
    year.note = object.optional_text("note");
    year.holidays = read_days(object, "holidays", 100, year.year, problems);
    year.makeup_workdays = read_days(object, "makeup_workdays", 50, year.year, problems);
    for (const auto& day : year.makeup_workdays)
        if (year.holidays.count(day) != 0)
            object.problem("makeup_workdays", "a holiday, too: " + domain::iso(day));
    return year;
}

domain::OfficeHours read_office_hours(const Json& json, const std::string& place,
                                      Problems& problems) {
    StrictObject object(json, place, problems);
    domain::OfficeHours hours;
    hours.first_weekday = static_cast<int>(object.number("first_weekday", 1, 7));
    hours.last_weekday = static_cast<int>(object.number("last_weekday", 1, 7));
    hours.opens = read_time(object, "opens");
    hours.closes = read_time(object, "closes");
    if (hours.first_weekday > hours.last_weekday)
        object.problem("last_weekday", "before the first");
    if (!hours.opens.empty() && !hours.closes.empty() && hours.opens >= hours.closes)
        object.problem("closes", "not after it opens");
    return hours;
}

}  // namespace catalogue::reading
