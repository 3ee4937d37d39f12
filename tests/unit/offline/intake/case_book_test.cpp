// The life of a case in the office, in one suite over both databases.
#include "domain/dates.hpp"
#include "offline/intake/case_standing.hpp"
#include "tests/unit/offline/intake/case_store_fixture.hpp"

namespace {

using namespace offline_test;
using domain::OfficeState;
using intake::CaseEvent;

class case_book : public case_store {
  protected:
    // Complete and entered: the office's from then on.
    std::string entered() {
        const auto fresh = new_case(1);
        const auto taken = store->take(fresh, say_the_place).value();
        complete(fresh);
        EXPECT_TRUE(store->apply_next(agree, start).value());
        return taken.case_number;
    }
    base::Result<OfficeState> move(const std::string& number, domain::CaseMove wanted,
                                   base::Instant at = start, std::int64_t days = 0) {
        CaseEvent event;
        event.move = std::move(wanted);
        event.at = at;
        event.by = "operator";
        event.promised_days = days;
        return store->life().move(number, event);
    }
};

INSTANTIATE_TEST_SUITE_P(both, case_book, testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return one.param; });

base::Instant at(const char* text) {
    base::Instant out{};
    EXPECT_TRUE(base::parse_iso8601(text, out));
    return out;
}

TEST_P(case_book, a_case_that_was_entered_begins_as_received_and_goes_its_way) {
    const auto number = entered();
    EXPECT_TRUE(store->life().find(number)->events.empty());
    EXPECT_EQ(move(number, {OfficeState::accepted, "民政局", "", "", ""}, start, 10).value(),
              OfficeState::received);
    EXPECT_EQ(move(number, {OfficeState::in_review, "养老科", "", "", ""}).value(),
              OfficeState::accepted);
    EXPECT_EQ(move(number, {OfficeState::decided, "", "", "", "YES"}).value(),
              OfficeState::in_review);
    const auto line = store->life().find(number).value();
    ASSERT_EQ(line.events.size(), 3U);
    EXPECT_TRUE(line.whole);
    EXPECT_EQ(line.events[0].promised_days, 10);
    EXPECT_EQ(line.events[1].move.office, "养老科");
    const auto standing = intake::standing_of(line.received_at, line.events, {});
    EXPECT_EQ(standing.state, OfficeState::decided);
    EXPECT_EQ(standing.office, "养老科") << "who has it stays said";
    EXPECT_EQ(standing.result, "YES");
    EXPECT_EQ(store->life().newest()->size(), 1U);
}

TEST_P(case_book, a_move_that_is_not_allowed_changes_nothing_and_says_why) {
    const auto number = entered();
    const auto refused = move(number, {OfficeState::decided, "", "", "", "YES"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::FaultCode::CommandRefused);
    EXPECT_EQ(refused.error().safe_detail, "已收件的办件不能改为已决定");
    EXPECT_EQ(rows("case_event"), 0);
    EXPECT_EQ(move("nothing", {OfficeState::accepted, "", "", "", ""}).error().code,
              base::FaultCode::AnswerNotFound);
}

TEST_P(case_book, what_is_not_entered_yet_is_not_the_offices) {
    const auto fresh = new_case(1);
    const auto taken = store->take(fresh, say_the_place).value();
    EXPECT_EQ(move(taken.case_number, {OfficeState::accepted, "", "", "", ""}).error().code,
              base::FaultCode::CommandRefused);
    complete(fresh);
    EXPECT_FALSE(move(taken.case_number, {OfficeState::accepted, "", "", "", ""}));
}

TEST_P(case_book, history_that_somebody_rewrote_is_seen_and_goes_no_further) {
    const auto number = entered();
    ASSERT_TRUE(move(number, {OfficeState::accepted, "民政局", "", "", ""}));
    ASSERT_TRUE(move(number, {OfficeState::in_review, "养老科", "", "", ""}));
    EXPECT_TRUE(store->life().find(number)->whole);
    run("UPDATE case_event SET office = 'X' WHERE number = 1");
    EXPECT_FALSE(store->life().find(number)->whole);
    EXPECT_EQ(move(number, {OfficeState::decided, "", "", "", "YES"}).error().code,
              base::FaultCode::CommandRefused);
    EXPECT_EQ(rows("case_event"), 2);
}

TEST_P(case_book, it_is_still_there_after_the_store_was_opened_anew) {
    const auto number = entered();
    ASSERT_TRUE(move(number, {OfficeState::accepted, "民政局", "", "", ""}, start, 5));
    store.reset();
    store = std::move(*open());
    ASSERT_EQ(store->life().find(number)->events.size(), 1U);
    EXPECT_TRUE(store->life().find(number)->whole);
}

CaseEvent event(OfficeState to, const char* when, std::int64_t days = 0) {
    CaseEvent out;
    out.move.to = to;
    out.at = at(when);
    out.promised_days = days;
    return out;
}

TEST(case_standing, the_promised_day_jumps_a_holiday_and_time_that_stood_still) {
    domain::CalendarYear year;
    year.year = 2026;
    for (int i = 0; i < 7; ++i)
        year.holidays.insert(domain::plus_days(domain::date_from_iso("2026-10-01").value(), i));
    year.makeup_workdays = {domain::date_from_iso("2026-10-10").value()};
    const domain::WorkCalendar calendar{{year}};
    const auto received = at("2026-09-29T09:00:00+08:00");
    std::vector<CaseEvent> events{event(OfficeState::accepted, "2026-09-30T10:00:00+08:00", 3)};
    EXPECT_EQ(intake::standing_of(received, events, calendar).due, "2026-10-10");
    events.push_back(event(OfficeState::special, "2026-10-08T10:00:00+08:00"));
    EXPECT_EQ(intake::standing_of(received, events, calendar).due, "") << "it stands still";
    events.push_back(event(OfficeState::in_review, "2026-10-12T10:00:00+08:00"));
    EXPECT_EQ(intake::standing_of(received, events, calendar).due, "2026-10-14");
    events.push_back(event(OfficeState::decided, "2026-10-13T10:00:00+08:00"));
    events.push_back(event(OfficeState::finished, "2026-10-13T11:00:00+08:00"));
    EXPECT_EQ(intake::standing_of(received, events, calendar).due, "") << "it is done";
}

TEST(case_standing, without_a_promise_no_day_is_told_and_a_correction_has_its_own) {
    EXPECT_EQ(
        intake::standing_of(start, {event(OfficeState::accepted, "2026-11-24T09:00:00+08:00")}, {})
            .due,
        "");
    auto correction = event(OfficeState::correction, "2026-11-24T09:00:00+08:00");
    correction.move.until = "2026-12-01";
    correction.move.note = "缺户口簿";
    domain::SubmissionStatus status;
    intake::tell(intake::standing_of(start, {correction}, {}), status);
    EXPECT_EQ(status.centre_state, "CORRECTION");
    EXPECT_EQ(status.due, "2026-12-01");
    EXPECT_EQ(status.note, "缺户口簿");
    EXPECT_EQ(intake::standing_of(start, {}, {}).state, OfficeState::received);
    EXPECT_EQ(intake::standing_of(start, {}, {}).since, start);
}

}  // namespace
