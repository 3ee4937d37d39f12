// Booking an appointment at an office: what is booked, where, which day, what time, said once more.
#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/secret.hpp"
#include "domain/booking.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/identifiers.hpp"
#include "flows/hand_in/hand_in_states.hpp"

#include <optional>
#include <string>
#include <vector>

namespace flows {

// What is known so far. What is booked says what somebody wants of an office: personal.
struct BookingTalk {
    base::Secret<domain::CitizenIdentity> person;
    std::string item_code;  // empty: no matter was named
    std::vector<domain::booking::Point> points{};
    std::vector<domain::booking::Booking> bookings{};
    std::vector<domain::booking::Slot> slots{};  // of the point
    domain::booking::Point point{};
    std::string date{};
    domain::booking::Slot slot{};
    std::string number{};  // of the booking that is moved or given up
    std::string key{};     // of the booking that is made: the same for every try
    bool taken = false;    // the time that was chosen went to somebody else
};

// Looking changes nothing at the centre; of the rest it may have heard, whatever came back.
inline bool changes_something(const domain::booking::Wish& wish) {
    return wish.action != domain::booking::Action::mine &&
           wish.action != domain::booking::Action::slots;
}

struct AskingBooking {
    BookingTalk talk;
    domain::booking::Wish wish;
    domain::Ticket ticket;
    base::Instant since{};
};

struct Booking {
    enum class Page { mine, points, days, times, confirm, give_up, made, given_up };
    BookingTalk talk;
    Page page = Page::mine;
    // Of made: the slip, when it is wanted. Unknown is not printed.
    domain::Ticket ticket{};
    Paper paper = Paper::none;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    std::optional<base::Fault> fault{};
    base::Instant settled{};  // when the printer was last heard of
};

struct BookingNotPossible {
    BookingTalk talk;
    domain::booking::Wish wish;          // tried again
    std::optional<base::Fault> fault{};  // none: the centre said why not
    domain::booking::Outcome outcome = domain::booking::Outcome::done;
};

}  // namespace flows
