// What a verified paper of the centre changes, and the purge that only an R2 allows.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"

#include <algorithm>

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::int64_t forget_at_once = 1'000;
constexpr base::Millis server_time_step{3'600'000};  // how far the stored one may lag behind

}  // namespace

base::Status Outbox::attempt_failed(std::int64_t seq, base::FaultCode fault) {
    return database_
        .prepare("UPDATE submission SET attempts = attempts + 1, last_fault = ? WHERE seq = ?")
        .bind(std::string(base::name(fault)))
        .bind(seq)
        .run();
}

base::Status Outbox::set_aside(std::int64_t seq, const std::string& why) {
    return database_
        .prepare(
            "UPDATE submission SET state = 'QUARANTINED', set_aside = ?, since = ?"
            " WHERE seq = ? AND state IN ('QUEUED', 'SENT_ENV')")
        .bind(why)
        .bind(ms(clock_.now()))
        .bind(seq)
        .run();
}

base::Result<bool> Outbox::send_again(std::int64_t seq) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(database_
                   .prepare("UPDATE attachment SET acked = 0 WHERE place BETWEEN ? AND ?"
                            " AND acked > 0")
                   .bind(seq * places_per_seq)
                   .bind((seq + 1) * places_per_seq - 1)
                   .run());
    TRY_STATUS(database_
                   .prepare("UPDATE submission SET state = 'QUEUED', receipt1 = NULL, since = ?"
                            " WHERE seq = ? AND state IN ('QUEUED', 'SENT_ENV')")
                   .bind(ms(clock_.now()))
                   .bind(seq)
                   .run());
    const bool here = database_.changed_rows() > 0;
    TRY_STATUS(transaction.commit());
    acked_.clear();
    return here;
}

base::Status Outbox::store_receipt(const papers::CentreReceipt& receipt, base::ByteView bytes) {
    return store_receipts({{receipt, base::Bytes(bytes.begin(), bytes.end())}});
}

base::Status Outbox::store_receipts(const std::vector<Receipted>& receipts) {
    const auto stored = with_ballast([&] { return store_in_one_go(receipts); });
    if (stored) {
        for (const auto& one : receipts) note_server_time(one.receipt.server_time);
        // A receipt counts whether or not its bytes can be deleted now: the next R2 or the next
        // start does that.
        [[maybe_unused]] const auto ignored = with_ballast([&] { return purge_complete(); });
    }
    tell_level();
    return stored;
}

// R2s are stored in their own transaction; deleting comes after it is durable.
base::Status Outbox::store_in_one_go(const std::vector<Receipted>& receipts) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    for (const auto& one : receipts) TRY_STATUS(store_one(one.receipt, one.bytes));
    return transaction.commit();
}

base::Status Outbox::store_one(const papers::CentreReceipt& receipt, base::ByteView bytes) {
    const std::int64_t now = ms(clock_.now());
    switch (receipt.kind) {
        case papers::ReceiptKind::r1:
            return database_
                .prepare(
                    "UPDATE submission SET receipt1 = ?, state = 'SENT_ENV', since = ?"
                    " WHERE seq = ? AND state = 'QUEUED'")
                .bind(bytes)
                .bind(now)
                .bind(receipt.seq)
                .run();
        case papers::ReceiptKind::refused:
            return database_
                .prepare(
                    "UPDATE submission SET refusal = ?, state = 'QUARANTINED',"
                    " set_aside = 'refused', since = ?"
                    " WHERE seq = ? AND state IN ('QUEUED', 'SENT_ENV')")
                .bind(bytes)
                .bind(now)
                .bind(receipt.seq)
                .run();
        case papers::ReceiptKind::r2:
            break;
    }
    return database_
        .prepare(
            "UPDATE submission SET receipt2 = ?, case_number = ?, state = 'COMPLETE',"
            " since = ? WHERE seq = ? AND state <> 'COMPLETE'")
        .bind(bytes)
        .bind(receipt.case_number)
        .bind(now)
        .bind(receipt.seq)
        .run();
}

// Rows and tombstones in one transaction, and only when that is durable the files: a cut between
// leaves files without rows, which the next start collects.
base::Status Outbox::purge_complete() {
    std::vector<std::int64_t> seqs;
    {
        store::Query rows = database_.prepare(
            "SELECT seq FROM submission WHERE state = 'COMPLETE' AND receipt2 IS NOT NULL");
        while (TRY(rows.row())) seqs.push_back(rows.integer(0));
    }
    if (seqs.empty()) return {};
    std::vector<std::pair<std::string, std::int64_t>> files;
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    for (const std::int64_t seq : seqs) {
        const std::int64_t first = seq * places_per_seq, last = first + places_per_seq - 1;
        {
            store::Query rows = database_.prepare(
                "SELECT file, length FROM attachment WHERE place BETWEEN ? AND ? AND file <> ''");
            rows.bind(first).bind(last);
            while (TRY(rows.row())) files.emplace_back(rows.text(0), rows.integer(1));
        }
        for (const char* sql : {"DELETE FROM attachment WHERE place BETWEEN ? AND ?",
                                "DELETE FROM body WHERE place BETWEEN ? AND ?"})
            TRY_STATUS(database_.prepare(sql).bind(first).bind(last).run());
        TRY_STATUS(database_
                       .prepare("INSERT INTO tombstone SELECT seq, sub_id, local_number,"
                                " token_hash, kept_at, clock_trust, manifest_digest,"
                                " envelope_digest, receipt2, case_number, since, receipt_shown"
                                " FROM submission WHERE seq = ?")
                       .bind(seq)
                       .run());
        TRY_STATUS(database_.prepare("DELETE FROM submission WHERE seq = ?").bind(seq).run());
    }
    TRY_STATUS(transaction.commit());
    for (const std::int64_t seq : seqs) forget_in_mirror(seq);
    for (const auto& [file, length] : files) {
        file_bytes_ -= length;
        [[maybe_unused]] const auto ignored = options_.disk->remove(file_folder() + "/" + file);
    }
    return database_.execute("PRAGMA incremental_vacuum");  // a backlog gives its space back
}

base::Status Outbox::forget(std::int64_t up_to_seq) {
    std::int64_t base_seq = 0, next_seq = 0;
    sealing::Digest chain{};
    {
        store::Query row = database_.prepare("SELECT base_seq, base_chain, next_seq FROM terminal");
        if (!TRY(row.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
        base_seq = row.integer(0);
        chain = TRY(digest_in(row.bytes(1)));
        next_seq = row.integer(2);
    }
    const std::int64_t up_to =
        std::min({up_to_seq, next_seq - 1 - options_.tombstones_kept, base_seq + forget_at_once});
    std::int64_t seq = base_seq;
    {
        store::Query rows = database_.prepare(
            "SELECT seq, manifest_digest FROM tombstone WHERE seq > ? AND seq <= ? ORDER BY seq");
        rows.bind(base_seq).bind(up_to);
        while (TRY(rows.row())) {
            if (rows.integer(0) != seq + 1) break;  // the one before is still kept
            chain = papers::chain_after(terminal_.certificate.suite(), chain, ++seq,
                                        TRY(digest_in(rows.bytes(1))));
        }
    }
    if (seq == base_seq) return {};
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(database_.prepare("DELETE FROM tombstone WHERE seq <= ?").bind(seq).run());
    TRY_STATUS(database_.prepare("UPDATE terminal SET base_seq = ?, base_chain = ?")
                   .bind(seq)
                   .bind(base::ByteView(chain))
                   .run());
    return transaction.commit();
}

void Outbox::note_server_time(base::Instant time) {
    if (time <= server_time_) return;
    server_time_ = time;
    // Manifests tell it, and a time a little before the truth is still true: seldom is enough.
    [[maybe_unused]] const auto ignored =
        database_.prepare("UPDATE terminal SET server_time = ?1 WHERE server_time < ?1 - ?2")
            .bind(ms(time))
            .bind(server_time_step.count())
            .run();
}

}  // namespace offline::outbox
