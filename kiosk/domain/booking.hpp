// Appointments at an office, as the centre keeps them: where, when, and what came of asking. Days
// are 2026-11-28, times 09:00, both local. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace domain::booking {

enum class Kind { normal, extended, weekend, home_visit };
enum class Action { mine, slots, book, change, cancel };
enum class Outcome {
    done,
    taken,           // somebody was quicker; the times that are free come with it
    already_booked,  // the same person for the same matter
    too_late,        // it begins too soon to be changed, or is over
    not_found        // no such office, time or booking of this person
};

struct Point {
    std::string id, name, address, hours, telephone;
    friend bool operator==(const Point&, const Point&) = default;
};
struct Slot {
    std::string id, date, from, to;
    Kind kind = Kind::normal;
    int free = 0;
    friend bool operator==(const Slot&, const Slot&) = default;
};
struct Booking {
    std::string number;     // with a check character
    std::string item_code;  // empty: no matter was named
    Point point;
    Slot slot;
    friend bool operator==(const Booking&, const Booking&) = default;
};

// What is asked of the centre. A field that the action does not need is empty.
struct Wish {
    Action action = Action::mine;
    std::string item_code;
    std::string point;   // of slots
    std::string slot;    // of book and change
    std::string number;  // of change and cancel
    std::string key;  // of book: 32 hex digits, drawn once, so that a second try books nothing new
    friend bool operator==(const Wish&, const Wish&) = default;
};
// mine: bookings and all offices; slots and taken: the free times; book and change: the booking.
struct Answer {
    Outcome outcome = Outcome::done;
    std::vector<Point> points;
    std::vector<Slot> slots;
    std::vector<Booking> bookings;
    friend bool operator==(const Answer&, const Answer&) = default;
};

// B20261122-0042 and its check character (ISO 7064 MOD 37,36 over letters and digits).
std::string booking_number(std::string_view date, long long count);
bool is_booking_number(std::string_view text);

bool is_day(std::string_view text);
bool is_time(std::string_view text);

}  // namespace domain::booking
