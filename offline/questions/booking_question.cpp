#include "offline/questions/booking_question.hpp"

#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <array>

namespace offline::questions {

using base::FaultCode;
using domain::booking::Action;
using domain::booking::Answer;
using domain::booking::Booking;
using domain::booking::is_booking_number;
using domain::booking::is_day;
using domain::booking::is_time;
using domain::booking::Outcome;
using domain::booking::Point;
using domain::booking::Slot;
using domain::booking::Wish;
using nlohmann::json;
using SlotKind = domain::booking::Kind;

namespace {

constexpr std::array<std::string_view, 5> actions{"mine", "slots", "book", "change", "cancel"};
constexpr std::array<std::string_view, 5> outcomes{"done", "taken", "already-booked", "too-late",
                                                   "not-found"};
constexpr std::array<std::string_view, 4> kinds{"normal", "extended", "weekend", "home_visit"};
constexpr std::int64_t free_max = 10'000;

template <class Enum, std::size_t N>
std::optional<Enum> from(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto* at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Enum>(at - names.begin());
}

bool is_key(const std::string& text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

// Exactly what its action needs.
bool fits(const Wish& wish) {
    const bool point = !wish.point.empty(), slot = !wish.slot.empty(),
               number = is_booking_number(wish.number), key = is_key(wish.key);
    const bool no_number = wish.number.empty(), no_key = wish.key.empty();
    switch (wish.action) {
        case Action::mine:
            return !point && !slot && no_number && no_key;
        case Action::slots:
            return point && !slot && no_number && no_key;
        case Action::book:
            return !point && slot && no_number && key;
        case Action::change:
            return !point && slot && number && no_key;
        case Action::cancel:
            return !point && !slot && number && no_key;
    }
    return false;
}

json written(const Point& point) {
    return {{"id", point.id},
            {"name", point.name},
            {"address", point.address},
            {"hours", point.hours},
            {"telephone", point.telephone}};
}
json written(const Slot& slot) {
    return {{"id", slot.id}, {"date", slot.date},       {"from", slot.from},
            {"to", slot.to}, {"kind", name(slot.kind)}, {"free", slot.free}};
}

Point point_in(const json& value, StrictObject& whole) {
    StrictObject in(value);
    Point out;
    out.id = in.text("id", 64);
    out.name = in.text("name");
    out.address = in.text("address");
    out.hours = in.text("hours");
    out.telephone = in.text("telephone", 64);
    whole.is(in.whole() && !out.id.empty() && !out.name.empty());
    return out;
}
Slot slot_in(const json& value, StrictObject& whole) {
    StrictObject in(value);
    Slot out;
    out.id = in.text("id", 64);
    out.date = in.text("date", 10);
    out.from = in.text("from", 5);
    out.to = in.text("to", 5);
    const auto kind = booking_kind_from(in.text("kind", 16));
    out.kind = kind.value_or(SlotKind::normal);
    out.free = static_cast<int>(in.integer("free", 0, free_max));
    whole.is(in.whole() && kind && !out.id.empty() && is_day(out.date) && is_time(out.from) &&
             is_time(out.to) && out.from < out.to);
    return out;
}

}  // namespace

std::string_view name(SlotKind kind) {
    return kinds.at(static_cast<std::size_t>(kind));
}
std::optional<SlotKind> booking_kind_from(std::string_view name) {
    return from<SlotKind>(kinds, name);
}

base::SecretText booking_question(const BookingAsked& asked) {
    const auto& wish = asked.wish;
    return base::SecretText(json{
        {"kind", name(Kind::booking)},
        {"id_number", asked.person.id_number},
        {"name", asked.person.name},
        {"action", actions.at(static_cast<std::size_t>(wish.action))},
        {"item", wish.item_code},
        {"point", wish.point},
        {"slot", wish.slot},
        {"number", wish.number},
        {"key", wish.key}}.dump());
}

base::Result<BookingAsked> read_booking_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::booking));
    BookingAsked out;
    out.person = {in.text("id_number"), in.text("name")};
    const auto action = from<Action>(actions, in.text("action", 16));
    out.wish.action = action.value_or(Action::mine);
    out.wish.item_code = in.text("item", 64);
    out.wish.point = in.text("point", 64);
    out.wish.slot = in.text("slot", 64);
    out.wish.number = in.text("number", 64);
    out.wish.key = in.text("key", 64);
    if (!in.whole() || !action || out.person.id_number.empty() || out.person.name.empty() ||
        !fits(out.wish))
        return base::fail(FaultCode::BytesMalformed, "booking question");
    return out;
}

base::SecretText booking_answer(const Answer& answer) {
    json points = json::array(), slots = json::array(), bookings = json::array();
    for (const auto& point : answer.points) points.push_back(written(point));
    for (const auto& slot : answer.slots) slots.push_back(written(slot));
    for (const auto& booking : answer.bookings)
        bookings.push_back({{"number", booking.number},
                            {"item", booking.item_code},
                            {"point", written(booking.point)},
                            {"slot", written(booking.slot)}});
    return base::SecretText(json{
        {"kind", name(Kind::booking)},
        {"outcome", outcomes.at(static_cast<std::size_t>(answer.outcome))},
        {"points", points},
        {"slots", slots},
        {"bookings", bookings}}.dump());
}

base::Result<Answer> read_booking_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::booking));
    const auto outcome = from<Outcome>(outcomes, in.text("outcome", 32));
    Answer out;
    out.outcome = outcome.value_or(Outcome::done);
    for (const auto& one : in.list("points")) out.points.push_back(point_in(one, in));
    for (const auto& one : in.list("slots")) out.slots.push_back(slot_in(one, in));
    for (const auto& one : in.list("bookings")) {
        static const json nothing;
        StrictObject fields(one);
        Booking booking;
        booking.number = fields.text("number", 64);
        booking.item_code = fields.text("item", 64);
        const bool both = one.is_object() && one.contains("point") && one.contains("slot");
        booking.point = point_in(both ? one["point"] : nothing, in);
        booking.slot = slot_in(both ? one["slot"] : nothing, in);
        // The two objects were read above; the four fields are all there are.
        in.is(both && one.size() == 4 && fields.right() && is_booking_number(booking.number));
        out.bookings.push_back(std::move(booking));
    }
    if (!in.whole() || !outcome) return base::fail(FaultCode::CentreNonsense, "booking answer");
    return out;
}

}  // namespace offline::questions
