// A print queue as the document printer uses it: one call, one exchange over IPP, no repetition
// behind the caller's back. Behind it stands libcups (drivers/printer/cups), or a test's own.
// Used by the printer's worker; interrupt() from any thread.
#pragma once

#include "base/bytes.hpp"
#include "drivers/printer/queue/queue_views.hpp"

#include <tl/expected.hpp>

#include <optional>
#include <string>
#include <vector>

namespace drivers::printer {

// Why a call did not do what it should.
struct QueueTrouble {
    enum class Kind {
        unreached,  // nobody answered: it was certainly not done
        lost,       // the line broke after something was sent: perhaps it was done
        refused     // the queue said no
    };
    Kind kind = Kind::unreached;
    base::Fault fault;
};
template <class T>
using Asked = tl::expected<T, QueueTrouble>;

class PrintQueue {
  public:
    virtual ~PrintQueue() = default;

    // The queue, joined with the printer behind it where that one can be asked itself.
    virtual Asked<PrinterView> look_at_printer() = 0;
    // A job without a document; `held` = it waits until release(). `name` is a word of ours.
    virtual Asked<int> create_job(const std::string& name, bool held) = 0;
    virtual Asked<void> send_pdf(int job, base::ByteView pdf) = 0;
    virtual Asked<void> release(int job) = 0;
    virtual Asked<std::optional<JobView>> look_at_job(int job) = 0;  // none: it is gone
    // Ends the job and forgets it. One that is at the printer needs it twice: the first time ends
    // it only. A job that is gone, or ended where nothing is remembered, is fine.
    virtual Asked<void> purge(int job) = 0;
    virtual Asked<std::vector<JobView>> our_jobs() = 0;  // a spooler's ended ones included
    // From now on calls give up at the first moment of silence.
    virtual void interrupt() = 0;
};

}  // namespace drivers::printer
