#include "base/clock.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace base {

namespace chr = std::chrono;

Instant SystemClock::now() const {
    return chr::time_point_cast<Millis>(chr::system_clock::now());
}

Millis SystemClock::steady() const {
    return chr::duration_cast<Millis>(chr::steady_clock::now().time_since_epoch());
}

Date local_date(Instant instant) {
    return Date{chr::floor<chr::days>(instant + china_offset)};
}

std::string local_time_hh_mm(Instant instant) {
    const auto local = instant + china_offset;
    const chr::hh_mm_ss time{local - chr::floor<chr::days>(local)};
    return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

std::string iso8601_local(Instant instant) {
    const auto local = instant + china_offset;
    const Date date{chr::floor<chr::days>(local)};
    const chr::hh_mm_ss time{local - chr::floor<chr::days>(local)};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00", int(date.year()),
                       unsigned(date.month()), unsigned(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

bool parse_iso8601(const std::string& text, Instant& out) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                    &second, &used) != 6)
        return false;
    int offset_minutes = 0;
    const std::string zone = text.substr(static_cast<std::size_t>(used));
    if (zone != "Z") {
        int zone_hours = 0, zone_minutes = 0, zone_used = 0;
        char sign = 0;
        if (std::sscanf(zone.c_str(), "%c%2d:%2d%n", &sign, &zone_hours, &zone_minutes,
                        &zone_used) != 3 ||
            static_cast<std::size_t>(zone_used) != zone.size() || (sign != '+' && sign != '-'))
            return false;
        offset_minutes = (zone_hours * 60 + zone_minutes) * (sign == '-' ? -1 : 1);
    }
    const Date date{chr::year{year}, chr::month{static_cast<unsigned>(month)},
                    chr::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59)
        return false;
    out = Instant{chr::sys_days{date}.time_since_epoch() + chr::hours{hour} + chr::minutes{minute} +
                  chr::seconds{second} - chr::minutes{offset_minutes}};
    return true;
}

}  // namespace base
