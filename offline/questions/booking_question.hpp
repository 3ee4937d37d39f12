// Appointments: what is booked, which times are free, booking, changing and cancelling. Both ends,
// strict. What cannot be done is an answer with an outcome, not a fault. Faults: BytesMalformed for
// a question; CentreRefused or CentreNonsense for an answer. Pure.
#pragma once

#include "base/secret.hpp"
#include "domain/booking.hpp"
#include "offline/questions/kinds.hpp"

namespace offline::questions {

struct BookingAsked {
    Person person;
    domain::booking::Wish wish;
    friend bool operator==(const BookingAsked&, const BookingAsked&) = default;
};

base::SecretText booking_question(const BookingAsked& asked);
base::Result<domain::booking::Answer> read_booking_answer(std::string_view json);

base::Result<BookingAsked> read_booking_question(std::string_view json);
base::SecretText booking_answer(const domain::booking::Answer& answer);

// How a kind of time is written: normal, extended, weekend, home_visit.
std::string_view name(domain::booking::Kind kind);
std::optional<domain::booking::Kind> booking_kind_from(std::string_view name);

}  // namespace offline::questions
