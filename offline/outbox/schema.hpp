// The outbox's tables, version 1 (user_version). A newer file is refused, never rewritten.
#pragma once

namespace offline::outbox {

inline constexpr int schema_version = 1;

inline constexpr const char* schema = R"sql(
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

}  // namespace offline::outbox
