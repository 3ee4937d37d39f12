// What a verified paper of the centre changes, and the purge that only an R2 allows.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"

namespace offline::outbox {

using base::FaultCode;

base::Status Outbox::attempt_failed(std::int64_t seq, base::FaultCode fault) {
    return database_
        .prepare("UPDATE submission SET attempts = attempts + 1, last_fault = ? WHERE seq = ?")
        .bind(std::string(base::name(fault)))
        .bind(seq)
        .run();
}

base::Status Outbox::store_receipt(const papers::CentreReceipt& receipt, base::ByteView bytes) {
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
                    "UPDATE submission SET refusal = ?, state = 'QUARANTINED', since = ?"
                    " WHERE seq = ? AND state IN ('QUEUED', 'SENT_ENV')")
                .bind(bytes)
                .bind(now)
                .bind(receipt.seq)
                .run();
        case papers::ReceiptKind::r2:
            break;
    }
    // Stored first, in its own transaction; deleting comes after it is durable.
    TRY_STATUS(
        database_
            .prepare("UPDATE submission SET receipt2 = ?, case_number = ?, state = 'COMPLETE',"
                     " since = ? WHERE seq = ? AND state IN ('QUEUED', 'SENT_ENV')")
            .bind(bytes)
            .bind(receipt.case_number)
            .bind(now)
            .bind(receipt.seq)
            .run());
    if (database_.changed_rows() == 0)
        return base::fail(FaultCode::CentreNonsense, "an R2 of nothing that waits");
    return purge_complete();
}

base::Status Outbox::purge_complete() {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(database_.execute(
        "INSERT INTO tombstone SELECT seq, sub_id, local_number, token_hash, kept_at, clock_trust,"
        " manifest_digest, envelope_digest, receipt2, case_number, since, receipt_shown"
        " FROM submission WHERE state = 'COMPLETE' AND receipt2 IS NOT NULL;"
        "DELETE FROM submission WHERE state = 'COMPLETE' AND receipt2 IS NOT NULL"));
    TRY_STATUS(transaction.commit());
    return database_.execute("PRAGMA incremental_vacuum");  // a backlog gives its space back
}

}  // namespace offline::outbox
