// The course of one print from the first look at the printer to its outcome, as a pure machine: it
// says what is to be done next, is told how that went, and ends exactly once. What it holds to:
//
// - nothing is sent to a printer that cannot print; a queue that can hold gets the job held, then
//   the ledger, then the release, so that no sheet comes out that the ledger does not know;
// - printed: completed, with as many sides as the document has where they are counted, and nothing
//   at the printer that eats sheets; spoiled: ended after the printer had begun; unknown: the line
//   was lost for longer than contact_patience, the job was forgotten or begun anew by the spooler,
//   or the count does not fit. A fault means that certainly no sheet was touched;
// - an obstacle (no paper, a jam, an open cover) has mend_patience to go away before the job is
//   cancelled; the end of the session cancels at once.
//
// Times are those of Clock::steady.
#pragma once

#include "base/clock.hpp"
#include "drivers/device_event.hpp"
#include "drivers/printer/ledger_book.hpp"
#include "drivers/printer/queue/print_queue.hpp"
#include "drivers/printer/queue/printer_condition.hpp"

#include <optional>
#include <variant>

namespace drivers::printer {

struct CoursePatience {
    base::Millis mend{45000};     // an obstacle, in front of a person who waits
    base::Millis contact{10000};  // no answer from the queue
    base::Millis start{60000};    // released, and the printer has not begun
    base::Millis page{180000};    // begun, and no further side came out
    base::Millis cancel{10000};   // cancelled, and not ended yet
};

enum class Todo {
    look_at_printer,
    create,
    send,
    record,  // in the ledger
    release,
    look_at_job,
    purge,
    nothing  // it has ended
};

// What was done and how it went; purge may be wanted at any time.
struct PrinterLooked {
    Asked<PrinterView> view;
};
struct JobCreated {
    Asked<int> job;
};
struct PdfSent {
    Asked<void> done;
};
struct SheetsRecorded {
    base::Status done;
};
struct JobReleased {
    Asked<void> done;
};
struct JobLooked {
    Asked<std::optional<JobView>> view;
};
struct JobPurged {
    Asked<void> done;
};
struct PurgeWanted {};
using CourseEvent = std::variant<PrinterLooked, JobCreated, PdfSent, SheetsRecorded, JobReleased,
                                 JobLooked, JobPurged, PurgeWanted>;

struct CourseEnd {
    base::Result<PrintOutcome> outcome;
    SheetFate next = SheetFate::untouched;  // of the sheet after those that were completed
    SheetFate rest = SheetFate::untouched;  // of all later ones
    // Something of the job may still lie in the queue: it is swept before the next print.
    bool stranded = false;
};

struct PrintCourse {
    int pages = 1;
    CoursePatience patience;

    Todo todo = Todo::look_at_printer;
    bool after_a_pause = false;  // the next thing is done after one beat
    int completed = 0;           // sides that came out
    std::optional<CourseEnd> end;

    bool holds = false;  // the queue can hold a job
    int job = 0;
    bool begun = false;    // paper may have been touched
    bool started = false;  // it was seen at the printer
    int started_at = 0;    // JobView::started_at of then
    bool begun_anew = false;
    bool purging = false;
    std::optional<base::Fault> why_purged;  // none: the session ended
    std::optional<JobState> ended_as;
    std::optional<PrinterCondition> condition;  // of the newest look
    std::optional<base::Millis> obstacle_since, silent_since, purging_since;
    base::Millis moved_at{};  // when the job last went on
};

PrintCourse start_course(int pages, const CoursePatience& patience);
PrintCourse after(PrintCourse course, const CourseEvent& event, base::Millis now);

}  // namespace drivers::printer
