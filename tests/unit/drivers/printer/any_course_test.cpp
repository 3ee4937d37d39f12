#include "course_walk.hpp"

#include <gtest/gtest.h>

#include <random>

namespace drivers::printer {
namespace {

using namespace testing;

// Any event that fits what was asked for, out of a seeded hat.
CourseEvent any_answer(Todo todo, std::mt19937& hat) {
    const auto draw = [&](int n) { return static_cast<int>(hat() % static_cast<unsigned>(n)); };
    const auto trouble = [&] {
        return draw(3) == 0 ? lost() : draw(2) == 0 ? unreached() : refused();
    };
    const bool bad = draw(6) == 0;
    if (draw(25) == 0) return PurgeWanted{};
    switch (todo) {
        case Todo::look_at_printer: {
            if (bad) return PrinterLooked{trouble()};
            const char* reasons[] = {"none-report", "media-empty", "media-jam",
                                     "cover-open-report"};
            auto view = saying(reasons[draw(12) % 4 * (draw(4) == 0)]);
            view.holds_jobs = draw(5) != 0;
            return PrinterLooked{view};
        }
        case Todo::create:
            return bad ? JobCreated{trouble()} : JobCreated{7};
        case Todo::send:
            return bad ? PdfSent{trouble()} : PdfSent{};
        case Todo::record:
            return bad ? SheetsRecorded{base::fail(FaultCode::DiskFull)} : SheetsRecorded{};
        case Todo::release:
            return bad ? JobReleased{trouble()} : JobReleased{};
        case Todo::purge:
            return bad ? JobPurged{trouble()} : JobPurged{};
        default:
            if (bad) return JobLooked{trouble()};
            if (draw(12) == 0) return JobLooked{std::optional<JobView>{}};
            return JobLooked{
                std::optional(job(static_cast<JobState>(draw(7)), draw(5) - 1, draw(3) != 0))};
    }
}

TEST(print_course, whatever_happens_it_ends_once_and_never_claims_more_than_was_seen) {
    int ends[4] = {};
    for (unsigned seed = 0; seed < 20000; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 hat(seed);
        Walk walk(1 + static_cast<int>(seed % 3));
        bool recorded = false, touched = false;
        int steps = 0;
        for (; !walk.ended() && steps < 2000; ++steps) {
            const auto todo = walk.course.todo;
            const auto event = any_answer(todo, hat);
            if (todo == Todo::release || (todo == Todo::send && !walk.course.holds)) {
                touched = true;
                ASSERT_TRUE(recorded) << "paper before the ledger";
            }
            walk.happen(event, Millis{static_cast<int>(hat() % 3000)});
            if (const auto* done = std::get_if<SheetsRecorded>(&event))
                recorded |= bool(done->done);
        }
        ASSERT_TRUE(walk.ended());
        const auto& end = *walk.course.end;
        ++ends[end.outcome ? 1 + static_cast<int>(*end.outcome) : 0];
        if (end.outcome && *end.outcome == PrintOutcome::printed) {
            EXPECT_TRUE(touched);
            EXPECT_FALSE(walk.course.begun_anew);
            EXPECT_TRUE(walk.course.completed == walk.course.pages || walk.course.completed == 0);
        }
        if (!end.outcome) {
            EXPECT_EQ(end.next, SheetFate::untouched);
        }
        const auto before = walk.course.completed;
        EXPECT_EQ(walk.happen(PurgeWanted{}), Todo::nothing);
        EXPECT_EQ(walk.course.completed, before);
    }
    for (const int count : ends) EXPECT_GT(count, 100) << "the hat reaches every end";
}

}  // namespace
}  // namespace drivers::printer
