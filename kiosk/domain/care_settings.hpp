// When a terminal looks after itself, and what it may do then. Local time, in minutes of the day;
// the window may go over midnight. Value only.
#pragma once

namespace domain {

struct CareSettings {
    struct Window {
        int from = 2 * 60 + 30, to = 4 * 60 + 30;  // from == to: there is none
        constexpr bool holds(int minute_of_day) const {
            if (from <= to) return minute_of_day >= from && minute_of_day < to;
            return minute_of_day >= from || minute_of_day < to;
        }
        constexpr int minutes() const { return (to - from + 24 * 60) % (24 * 60); }
        friend bool operator==(const Window&, const Window&) = default;
    };
    Window window;
    int restart_after_days = 7;   // the program begins anew in the window; 0: never
    int memory_mb = 1536;         // of the program; the unit's MemoryMax lies above it
    int sheets_in_full_tray = 0;  // of the document printer; 0: nobody said, no forecast
    int roll_metres = 50;         // of a new roll of the receipt printer; 0: no forecast
    friend bool operator==(const CareSettings&, const CareSettings&) = default;
};

}  // namespace domain
