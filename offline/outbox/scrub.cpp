// What is kept is read again and compared with what was signed about it.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/salvage.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::int64_t rows_at_once = 64, bytes_at_once = 16 << 20;

}  // namespace

base::Result<bool> Outbox::is_whole(std::int64_t seq) {
    Salvage reading(database_, terminal_, *options_.disk, file_folder());
    const auto row = reading.submission(seq);
    if (reading.lost > 0) return false;
    if (!row) return base::fail(FaultCode::AnswerNotFound, "no such submission");
    return true;
}

base::Result<bool> Outbox::verify_or_set_aside(std::int64_t seq, Scrubbed& count) {
    ++count.checked;
    if (TRY(is_whole(seq))) return true;
    if (TRY(mend_from_mirror(seq)) && TRY(is_whole(seq))) {
        ++count.mended;
        return true;
    }
    ++count.damaged;
    std::string number;
    {
        store::Query row = database_.prepare("SELECT local_number FROM submission WHERE seq = ?");
        if (TRY(row.bind(seq).row())) number = row.text(0);
    }
    TRY_STATUS(database_
                   .prepare("UPDATE submission SET state = 'QUARANTINED', set_aside = 'damaged',"
                            " since = ? WHERE seq = ? AND state <> 'COMPLETE'")
                   .bind(ms(clock_.now()))
                   .bind(seq)
                   .run());
    record(base::log::SubmissionSetAside{number, "damaged"});
    return false;
}

base::Result<bool> Outbox::check(std::int64_t seq) {
    Scrubbed count;
    return verify_or_set_aside(seq, count);
}

base::Status Outbox::verify_all() {
    Scrubbed count;
    for (std::int64_t seq = 0;;) {
        const std::int64_t after = seq;
        {
            store::Query row = database_.prepare(
                "SELECT seq FROM submission WHERE seq > ? AND set_aside <> 'damaged'"
                " ORDER BY seq LIMIT 1");
            if (!TRY(row.bind(after).row())) return {};
            seq = row.integer(0);
        }
        TRY(verify_or_set_aside(seq, count));
    }
}

base::Result<Scrubbed> Outbox::scrub() {
    auto slice = scrub_slice();
    // A tree of the file itself is broken: the next start salvages, until then nothing is taken.
    if (!slice && slice.error().code == FaultCode::OutboxCorrupt) writable_ = false;
    return slice;
}

base::Result<Scrubbed> Outbox::scrub_slice() {
    std::int64_t bytes = 0;
    for (std::int64_t rows = 0; rows < rows_at_once && bytes < bytes_at_once; ++rows) {
        {
            store::Query row = database_.prepare(
                "SELECT seq, bytes FROM submission WHERE seq > ? AND set_aside <> 'damaged'"
                " ORDER BY seq LIMIT 1");
            if (!TRY(row.bind(scrubbed_to_).row())) {
                Scrubbed done = round_;
                done.round_done = true;
                record(base::log::OutboxChecked{done.checked, done.damaged, done.mended});
                round_ = {};
                scrubbed_to_ = 0;
                return done;
            }
            scrubbed_to_ = row.integer(0);
            bytes += row.integer(1);
        }
        TRY(verify_or_set_aside(scrubbed_to_, round_));
    }
    return round_;
}

}  // namespace offline::outbox
