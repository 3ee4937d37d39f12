#include "course_walk.hpp"

#include <gtest/gtest.h>

namespace drivers::printer {
namespace {

using namespace testing;

TEST(print_course, held_recorded_released_and_printed_page_by_page) {
    Walk walk;
    walk.release();
    for (int page = 0; page <= 3; ++page) {
        walk.see(job(JobState::processing, page));
        EXPECT_EQ(walk.course.completed, page);
        EXPECT_TRUE(walk.course.after_a_pause);
        EXPECT_EQ(walk.course.todo, Todo::look_at_job);
    }
    walk.see(job(JobState::completed, 3));
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
    EXPECT_FALSE(walk.course.end->stranded);
}

TEST(print_course, a_printer_that_cannot_print_is_sent_nothing) {
    for (const auto* reason : {"media-empty", "media-jam", "cover-open", "paused", "offline"}) {
        Walk walk;
        walk.happen(PrinterLooked{saying(reason)});
        EXPECT_EQ(walk.course.todo, Todo::nothing) << reason;
        EXPECT_FALSE(walk.course.end->outcome) << reason;
    }
    Walk away;
    away.happen(PrinterLooked{unreached()});
    EXPECT_EQ(away.fault(), FaultCode::PrinterAbsent);
}

TEST(print_course, without_a_queue_that_holds_the_ledger_comes_before_the_job) {
    Walk walk;
    EXPECT_EQ(walk.happen(PrinterLooked{well(false)}), Todo::record);
    EXPECT_EQ(walk.happen(SheetsRecorded{}), Todo::create);
    EXPECT_EQ(walk.happen(JobCreated{7}), Todo::send);
    EXPECT_EQ(walk.happen(PdfSent{}), Todo::look_at_job);
    walk.see(job(JobState::completed, 3));
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
}

TEST(print_course, what_cannot_be_recorded_is_not_printed) {
    Walk walk;
    walk.happen(PrinterLooked{well()});
    walk.happen(JobCreated{7});
    walk.happen(PdfSent{});
    EXPECT_EQ(walk.happen(SheetsRecorded{base::fail(FaultCode::DiskFull)}), Todo::purge);
    walk.happen(JobPurged{});
    walk.happen(JobLooked{std::optional<JobView>{}});
    EXPECT_EQ(walk.fault(), FaultCode::DiskFull);
    EXPECT_FALSE(walk.course.begun);
}

TEST(print_course, paper_out_during_the_print_waits_for_somebody_and_then_goes_on) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::processing, 1));
    walk.see(job(JobState::processing, 1), saying("media-empty"));
    walk.see(job(JobState::processing, 1), saying("media-empty"), Millis{30000});
    EXPECT_EQ(walk.course.todo, Todo::look_at_job);
    walk.see(job(JobState::processing, 2));
    walk.see(job(JobState::completed, 3));
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
}

TEST(print_course, paper_that_nobody_brings_spoils_the_rest) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::processing, 1));
    walk.see(job(JobState::processing, 1), saying("media-empty"));
    walk.see(job(JobState::processing, 1), saying("media-empty"), Millis{45000});
    EXPECT_EQ(walk.course.todo, Todo::purge);
    walk.happen(JobPurged{});
    walk.see(job(JobState::canceled, 1), saying("media-empty"));
    EXPECT_EQ(walk.outcome(), PrintOutcome::spoiled);
    EXPECT_EQ(walk.course.end->next, SheetFate::spoiled);
    EXPECT_EQ(walk.course.end->rest, SheetFate::untouched);
}

TEST(print_course, paper_that_was_out_before_the_first_sheet_touched_none) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::processing, 0), saying("media-empty"));
    walk.see(job(JobState::processing, 0), saying("media-empty"), Millis{45000});
    walk.happen(JobPurged{});
    walk.see(job(JobState::canceled, 0), saying("media-empty"));
    EXPECT_EQ(walk.fault(), FaultCode::PrinterPaperOut);
    EXPECT_EQ(walk.course.end->next, SheetFate::untouched);
}

TEST(print_course, paper_that_ends_with_the_last_sheet_is_a_print) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::completed, 3), saying("media-empty"));
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
}

TEST(print_course, completed_beside_a_jam_or_with_another_count_is_unknown) {
    Walk jammed;
    jammed.release();
    jammed.see(job(JobState::completed, 3), saying("media-jam"));
    EXPECT_EQ(jammed.outcome(), PrintOutcome::unknown);
    for (const int count : {1, 2, 4}) {
        Walk walk;
        walk.release();
        walk.see(job(JobState::completed, count));
        EXPECT_EQ(walk.outcome(), PrintOutcome::unknown) << count;
    }
}

TEST(print_course, a_printer_that_counts_nothing_is_believed_while_it_has_no_complaint) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::completed, -1));
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
    Walk complaining;
    complaining.release();
    complaining.see(job(JobState::completed, 0), saying("media-empty"));
    EXPECT_EQ(complaining.outcome(), PrintOutcome::unknown);
}

TEST(print_course, aborted_part_way_is_spoiled_and_before_it_began_a_fault) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::aborted, 1));
    EXPECT_EQ(walk.outcome(), PrintOutcome::spoiled);
    Walk early;
    early.release();
    early.see(job(JobState::aborted, 0, false));
    EXPECT_EQ(early.fault(), FaultCode::PrinterFailed);
    Walk late;
    late.release();
    late.see(job(JobState::aborted, 3));
    EXPECT_EQ(late.outcome(), PrintOutcome::unknown);
}

TEST(print_course, a_line_that_stays_away_leaves_unknown_and_something_to_sweep) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::processing, 1));
    walk.happen(JobLooked{unreached()});
    EXPECT_EQ(walk.course.todo, Todo::look_at_job);
    walk.happen(JobLooked{unreached()}, Millis{10000});
    EXPECT_EQ(walk.outcome(), PrintOutcome::unknown);
    EXPECT_TRUE(walk.course.end->stranded);
}

TEST(print_course, a_line_that_comes_back_in_time_changes_nothing) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::processing, 1));
    walk.happen(JobLooked{lost()});
    walk.happen(JobLooked{unreached()}, Millis{8000});
    walk.see(job(JobState::processing, 2));
    walk.happen(JobLooked{unreached()}, Millis{8000});
    walk.see(job(JobState::completed, 3));
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
}

TEST(print_course, a_job_that_its_spooler_begins_anew_is_purged_and_unknown) {
    auto later = job(JobState::processing, 1);
    later.started_at += 5;
    for (const auto& again : {job(JobState::pending, 1), job(JobState::processing, 0), later}) {
        Walk walk;
        walk.release();
        walk.see(job(JobState::processing, 1));
        EXPECT_EQ(walk.happen(JobLooked{std::optional(again)}), Todo::purge);
        walk.happen(JobPurged{});
        walk.happen(JobLooked{std::optional<JobView>{}});
        EXPECT_EQ(walk.outcome(), PrintOutcome::unknown);
    }
}

TEST(print_course, a_job_that_vanished_is_printed_only_if_all_its_sides_were_counted) {
    Walk walk;
    walk.release();
    walk.see(job(JobState::processing, 3));
    walk.happen(JobLooked{std::optional<JobView>{}});
    EXPECT_EQ(walk.outcome(), PrintOutcome::printed);
    Walk early;
    early.release();
    early.see(job(JobState::processing, 2));
    early.happen(JobLooked{std::optional<JobView>{}});
    EXPECT_EQ(early.outcome(), PrintOutcome::unknown);
}

TEST(print_course, a_release_that_was_lost_and_did_not_arrive_prints_nothing) {
    Walk walk;
    walk.happen(PrinterLooked{well()});
    walk.happen(JobCreated{7});
    walk.happen(PdfSent{});
    walk.happen(SheetsRecorded{});
    EXPECT_EQ(walk.happen(JobReleased{lost()}), Todo::look_at_job);
    EXPECT_EQ(walk.happen(JobLooked{std::optional(job(JobState::held, 0, false))}), Todo::purge);
    walk.happen(JobPurged{});
    walk.happen(JobLooked{std::optional<JobView>{}});
    EXPECT_EQ(walk.fault(), FaultCode::PrinterFailed);
}

TEST(print_course, the_end_of_the_session_purges_at_every_moment) {
    for (int moment = 0; moment < 7; ++moment) {
        SCOPED_TRACE(moment);
        Walk walk;
        const CourseEvent steps[] = {PrinterLooked{well()},
                                     JobCreated{7},
                                     PdfSent{},
                                     SheetsRecorded{},
                                     JobReleased{},
                                     JobLooked{std::optional(job(JobState::processing, 1))}};
        for (int i = 0; i < moment; ++i) walk.happen(steps[i]);
        walk.happen(PurgeWanted{});
        if (moment < 2) {
            EXPECT_EQ(walk.fault(), FaultCode::PrinterFailed);
            continue;
        }
        ASSERT_EQ(walk.course.todo, Todo::purge);
        walk.happen(JobPurged{});
        walk.see(job(JobState::canceled, moment == 6 ? 1 : 0, moment == 6));
        ASSERT_TRUE(walk.ended());
        if (moment == 6)
            EXPECT_EQ(walk.outcome(), PrintOutcome::spoiled);
        else
            EXPECT_EQ(walk.fault(), FaultCode::PrinterFailed);
    }
}

TEST(print_course, a_job_that_does_not_go_on_is_purged) {
    Walk never_begun;
    never_begun.release();
    never_begun.see(job(JobState::pending, 0, false), well(), Millis{60000});
    EXPECT_EQ(never_begun.course.todo, Todo::purge);
    Walk stuck;
    stuck.release();
    stuck.see(job(JobState::processing, 1));
    stuck.see(job(JobState::processing, 1), well(), Millis{170000});
    EXPECT_EQ(stuck.course.todo, Todo::look_at_job);
    stuck.see(job(JobState::processing, 1), well(), Millis{10000});
    EXPECT_EQ(stuck.course.todo, Todo::purge);
}

}  // namespace
}  // namespace drivers::printer
