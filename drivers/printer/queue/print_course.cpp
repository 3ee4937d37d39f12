#include "drivers/printer/queue/print_course.hpp"

#include <algorithm>
#include <utility>

namespace drivers::printer {

namespace {

using base::FaultCode;

void go(PrintCourse& course, Todo todo, bool after_a_pause = false) {
    course.todo = todo;
    course.after_a_pause = after_a_pause;
}

void finish(PrintCourse& course, CourseEnd end) {
    course.end = std::move(end);
    go(course, Todo::nothing);
}

// No sheet was touched.
void fail_untouched(PrintCourse& course, base::Fault fault, bool stranded) {
    finish(course,
           {base::fail(std::move(fault)), SheetFate::untouched, SheetFate::untouched, stranded});
}

void finish_unknown(PrintCourse& course, bool stranded) {
    finish(course, {PrintOutcome::unknown, SheetFate::unknown, SheetFate::unknown, stranded});
}

void purge(PrintCourse& course, std::optional<base::Fault> why, base::Millis now) {
    if (course.purging) return;
    course.purging = true;
    course.purging_since = now;
    course.why_purged = std::move(why);
    go(course, Todo::purge);
}

base::Fault ended_fault(const PrintCourse& course) {
    if (course.condition && course.condition->obstacle) return *course.condition->obstacle;
    if (course.why_purged) return *course.why_purged;
    return {FaultCode::PrinterFailed, course.purging ? "purged" : "ended-by-the-printer"};
}

bool paper_ended_before_the_first_sheet(const PrintCourse& course) {
    return course.completed == 0 && course.condition && course.condition->obstacle &&
           course.condition->obstacle->code == FaultCode::PrinterPaperOut &&
           !course.condition->may_eat_sheets;
}

// The job has ended and the printer was looked at once more.
void judge(PrintCourse& course) {
    const auto& condition = course.condition;
    const bool obstacle = condition && condition->obstacle;
    const bool counted = course.completed > 0;
    const bool all_out = course.completed == course.pages;
    if (course.begun_anew) return finish_unknown(course, false);
    if (*course.ended_as == JobState::completed) {
        const bool fits = counted ? all_out && !condition->may_eat_sheets : !obstacle;
        if (!condition || !fits) return finish_unknown(course, false);
        return finish(course, {PrintOutcome::printed, SheetFate::printed, SheetFate::printed});
    }
    if (!course.started || paper_ended_before_the_first_sheet(course))
        return fail_untouched(course, ended_fault(course), false);
    // Every side came out and yet the printer gave the job up: nobody can say what lies there.
    if (course.completed >= course.pages) return finish_unknown(course, false);
    finish(course, {PrintOutcome::spoiled, SheetFate::spoiled, SheetFate::untouched});
}

// Nobody answered. True when the patience for it is over.
bool silent_too_long(PrintCourse& course, base::Millis now) {
    if (!course.silent_since) course.silent_since = now;
    return now - *course.silent_since >= course.patience.contact;
}

void give_up(PrintCourse& course, const base::Fault& fault) {
    if (course.begun)
        finish_unknown(course, true);
    else
        fail_untouched(course, fault, true);
}

// A step before the paper failed: what is left of the job goes.
void fail_before_paper(PrintCourse& course, const QueueTrouble& trouble, base::Millis now) {
    if (course.job == 0)
        return fail_untouched(course, trouble.fault, trouble.kind == QueueTrouble::Kind::lost);
    purge(course, trouble.fault, now);
}

struct After {
    PrintCourse& course;
    base::Millis now;

    void operator()(const PrinterLooked& looked) {
        if (looked.view) {
            course.condition = condition_of(*looked.view);
            if (!course.condition->obstacle) course.obstacle_since.reset();
        }
        if (course.job == 0) return first_look(looked);
        if (!course.ended_as) return go_on();
        if (looked.view) return go(course, Todo::purge);
        // How it stood with the printer when the job ended decides; without that, nobody can say.
        if (silent_too_long(course, now)) return give_up(course, looked.view.error().fault);
        go(course, Todo::look_at_printer, true);
    }

    void first_look(const PrinterLooked& looked) {
        if (!looked.view) return fail_untouched(course, looked.view.error().fault, false);
        if (course.condition->obstacle)
            return fail_untouched(course, *course.condition->obstacle, false);
        course.holds = looked.view->holds_jobs;
        go(course, course.holds ? Todo::create : Todo::record);
    }

    // While the job lives: is there anything it should not wait for any longer?
    void go_on() {
        const auto waited = now - course.moved_at;
        if (course.purging) {
            if (now - *course.purging_since >= course.patience.cancel)
                return give_up(course, ended_fault(course));
        } else if (course.condition && course.condition->obstacle) {
            if (!course.obstacle_since) course.obstacle_since = now;
            if (now - *course.obstacle_since >= course.patience.mend)
                return purge(course, course.condition->obstacle, now);
        } else if (waited >= (course.started ? course.patience.page : course.patience.start)) {
            return purge(course, base::Fault{FaultCode::PrinterFailed, "does-not-go-on"}, now);
        }
        go(course, Todo::look_at_job, true);
    }

    void operator()(const JobCreated& created) {
        if (!created.job) return fail_before_paper(course, created.job.error(), now);
        course.job = *created.job;
        go(course, Todo::send);
    }

    void operator()(const PdfSent& sent) {
        if (course.holds) {
            if (!sent.done) return fail_before_paper(course, sent.done.error(), now);
            return go(course, Todo::record);
        }
        // It begins by itself: from here on paper may be touched, unless it was turned down.
        if (!sent.done && sent.done.error().kind != QueueTrouble::Kind::lost)
            return fail_before_paper(course, sent.done.error(), now);
        begin();
    }

    void begin() {
        course.begun = true;
        course.moved_at = now;
        go(course, Todo::look_at_job);
    }

    void operator()(const SheetsRecorded& recorded) {
        // What cannot be recorded is not printed.
        if (recorded.done) return go(course, course.holds ? Todo::release : Todo::create);
        if (course.job == 0) return fail_untouched(course, recorded.done.error(), false);
        purge(course, recorded.done.error(), now);
    }

    void operator()(const JobReleased& released) {
        if (!released.done && released.done.error().kind != QueueTrouble::Kind::lost)
            return fail_before_paper(course, released.done.error(), now);
        begin();
        if (!released.done) course.silent_since = now;
    }

    void operator()(const JobLooked& looked) {
        if (!looked.view) {
            const auto& fault = looked.view.error().fault;
            if (silent_too_long(course, now)) return give_up(course, fault);
            return go(course, Todo::look_at_job, true);
        }
        const bool was_silent = std::exchange(course.silent_since, std::nullopt).has_value();
        if (!*looked.view) return job_is_gone();
        const auto& job = **looked.view;
        const int completed = std::max(job.completed(), 0);
        const bool waits = job.state == JobState::pending || job.state == JobState::held;
        const bool went_back = waits && (course.started || job.started);
        const bool another_start = course.started_at != 0 && job.started_at != course.started_at;
        if (went_back || another_start || completed < course.completed) course.begun_anew = true;
        course.started_at = job.started_at;
        if (job.started && (!course.started || completed > course.completed)) course.moved_at = now;
        course.started |= job.started;
        course.completed = std::max(course.completed, completed);
        if (job.ended()) {
            course.ended_as = job.state;
            return go(course, course.begun ? Todo::look_at_printer : Todo::purge);
        }
        if (course.begun_anew && !course.purging) return purge(course, std::nullopt, now);
        // The line was lost with the release, which did not arrive.
        if (was_silent && job.state == JobState::held && !course.purging)
            return purge(course, base::Fault{FaultCode::PrinterFailed, "not-released"}, now);
        go(course, Todo::look_at_printer);
    }

    void job_is_gone() {
        const bool all_out = course.completed == course.pages && !course.begun_anew &&
                             !(course.condition && course.condition->may_eat_sheets);
        if (!course.begun) return fail_untouched(course, ended_fault(course), false);
        if (all_out && !course.purging)
            return finish(course, {PrintOutcome::printed, SheetFate::printed, SheetFate::printed});
        if (course.purging && !course.begun_anew) {
            course.ended_as = JobState::canceled;
            return judge(course);
        }
        finish_unknown(course, false);
    }

    void operator()(const JobPurged& purged) {
        if (course.ended_as) {
            // The record of an ended job: if it cannot be erased now, the sweep does it.
            if (course.begun)
                judge(course);
            else
                fail_untouched(course, ended_fault(course), false);
            if (!purged.done) course.end->stranded = true;
            return;
        }
        if (!purged.done && purged.done.error().kind != QueueTrouble::Kind::refused) {
            if (silent_too_long(course, now)) return give_up(course, ended_fault(course));
            return go(course, Todo::purge, true);
        }
        course.silent_since.reset();
        go(course, Todo::look_at_job, !purged.done);
    }

    void operator()(const PurgeWanted&) {
        if (course.ended_as || course.purging) return;
        if (course.job == 0)
            return fail_untouched(course, {FaultCode::PrinterFailed, "purged"}, false);
        purge(course, std::nullopt, now);
    }
};

}  // namespace

PrintCourse start_course(int pages, const CoursePatience& patience) {
    PrintCourse course;
    course.pages = pages;
    course.patience = patience;
    return course;
}

PrintCourse after(PrintCourse course, const CourseEvent& event, base::Millis now) {
    if (!course.end) std::visit(After{course, now}, event);
    return course;
}

}  // namespace drivers::printer
