// Offices, their times and what is booked there. One SQLite file of its own. A time holds no more
// bookings than it has places: the table itself refuses one more. A person is a keyed hash
// (answer_book.hpp). One thread at a time; several processes may have it open.
#pragma once

#include "base/clock.hpp"
#include "domain/booking.hpp"
#include "offline/store/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offline::intake {

// Changed and cancelled until then before it begins.
inline constexpr base::Millis booking_change_limit = std::chrono::hours{1};
// How far ahead times are offered.
inline constexpr int booking_days_ahead = 14;

class BookingBook {
  public:
    static base::Result<BookingBook> open(const std::string& folder);

    // {"points": [{id, name, address, hours, telephone}], "slots": [{point, item, date, from, to,
    // kind, capacity}]}: all or nothing; item "" is for every matter. What is there is replaced,
    // and what was booked stays: fewer places than are booked are refused. How many;
    // BytesMalformed.
    base::Result<std::int64_t> load(std::string_view json);

    base::Result<domain::booking::Answer> answer(const domain::booking::Wish& wish,
                                                 base::ByteView person, base::Instant now);
    // Those that stand, of everybody; they name nobody.
    base::Result<std::vector<domain::booking::Booking>> all();

  private:
    explicit BookingBook(store::Database database) : database_(std::move(database)) {}
    using Wish = domain::booking::Wish;
    using Answer = domain::booking::Answer;
    using Booking = domain::booking::Booking;

    base::Result<std::vector<domain::booking::Point>> points();
    base::Result<std::vector<domain::booking::Slot>> free_slots(const std::string& point,
                                                                const std::string& item,
                                                                base::Instant now);
    // Those of one person that are not over, of all days.
    base::Result<std::vector<Booking>> of(base::ByteView person);
    base::Result<Answer> book(const Wish& wish, base::ByteView person, base::Instant now);
    base::Result<Answer> change(const Wish& wish, base::ByteView person, base::Instant now);
    // Takes a place; nothing: why not, with the times that are free.
    base::Result<std::optional<Answer>> take_place(const Wish& wish, base::Instant now);
    base::Status give_back(const std::string& slot);

    store::Database database_;
};

}  // namespace offline::intake
