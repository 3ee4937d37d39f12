// The outbox's tables, by version (user_version). A newer file is refused, never rewritten.
#pragma once

namespace offline::outbox {

inline constexpr int schema_version = 2;

// Bytes stand apart from what is said about them, so that a receipt does not write an envelope
// again. place = seq * places_per_seq + n: 0 the envelope, n the n-th attachment.
inline constexpr int places_per_seq = 64;

inline constexpr const char* schema = R"sql(
CREATE TABLE terminal(
    only INTEGER PRIMARY KEY CHECK (only = 1),
    terminal TEXT NOT NULL,
    epoch BLOB NOT NULL,
    first_seq INTEGER NOT NULL,
    next_seq INTEGER NOT NULL,
    chain_head BLOB NOT NULL,
    base_seq INTEGER NOT NULL,
    base_chain BLOB NOT NULL,
    server_time INTEGER NOT NULL
) STRICT;
CREATE TABLE submission(
    seq INTEGER PRIMARY KEY,
    sub_id BLOB NOT NULL UNIQUE,
    local_number TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    clock_trust INTEGER NOT NULL,
    lane INTEGER NOT NULL CHECK (lane IN (0, 1)),
    bytes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('QUEUED', 'SENT_ENV', 'COMPLETE', 'QUARANTINED')),
    set_aside TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    last_fault TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL,
    case_number TEXT NOT NULL DEFAULT '',
    receipt_shown INTEGER NOT NULL DEFAULT 0,
    manifest_digest BLOB NOT NULL,
    envelope_digest BLOB NOT NULL,
    chain_after BLOB NOT NULL,
    manifest BLOB NOT NULL,
    signature BLOB NOT NULL,
    receipt1 BLOB,
    receipt2 BLOB,
    refusal BLOB
) STRICT;
CREATE INDEX submission_to_send ON submission(state, lane, seq, bytes, kept_at)
    WHERE state IN ('QUEUED', 'SENT_ENV');
CREATE INDEX submission_sent ON submission(seq, bytes) WHERE state = 'SENT_ENV';
CREATE INDEX submission_complete ON submission(seq) WHERE state = 'COMPLETE';
CREATE INDEX submission_unshown ON submission(seq) WHERE receipt_shown = 0;
CREATE TABLE body(
    place INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE attachment(
    place INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    length INTEGER NOT NULL,
    file TEXT NOT NULL,
    acked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attachment_left ON attachment(length - acked) WHERE acked < length;
CREATE UNIQUE INDEX attachment_file ON attachment(file) WHERE file <> '';
CREATE TABLE tombstone(
    seq INTEGER PRIMARY KEY,
    sub_id BLOB NOT NULL UNIQUE,
    local_number TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    clock_trust INTEGER NOT NULL,
    manifest_digest BLOB NOT NULL,
    envelope_digest BLOB NOT NULL,
    receipt2 BLOB NOT NULL,
    case_number TEXT NOT NULL,
    since INTEGER NOT NULL,
    receipt_shown INTEGER NOT NULL
) STRICT;
CREATE INDEX tombstone_unshown ON tombstone(seq) WHERE receipt_shown = 0;
)sql";

// Version 1: envelopes within the row, the epoch of the enrolment.
inline constexpr const char* schema_1 = R"sql(
CREATE TABLE terminal(
    only INTEGER PRIMARY KEY CHECK (only = 1),
    terminal TEXT NOT NULL,
    epoch BLOB NOT NULL,
    next_seq INTEGER NOT NULL,
    chain_head BLOB NOT NULL
) STRICT;
CREATE TABLE submission(
    seq INTEGER PRIMARY KEY,
    sub_id BLOB NOT NULL UNIQUE,
    local_number TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    clock_trust INTEGER NOT NULL,
    manifest BLOB NOT NULL,
    signature BLOB NOT NULL,
    manifest_digest BLOB NOT NULL,
    envelope_digest BLOB NOT NULL,
    envelope BLOB NOT NULL,
    chain_after BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('QUEUED', 'SENT_ENV', 'COMPLETE', 'QUARANTINED')),
    attempts INTEGER NOT NULL DEFAULT 0,
    last_fault TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL,
    receipt1 BLOB,
    receipt2 BLOB,
    refusal BLOB,
    case_number TEXT NOT NULL DEFAULT '',
    receipt_shown INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX submission_by_state ON submission(state, seq);
CREATE TABLE tombstone(
    seq INTEGER PRIMARY KEY,
    sub_id BLOB NOT NULL UNIQUE,
    local_number TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    clock_trust INTEGER NOT NULL,
    manifest_digest BLOB NOT NULL,
    envelope_digest BLOB NOT NULL,
    receipt2 BLOB NOT NULL,
    case_number TEXT NOT NULL,
    since INTEGER NOT NULL,
    receipt_shown INTEGER NOT NULL
) STRICT;
)sql";

// One transaction, `schema` in its middle. The genesis of a chain, which a program computes, is
// bound to ?1 afterwards.
inline constexpr const char* before_2 = R"sql(
DROP INDEX submission_by_state;
ALTER TABLE terminal RENAME TO terminal_1;
ALTER TABLE submission RENAME TO submission_1;
ALTER TABLE tombstone RENAME TO tombstone_1;
)sql";
inline constexpr const char* after_2 = R"sql(
INSERT INTO terminal SELECT 1, terminal, epoch, 1, next_seq, chain_head, 0, zeroblob(32), 0
    FROM terminal_1;
INSERT INTO submission(seq, sub_id, local_number, token_hash, kept_at, clock_trust, lane, bytes,
        state, set_aside, attempts, last_fault, since, case_number, receipt_shown, manifest_digest,
        envelope_digest, chain_after, manifest, signature, receipt1, receipt2, refusal)
    SELECT seq, sub_id, local_number, token_hash, kept_at, clock_trust, 1, length(envelope),
        state, iif(state = 'QUARANTINED', 'refused', ''), attempts, last_fault, since, case_number,
        receipt_shown, manifest_digest, envelope_digest, chain_after, manifest, signature,
        receipt1, receipt2, refusal
    FROM submission_1;
INSERT INTO body SELECT seq * 64, envelope FROM submission_1;
INSERT INTO tombstone SELECT * FROM tombstone_1;
DROP TABLE terminal_1;
DROP TABLE submission_1;
DROP TABLE tombstone_1;
PRAGMA user_version = 2;
)sql";

}  // namespace offline::outbox
