// The machine inside the emulated printer: takes jobs, pulls sheets out of its tray and prints them
// one after the other, each in its time. Paper runs out, a jam or an open cover eats the sheet
// under way, which is printed again afterwards; without power every job is forgotten. Pure: time is
// given with each call, and what lies printed goes to the Keep it was made with.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"
#include "drivers/printer/queue/queue_views.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace drivers::printer {

struct PaperJob {
    int id = 0;
    std::string name, user;
    JobState state = JobState::pending;
    bool whole = false;  // its document has arrived
    base::Secret<base::Bytes> document;
    int pages = 0, completed = 0;  // sides
    // Seconds on the machine's own clock, from 1; 0 = not yet.
    int created_at = 0, started_at = 0, ended_at = 0;

    bool ended() const { return state >= JobState::canceled; }
};

class PaperMachine {
  public:
    // A whole printed document under its job's name; false = it could not be kept.
    using Keep = std::function<bool(const std::string& name, base::ByteView document)>;

    struct Condition {
        bool paper = true;
        bool low = false;  // paper or toner
        bool jammed = false;
        bool cover_open = false;
        bool tray_sensor = false;  // can tell whether paper lies in its output tray
    };
    static constexpr std::size_t most_jobs =
        16;                                 // living ones; of ended ones as many are remembered
    static constexpr int tray_holds = 250;  // sheets, in the output tray

    PaperMachine(base::Millis page_time, Keep keep, base::Millis now);

    // By hand.
    void set_paper(bool in);
    void end_paper_after(int sheets);  // counted from now
    void set_low(bool low);
    void set_jammed(bool jammed);
    void set_cover_open(bool open);
    void set_tray_sensor(bool tells);  // over a tray that is empty
    void take_paper();                 // out of the output tray
    void lose_next_outcome();          // the next job vanishes when its last page comes out
    void lose_power();                 // every job is forgotten, the sheet under way lost

    // Over the line. A job is null where there is none of that number.
    bool full() const;
    int create(std::string name, std::string user, bool held, base::Millis now);
    const PaperJob* job(int id) const;
    const std::map<int, PaperJob>& jobs() const { return jobs_; }
    void take_document(int id, base::Bytes document);  // ends its being open for documents
    bool hold(int id);                                 // false: it is too late
    bool release(int id);                              // false: it is not held
    bool cancel(int id, base::Millis now);             // false: it has ended before
    void forget(int id);

    // Prints what is to be printed until now; afterwards next_step says when the next page is out.
    void advance(base::Millis now);
    std::optional<base::Millis> next_step() const { return page_out_at_; }

    const Condition& condition() const { return condition_; }
    int lying() const { return lying_; }  // sheets in the output tray
    bool blocked() const { return condition_.jammed || condition_.cover_open; }
    bool wants_paper() const;  // a job waits for it
    const PaperJob* at_the_printer() const;
    int seconds(base::Millis now) const;  // on its own clock

  private:
    PaperJob* living(int id);
    PaperJob* next_job();
    void begin(PaperJob& job, base::Millis now);
    void end(PaperJob& job, JobState as, base::Millis now);
    void page_came_out(PaperJob& job, base::Millis now);
    bool pull_sheet();

    const base::Millis page_time_;
    const Keep keep_;
    const base::Millis switched_on_;
    Condition condition_;
    std::optional<int> sheets_left_;  // none = as many as are wanted
    int lying_ = 0;
    bool lose_next_ = false;
    std::map<int, PaperJob> jobs_;
    int last_job_ = 0;
    std::optional<base::Millis> page_out_at_;  // of the sheet under way
};

}  // namespace drivers::printer
