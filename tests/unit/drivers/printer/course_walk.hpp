// A print's course walked by hand: answers as a queue would give them.
#pragma once

#include "drivers/printer/queue/print_course.hpp"

#include <gtest/gtest.h>

namespace drivers::printer::testing {

using base::FaultCode;
using base::Millis;

inline constexpr CoursePatience patience{Millis{45000}, Millis{10000}, Millis{60000},
                                         Millis{180000}, Millis{10000}};

inline PrinterView well(bool holds = true) {
    PrinterView view;
    view.state = PrinterState::idle;
    view.holds_jobs = holds;
    view.fresh = true;
    return view;
}
inline PrinterView saying(const char* reason) {
    auto view = well();
    view.reasons = {reason};
    return view;
}
inline JobView job(JobState state, int completed, bool started = true) {
    return {7, state, started, completed, completed, {}, started ? 100 : 0};
}
inline tl::unexpected<QueueTrouble> lost() {
    return tl::unexpected(QueueTrouble{QueueTrouble::Kind::lost, {FaultCode::PrinterAbsent, ""}});
}
inline tl::unexpected<QueueTrouble> unreached() {
    return tl::unexpected(
        QueueTrouble{QueueTrouble::Kind::unreached, {FaultCode::PrinterAbsent, ""}});
}
inline tl::unexpected<QueueTrouble> refused() {
    return tl::unexpected(
        QueueTrouble{QueueTrouble::Kind::refused, {FaultCode::PrinterFailed, ""}});
}

// Walks the course and says what it wants next.
struct Walk {
    PrintCourse course;
    Millis now{1000};

    explicit Walk(int pages = 3) : course(start_course(pages, patience)) {}
    Todo happen(const CourseEvent& event, Millis later = Millis{1000}) {
        now += later;
        course = after(std::move(course), event, now);
        return course.todo;
    }
    // Up to the moment in which the job has been released.
    void release(PrinterView view = well()) {
        ASSERT_EQ(happen(PrinterLooked{view}), Todo::create);
        ASSERT_EQ(happen(JobCreated{7}), Todo::send);
        ASSERT_EQ(happen(PdfSent{}), Todo::record);
        ASSERT_EQ(happen(SheetsRecorded{}), Todo::release);
        ASSERT_EQ(happen(JobReleased{}), Todo::look_at_job);
    }
    void see(const JobView& view, PrinterView printer = well(), Millis later = Millis{1000}) {
        happen(JobLooked{std::optional(view)}, later);
        if (course.todo == Todo::look_at_printer) happen(PrinterLooked{std::move(printer)});
        if (course.todo == Todo::purge && course.ended_as) happen(JobPurged{});
    }
    bool ended() const { return course.end.has_value(); }
    PrintOutcome outcome() const {
        EXPECT_TRUE(ended() && course.end->outcome);
        return ended() && course.end->outcome ? *course.end->outcome : PrintOutcome::unknown;
    }
    FaultCode fault() const {
        EXPECT_TRUE(ended() && !course.end->outcome);
        return ended() && !course.end->outcome ? course.end->outcome.error().code
                                               : FaultCode::InternalError;
    }
};

}  // namespace drivers::printer::testing
