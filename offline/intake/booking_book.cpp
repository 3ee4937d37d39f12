#include "offline/intake/booking_book.hpp"

#include "offline/questions/booking_question.hpp"
#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <filesystem>

namespace offline::intake {

namespace {

using base::FaultCode;
using domain::booking::Action;
using domain::booking::Outcome;
using domain::booking::Point;
using domain::booking::Slot;
using nlohmann::json;

// A place more than there are is refused by the table, whoever asks.
constexpr const char* schema = R"sql(
CREATE TABLE point(
    id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, hours TEXT NOT NULL,
    telephone TEXT NOT NULL
) STRICT;
CREATE TABLE slot(
    id INTEGER PRIMARY KEY, point TEXT NOT NULL REFERENCES point(id), item TEXT NOT NULL,
    day TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL, kind TEXT NOT NULL,
    capacity INTEGER NOT NULL, booked INTEGER NOT NULL DEFAULT 0,
    UNIQUE (point, item, day, begins, kind), CHECK (booked BETWEEN 0 AND capacity)
) STRICT;
CREATE TABLE booking(
    id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, once TEXT NOT NULL UNIQUE,
    slot INTEGER NOT NULL REFERENCES slot(id), person BLOB NOT NULL, item TEXT NOT NULL,
    stands INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX booking_by_person ON booking(person, stands);
PRAGMA user_version = 1;
)sql";

constexpr const char* whole_booking =
    "SELECT b.number, b.item, p.id, p.name, p.address, p.hours, p.telephone, s.id, s.day,"
    " s.begins, s.ends, s.kind, s.capacity - s.booked"
    " FROM booking b JOIN slot s ON s.id = b.slot JOIN point p ON p.id = s.point WHERE b.stands = "
    "1";

// As a day and a time are written in the book.
std::string local_moment(base::Instant instant) {
    return base::iso8601_local(instant).substr(0, 10) + " " + base::local_time_hh_mm(instant);
}

Point point_at(const store::Query& row, int first) {
    return {row.text(first), row.text(first + 1), row.text(first + 2), row.text(first + 3),
            row.text(first + 4)};
}
Slot slot_at(const store::Query& row, int first) {
    return {
        std::to_string(row.integer(first)),
        row.text(first + 1),
        row.text(first + 2),
        row.text(first + 3),
        questions::booking_kind_from(row.text(first + 4)).value_or(domain::booking::Kind::normal),
        static_cast<int>(row.integer(first + 5))};
}
domain::booking::Booking booking_at(const store::Query& row) {
    return {row.text(0), row.text(1), point_at(row, 2), slot_at(row, 7)};
}

domain::booking::Answer only(Outcome outcome) {
    domain::booking::Answer out;
    out.outcome = outcome;
    return out;
}

bool may_be_changed(const Slot& slot, base::Instant now) {
    return slot.date + " " + slot.from >= local_moment(now + booking_change_limit);
}

}  // namespace

base::Result<BookingBook> BookingBook::open(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    store::Database database =
        TRY(store::Database::open(folder + "/bookings.sqlite", store::Access::shared));
    TRY_STATUS(database.quick_check());
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version == 0)
        TRY_STATUS(database.execute(schema));
    else if (version != 1)
        return base::fail(FaultCode::OutboxCorrupt, "bookings: written by a newer program");
    TRY_STATUS(transaction.commit());
    return BookingBook(std::move(database));
}

base::Result<std::int64_t> BookingBook::load(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    if (!value.is_object() || value.size() != 2 || !value.contains("points") ||
        !value.contains("slots") || !value["points"].is_array() || !value["slots"].is_array())
        return base::fail(FaultCode::BytesMalformed, "points and slots");
    const auto wrong = [](const char* list, std::int64_t at) {
        return base::fail(FaultCode::BytesMalformed, std::string(list) + " " + std::to_string(at));
    };
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    std::int64_t points = 0, slots = 0;
    for (const json& entry : value["points"]) {
        questions::StrictObject in(entry);
        const Point point{in.text("id", 64), in.text("name"), in.text("address"), in.text("hours"),
                          in.text("telephone", 64)};
        if (!in.whole() || point.id.empty() || point.name.empty()) return wrong("points", points);
        TRY_STATUS(
            database_
                .prepare("INSERT INTO point VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
                         " SET name = excluded.name, address = excluded.address,"
                         " hours = excluded.hours, telephone = excluded.telephone")
                .bind(point.id)
                .bind(point.name)
                .bind(point.address)
                .bind(point.hours)
                .bind(point.telephone)
                .run());
        ++points;
    }
    for (const json& entry : value["slots"]) {
        questions::StrictObject in(entry);
        const std::string point = in.text("point", 64), item = in.text("item", 64),
                          date = in.text("date", 10), from = in.text("from", 5),
                          to = in.text("to", 5), kind = in.text("kind", 16);
        const std::int64_t capacity = in.integer("capacity", 0, 10'000);
        if (!in.whole() || !domain::booking::is_day(date) || !domain::booking::is_time(from) ||
            !domain::booking::is_time(to) || from >= to || !questions::booking_kind_from(kind))
            return wrong("slots", slots);
        const bool known =
            TRY(database_.prepare("SELECT 1 FROM point WHERE id = ?").bind(point).row());
        store::Query before = database_.prepare(
            "SELECT booked FROM slot WHERE point = ? AND item = ? AND day = ? AND begins = ? AND"
            " kind = ?");
        before.bind(point).bind(item).bind(date).bind(from).bind(kind);
        const bool there = TRY(before.row());
        if (!known || (there && before.integer(0) > capacity)) return wrong("slots", slots);
        TRY_STATUS(
            database_
                .prepare(
                    "INSERT INTO slot(point, item, day, begins, ends, kind, capacity)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (point, item, day, begins, kind)"
                    " DO UPDATE SET ends = excluded.ends, capacity = excluded.capacity")
                .bind(point)
                .bind(item)
                .bind(date)
                .bind(from)
                .bind(to)
                .bind(kind)
                .bind(capacity)
                .run());
        ++slots;
    }
    TRY_STATUS(transaction.commit());
    return points + slots;
}

base::Result<std::vector<Point>> BookingBook::points() {
    store::Query query = database_.prepare(
        "SELECT id, name, address, hours, telephone FROM point ORDER BY id LIMIT ?");
    query.bind(static_cast<std::int64_t>(questions::list_max));
    std::vector<Point> out;
    while (TRY(query.row())) out.push_back(point_at(query, 0));
    return out;
}

base::Result<std::vector<Slot>> BookingBook::free_slots(const std::string& point,
                                                        const std::string& item,
                                                        base::Instant now) {
    store::Query query = database_.prepare(
        "SELECT id, day, begins, ends, kind, capacity - booked FROM slot WHERE point = ?1 AND"
        " item IN ('', ?2) AND booked < capacity AND kind != 'home_visit' AND"
        " day || ' ' || begins > ?3 AND day <= ?4 ORDER BY day, begins, id LIMIT ?5");
    query.bind(point)
        .bind(item)
        .bind(local_moment(now))
        .bind(local_moment(now + std::chrono::hours{24 * booking_days_ahead}).substr(0, 10))
        .bind(static_cast<std::int64_t>(questions::list_max));
    std::vector<Slot> out;
    while (TRY(query.row())) out.push_back(slot_at(query, 0));
    return out;
}

base::Result<std::vector<domain::booking::Booking>> BookingBook::of(base::ByteView person) {
    store::Query query = database_.prepare(std::string(whole_booking) +
                                           " AND b.person = ? ORDER BY s.day, s.begins, b.id");
    query.bind(person);
    std::vector<Booking> out;
    while (TRY(query.row())) out.push_back(booking_at(query));
    return out;
}

base::Result<std::vector<domain::booking::Booking>> BookingBook::all() {
    store::Query query =
        database_.prepare(std::string(whole_booking) + " ORDER BY s.day, s.begins, b.id");
    std::vector<Booking> out;
    while (TRY(query.row())) out.push_back(booking_at(query));
    return out;
}

base::Status BookingBook::give_back(const std::string& slot) {
    return database_.prepare("UPDATE slot SET booked = booked - 1 WHERE id = ?")
        .bind(static_cast<std::int64_t>(std::stoll(slot)))
        .run();
}

base::Result<std::optional<domain::booking::Answer>> BookingBook::take_place(const Wish& wish,
                                                                             base::Instant now) {
    // An id that is no number is none of this book's.
    const bool digits =
        wish.slot.size() < 18 && std::all_of(wish.slot.begin(), wish.slot.end(),
                                             [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || wish.slot.empty()) return std::optional(only(Outcome::not_found));
    const auto id = static_cast<std::int64_t>(std::stoll(wish.slot));
    std::string point;
    {
        store::Query query = database_.prepare(
            "SELECT point, day || ' ' || begins, capacity - booked FROM slot"
            " WHERE id = ? AND item IN ('', ?) AND kind != 'home_visit'");
        query.bind(id).bind(wish.item_code);
        if (!TRY(query.row())) return std::optional(only(Outcome::not_found));
        if (query.text(1) <= local_moment(now)) return std::optional(only(Outcome::too_late));
        if (query.integer(2) < 1) point = query.text(0);
    }
    if (!point.empty()) {
        Answer taken = only(Outcome::taken);
        taken.slots = TRY(free_slots(point, wish.item_code, now));
        return std::optional(std::move(taken));
    }
    TRY_STATUS(
        database_.prepare("UPDATE slot SET booked = booked + 1 WHERE id = ?").bind(id).run());
    return std::optional<Answer>{};
}

base::Result<domain::booking::Answer> BookingBook::book(const Wish& wish, base::ByteView person,
                                                        base::Instant now) {
    std::string known;
    {
        store::Query before =
            database_.prepare("SELECT number FROM booking WHERE once = ? AND person = ?");
        before.bind(wish.key).bind(person);
        if (TRY(before.row())) known = before.text(0);
    }
    const auto mine = TRY(of(person));
    for (const auto& booking : mine) {
        Answer out;
        out.bookings = {booking};
        if (booking.number == known) return out;  // asked again
        const bool over = booking.slot.date + " " + booking.slot.to <= local_moment(now);
        out.outcome = Outcome::already_booked;
        if (known.empty() && !over && booking.item_code == wish.item_code) return out;
    }
    if (!known.empty()) return only(Outcome::not_found);  // it was cancelled since
    if (auto refused = TRY(take_place(wish, now))) return std::move(*refused);
    const std::int64_t count =
        TRY(database_.integer("SELECT coalesce(max(id), 0) + 1 FROM booking"));
    const auto number = domain::booking::booking_number(local_moment(now).substr(0, 10), count);
    TRY_STATUS(
        database_
            .prepare("INSERT INTO booking(number, once, slot, person, item) VALUES (?, ?, ?, ?, ?)")
            .bind(number)
            .bind(wish.key)
            .bind(static_cast<std::int64_t>(std::stoll(wish.slot)))
            .bind(person)
            .bind(wish.item_code)
            .run());
    Answer out;
    for (auto& booking : TRY(of(person)))
        if (booking.number == number) out.bookings.push_back(std::move(booking));
    return out;
}

base::Result<domain::booking::Answer> BookingBook::change(const Wish& wish, base::ByteView person,
                                                          base::Instant now) {
    const auto mine = TRY(of(person));
    const auto at = std::find_if(mine.begin(), mine.end(), [&](const auto& booking) {
        return booking.number == wish.number;
    });
    if (at == mine.end()) return only(Outcome::not_found);
    if (!may_be_changed(at->slot, now)) return only(Outcome::too_late);
    if (wish.action == Action::cancel) {
        TRY_STATUS(give_back(at->slot.id));
        TRY_STATUS(database_.prepare("UPDATE booking SET stands = 0 WHERE number = ?")
                       .bind(wish.number)
                       .run());
        return Answer{};
    }
    Answer out;
    if (at->slot.id != wish.slot) {
        Wish moved = wish;
        moved.item_code = at->item_code;
        if (auto refused = TRY(take_place(moved, now))) return std::move(*refused);
        TRY_STATUS(give_back(at->slot.id));
        TRY_STATUS(database_.prepare("UPDATE booking SET slot = ? WHERE number = ?")
                       .bind(static_cast<std::int64_t>(std::stoll(wish.slot)))
                       .bind(wish.number)
                       .run());
    }
    for (auto& booking : TRY(of(person)))
        if (booking.number == wish.number) out.bookings.push_back(std::move(booking));
    return out;
}

base::Result<domain::booking::Answer> BookingBook::answer(const Wish& wish, base::ByteView person,
                                                          base::Instant now) {
    // One at a time, over all processes: between looking and taking nobody else takes.
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    Answer out;
    switch (wish.action) {
        case Action::mine:
            out.points = TRY(points());
            for (auto& booking : TRY(of(person)))
                if (booking.slot.date + " " + booking.slot.to > local_moment(now) &&
                    out.bookings.size() < questions::list_max)
                    out.bookings.push_back(std::move(booking));
            break;
        case Action::slots:
            out.slots = TRY(free_slots(wish.point, wish.item_code, now));
            break;
        case Action::book:
            out = TRY(book(wish, person, now));
            break;
        case Action::change:
        case Action::cancel:
            out = TRY(change(wish, person, now));
            break;
    }
    TRY_STATUS(transaction.commit());
    return out;
}

}  // namespace offline::intake
