// The book of appointments and its question, both ends.
#include "offline/intake/booking_book.hpp"
#include "offline/questions/booking_question.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <atomic>
#include <thread>

namespace {

using namespace domain::booking;
using offline::intake::BookingBook;
namespace questions = offline::questions;

const char* const offices = R"({
  "points": [{"id": "hall", "name": "示例县政务服务中心", "address": "人民路 1 号",
              "hours": "9:00-17:00", "telephone": "0000-12345"}],
  "slots": [
    {"point": "hall", "item": "", "date": "2026-11-23", "from": "09:00", "to": "10:00",
     "kind": "normal", "capacity": 3},
    {"point": "hall", "item": "", "date": "2026-11-28", "from": "09:00", "to": "10:00",
     "kind": "weekend", "capacity": 1}]})";

// 2026-11-22 09:41 +08:00
base::Instant morning() {
    base::Instant out{};
    EXPECT_TRUE(base::parse_iso8601("2026-11-22T09:41:00+08:00", out));
    return out;
}
base::Bytes person(std::uint8_t who) {
    return base::Bytes(32, who);
}
std::string key(char digit) {
    return std::string(32, digit);
}
Wish booking_of(const std::string& slot, const std::string& once) {
    Wish wish;
    wish.action = Action::book;
    wish.slot = slot;
    wish.key = once;
    return wish;
}

class BookingBooks : public testing::Test {
  protected:
    BookingBooks() { EXPECT_EQ(open().load(offices).value(), 3); }
    BookingBook open() { return std::move(BookingBook::open(folder.path()).value()); }
    std::vector<Slot> free() {
        Wish wish;
        wish.action = Action::slots;
        wish.point = "hall";
        return open().answer(wish, person(9), now).value().slots;
    }
    Answer ask(const Wish& wish, std::uint8_t who) {
        return open().answer(wish, person(who), now).value();
    }
    offline_test::Folder folder;
    base::Instant now = morning();
};

TEST_F(BookingBooks, a_saturday_is_booked_and_is_mine_afterwards) {
    const auto slots = free();
    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots.back().kind, Kind::weekend);
    const Answer made = ask(booking_of(slots.back().id, key('a')), 1);
    ASSERT_EQ(made.bookings.size(), 1U);
    EXPECT_EQ(made.outcome, Outcome::done);
    EXPECT_TRUE(is_booking_number(made.bookings.front().number));
    EXPECT_EQ(ask({}, 1).bookings, made.bookings);
    EXPECT_TRUE(ask({}, 2).bookings.empty());  // nobody else sees it
    EXPECT_EQ(ask({}, 2).points.size(), 1U);
    EXPECT_EQ(free().size(), 1U);
}

TEST_F(BookingBooks, two_at_once_never_get_the_same_last_place) {
    const std::string slot = free().back().id;
    std::atomic<int> done = 0, taken = 0;
    {
        std::vector<std::jthread> people;
        for (std::uint8_t who = 1; who <= 4; ++who)
            people.emplace_back([&, who] {
                const Answer answer = ask(booking_of(slot, key(static_cast<char>('0' + who))), who);
                ++(answer.outcome == Outcome::done ? done : taken);
            });
    }
    EXPECT_EQ(done, 1);
    EXPECT_EQ(taken, 3);
    EXPECT_EQ(open().all().value().size(), 1U);
}

TEST_F(BookingBooks, who_was_too_slow_is_told_what_is_free) {
    const auto slots = free();
    ask(booking_of(slots.back().id, key('a')), 1);
    const Answer late = ask(booking_of(slots.back().id, key('b')), 2);
    EXPECT_EQ(late.outcome, Outcome::taken);
    ASSERT_EQ(late.slots.size(), 1U);
    EXPECT_EQ(late.slots.front().id, slots.front().id);
}

TEST_F(BookingBooks, a_second_try_finds_the_same_booking) {
    const auto wish = booking_of(free().front().id, key('a'));
    const Answer first = ask(wish, 1), second = ask(wish, 1);
    EXPECT_EQ(first.bookings.front().number, second.bookings.front().number);
    EXPECT_EQ(second.outcome, Outcome::done);
    EXPECT_EQ(free().front().free, 2);
}

TEST_F(BookingBooks, the_same_matter_is_not_booked_twice) {
    const auto slots = free();
    ask(booking_of(slots.front().id, key('a')), 1);
    const Answer again = ask(booking_of(slots.back().id, key('b')), 1);
    EXPECT_EQ(again.outcome, Outcome::already_booked);
    EXPECT_EQ(again.bookings.size(), 1U);
    EXPECT_EQ(free().size(), 2U);
}

TEST_F(BookingBooks, what_is_moved_or_given_up_leaves_its_place_to_others) {
    const auto slots = free();
    const auto number = ask(booking_of(slots.back().id, key('a')), 1).bookings.front().number;
    Wish change;
    change.action = Action::change;
    change.number = number;
    change.slot = slots.front().id;
    EXPECT_EQ(ask(change, 2).outcome, Outcome::not_found);  // not theirs
    const Answer moved = ask(change, 1);
    ASSERT_EQ(moved.bookings.size(), 1U);
    EXPECT_EQ(moved.bookings.front().number, number);
    EXPECT_EQ(moved.bookings.front().slot.id, slots.front().id);
    EXPECT_EQ(free().back().free, 1);
    Wish cancel = change;
    cancel.action = Action::cancel;
    cancel.slot.clear();
    EXPECT_EQ(ask(cancel, 1).outcome, Outcome::done);
    EXPECT_TRUE(ask({}, 1).bookings.empty());
    EXPECT_EQ(free().front().free, 3);
    EXPECT_EQ(ask(cancel, 1).outcome, Outcome::not_found);
}

TEST_F(BookingBooks, shortly_before_it_begins_nothing_is_changed_any_more) {
    const auto slot = free().front();
    Wish cancel;
    cancel.action = Action::cancel;
    cancel.number = ask(booking_of(slot.id, key('a')), 1).bookings.front().number;
    ASSERT_TRUE(base::parse_iso8601("2026-11-23T08:30:00+08:00", now));
    EXPECT_EQ(ask(cancel, 1).outcome, Outcome::too_late);
    EXPECT_EQ(ask({}, 1).bookings.size(), 1U);
}

TEST_F(BookingBooks, fewer_places_than_are_booked_and_unknown_offices_are_refused) {
    ask(booking_of(free().back().id, key('a')), 1);
    auto fewer = nlohmann::json::parse(offices);
    fewer["slots"][1]["capacity"] = 0;
    EXPECT_EQ(open().load(fewer.dump()).error().code, base::FaultCode::BytesMalformed);
    auto elsewhere = nlohmann::json::parse(offices);
    elsewhere["slots"][0]["point"] = "nowhere";
    EXPECT_EQ(open().load(elsewhere.dump()).error().code, base::FaultCode::BytesMalformed);
    EXPECT_EQ(open().load(offices).value(), 3);  // the same again changes nothing
    EXPECT_EQ(open().all().value().size(), 1U);
}

TEST(booking_question, both_ends_read_what_the_other_writes) {
    const questions::BookingAsked asked{{"000101194601020124", "王秀兰"},
                                        booking_of("1", key('a'))};
    EXPECT_EQ(questions::read_booking_question(*questions::booking_question(asked)).value(), asked);
    Answer answer;
    answer.outcome = Outcome::taken;
    answer.points = {{"hall", "大厅", "路 1 号", "9-17", "1"}};
    answer.slots = {{"1", "2026-11-28", "09:00", "10:00", Kind::weekend, 2}};
    answer.bookings = {
        {booking_number("2026-11-22", 7), "", answer.points.front(), answer.slots.front()}};
    EXPECT_EQ(questions::read_booking_answer(*questions::booking_answer(answer)).value(), answer);
}

TEST(booking_question, what_is_missing_too_much_or_out_of_place_is_refused) {
    const questions::BookingAsked asked{{"000101194601020124", "王秀兰"},
                                        booking_of("1", key('a'))};
    const auto whole = nlohmann::json::parse(*questions::booking_question(asked));
    const auto refused = [](const nlohmann::json& value) {
        return !questions::read_booking_question(value.dump());
    };
    EXPECT_FALSE(refused(whole));
    for (const auto& field : whole.items()) {
        auto without = whole;
        without.erase(field.key());
        EXPECT_TRUE(refused(without)) << field.key();
        auto other = whole;
        other[field.key()] = 1;
        EXPECT_TRUE(refused(other)) << field.key();
    }
    auto more = whole;
    more["more"] = "";
    EXPECT_TRUE(refused(more));
    for (const auto& [field, value] : std::array<std::pair<const char*, const char*>, 4>{
             {{"action", "steal"}, {"key", "short"}, {"slot", ""}, {"number", "B1"}}}) {
        auto wrong = whole;
        wrong[field] = value;
        EXPECT_TRUE(refused(wrong)) << field;
    }
}

TEST(booking_question, an_answer_that_is_not_whole_is_nonsense) {
    Answer answer;
    answer.slots = {{"1", "2026-11-28", "09:00", "10:00", Kind::weekend, 2}};
    const auto whole = nlohmann::json::parse(*questions::booking_answer(answer));
    for (const auto& [field, value] : std::array<std::pair<const char*, const char*>, 3>{
             {{"date", "2026-02-30"}, {"from", "11:00"}, {"kind", "odd"}}}) {
        auto wrong = whole;
        wrong["slots"][0][field] = value;
        EXPECT_EQ(questions::read_booking_answer(wrong.dump()).error().code,
                  base::FaultCode::CentreNonsense)
            << field;
    }
    EXPECT_EQ(questions::read_booking_answer(questions::refused_answer("x")).error().code,
              base::FaultCode::CentreRefused);
}

TEST(booking_question, a_mistyped_number_is_none) {
    const std::string number = booking_number("2026-11-22", 42);
    EXPECT_TRUE(is_booking_number(number));
    for (std::size_t at = 1; at < number.size(); ++at) {
        std::string other = number;
        other[at] = other[at] == '7' ? '8' : '7';
        EXPECT_FALSE(is_booking_number(other)) << other;
    }
}

}  // namespace
