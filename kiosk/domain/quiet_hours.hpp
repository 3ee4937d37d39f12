// The hours in which a terminal begins quietly (UX-183): whoever comes may still turn it up. Local
// time, in minutes of the day; the hours may go over midnight. Value only.
#pragma once

namespace domain {

struct QuietHours {
    int from = 0, to = 0;  // from == to: there are none
    int volume = 2;        // the step of Comfort a session begins with

    constexpr bool holds(int minute_of_day) const {
        if (from <= to) return minute_of_day >= from && minute_of_day < to;
        return minute_of_day >= from || minute_of_day < to;
    }
    friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

}  // namespace domain
