#include "offline/intake/store/schema.hpp"

#include <array>
#include <utility>

namespace offline::intake::schema {

namespace {

constexpr const char* cases_and_refusals = R"sql(
CREATE TABLE case_file(
    serial INT8 PRIMARY KEY,
    terminal TEXT NOT NULL,
    sub_id BYTES NOT NULL,
    manifest_digest BYTES NOT NULL,
    manifest BYTES NOT NULL,
    signature BYTES NOT NULL,
    certificate BYTES NOT NULL,
    envelope BYTES NOT NULL,
    local_number TEXT NOT NULL,
    case_number TEXT NOT NULL UNIQUE,
    item_code TEXT NOT NULL,
    item_name TEXT NOT NULL,
    person BYTES NOT NULL,
    received_at INT8 NOT NULL,
    receipt1 BYTES NOT NULL,
    receipt2 BYTES,
    completed_at INT8 NOT NULL DEFAULT 0,
    epoch BYTES NOT NULL,
    seq INT8 NOT NULL,
    state TEXT NOT NULL DEFAULT 'UPLOADED',
    reason TEXT NOT NULL DEFAULT '',
    decided_at INT8 NOT NULL DEFAULT 0,
    UNIQUE (terminal, sub_id)
) STRICT;
CREATE INDEX case_by_person ON case_file(person, serial);
CREATE INDEX case_by_sub_id ON case_file(sub_id);
CREATE TABLE refused(
    terminal TEXT NOT NULL,
    sub_id BYTES NOT NULL,
    manifest_digest BYTES NOT NULL,
    reason TEXT NOT NULL,
    manifest BYTES NOT NULL,
    envelope BYTES NOT NULL,
    receipt BYTES NOT NULL,
    received_at INT8 NOT NULL,
    signature BYTES NOT NULL,
    certificate BYTES NOT NULL,
    epoch BYTES NOT NULL,
    seq INT8 NOT NULL,
    released_at INT8 NOT NULL DEFAULT 0,
    PRIMARY KEY (terminal, sub_id, manifest_digest, released_at)
) STRICT;
CREATE TABLE terminal(
    terminal TEXT PRIMARY KEY,
    last_receipt BYTES NOT NULL,
    epoch BYTES NOT NULL
) STRICT;
)sql";

constexpr const char* since_2 = R"sql(
CREATE INDEX case_by_seq ON case_file(terminal, epoch, seq);
CREATE INDEX refused_by_seq ON refused(terminal, epoch, seq);
CREATE TABLE epoch(
    terminal TEXT NOT NULL,
    epoch BYTES NOT NULL,
    begun_at INT8 NOT NULL,
    superseded_at INT8 NOT NULL DEFAULT 0,
    counter_seq INT8 NOT NULL DEFAULT 0,
    counter_head BYTES,
    PRIMARY KEY (terminal, epoch)
) STRICT;
CREATE TABLE number_of(
    prefix TEXT PRIMARY KEY,
    given INT8 NOT NULL
) STRICT;
CREATE TABLE outbox(
    serial INT8 PRIMARY KEY,
    next_at INT8 NOT NULL,
    attempts INT8 NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS attachment(
    id BYTES PRIMARY KEY,
    terminal TEXT NOT NULL,
    sub_id BYTES NOT NULL,
    suite TEXT NOT NULL,
    digest BYTES NOT NULL,
    length INT8 NOT NULL,
    "offset" INT8 NOT NULL,
    generation INT8 NOT NULL,
    complete INT8 NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS attachment_of ON attachment(terminal, sub_id);
CREATE TABLE effect(
    sub_id BYTES PRIMARY KEY,
    serial INT8 NOT NULL,
    applied_at INT8 NOT NULL
) STRICT;
)sql";

constexpr const char* since_3 = R"sql(
ALTER TABLE epoch ADD COLUMN said_first INT8 NOT NULL DEFAULT 0;
ALTER TABLE epoch ADD COLUMN said_next INT8 NOT NULL DEFAULT 0;
CREATE TABLE invitation(
    number TEXT PRIMARY KEY,
    terminal TEXT NOT NULL,
    division TEXT NOT NULL,
    point TEXT NOT NULL,
    profile TEXT NOT NULL,
    replaces TEXT NOT NULL,
    valid_until INT8 NOT NULL,
    key_one BYTES NOT NULL,
    key_national BYTES NOT NULL,
    wrong INT8 NOT NULL DEFAULT 0,
    used_at INT8 NOT NULL DEFAULT 0,
    certificate TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE certificate(
    id TEXT PRIMARY KEY,
    terminal TEXT NOT NULL,
    division TEXT NOT NULL,
    point TEXT NOT NULL,
    profile TEXT NOT NULL,
    suite TEXT NOT NULL,
    public_key BYTES NOT NULL,
    file BYTES NOT NULL,
    tls BYTES NOT NULL,
    software TEXT NOT NULL,
    model TEXT NOT NULL,
    machine TEXT NOT NULL,
    key_store TEXT NOT NULL,
    issued_at INT8 NOT NULL,
    not_after INT8 NOT NULL,
    ended TEXT NOT NULL DEFAULT '',
    ended_at INT8 NOT NULL DEFAULT 0,
    last_seq INT8 NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX certificate_present ON certificate(terminal) WHERE ended = '';
CREATE INDEX certificate_by_key ON certificate(public_key);
CREATE INDEX certificate_ended ON certificate(id) WHERE ended IN ('replaced', 'revoked', 'lost');
)sql";

constexpr const char* since_4 = R"sql(
CREATE TABLE heard(
    terminal TEXT PRIMARY KEY,
    number INT8 NOT NULL,
    said_at INT8 NOT NULL,
    received_at INT8 NOT NULL,
    content BYTES NOT NULL,
    certificate_id TEXT NOT NULL,
    certificate BYTES NOT NULL
) STRICT;
CREATE TABLE heartbeat(
    terminal TEXT NOT NULL,
    number INT8 NOT NULL,
    received_at INT8 NOT NULL,
    light TEXT NOT NULL,
    content BYTES NOT NULL,
    PRIMARY KEY (terminal, received_at, number)
) STRICT;
CREATE TABLE command(
    terminal TEXT NOT NULL,
    serial INT8 NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    ordered_by TEXT NOT NULL,
    issued_at INT8 NOT NULL,
    expires_at INT8 NOT NULL,
    given_at INT8 NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT '',
    outcome_at INT8 NOT NULL DEFAULT 0,
    PRIMARY KEY (terminal, serial)
) STRICT;
CREATE TABLE command_report(
    terminal TEXT NOT NULL,
    number INT8 NOT NULL,
    serial INT8 NOT NULL,
    digest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reported_at INT8 NOT NULL,
    PRIMARY KEY (terminal, number, digest, outcome)
) STRICT;
CREATE TABLE account(
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    salt BYTES NOT NULL,
    hash BYTES NOT NULL,
    made_at INT8 NOT NULL,
    disabled_at INT8 NOT NULL DEFAULT 0,
    wrong INT8 NOT NULL DEFAULT 0,
    wrong_at INT8 NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE console_session(
    token BYTES PRIMARY KEY,
    account TEXT NOT NULL,
    csrf TEXT NOT NULL,
    begun_at INT8 NOT NULL,
    seen_at INT8 NOT NULL
) STRICT;
CREATE TABLE console_act(
    acted_at INT8 NOT NULL,
    account TEXT NOT NULL,
    act TEXT NOT NULL,
    terminal TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX console_act_by_time ON console_act(acted_at);
)sql";

// What strangers had typed as a name stood among the acts: only how often it was is kept of that.
constexpr const char* since_5 = R"sql(
CREATE INDEX certificate_by_terminal ON certificate(terminal, issued_at);
CREATE TABLE still_talking(
    terminal TEXT NOT NULL,
    certificate_id TEXT NOT NULL,
    why TEXT NOT NULL,
    first_at INT8 NOT NULL,
    last_at INT8 NOT NULL,
    times INT8 NOT NULL,
    PRIMARY KEY (terminal, certificate_id)
) STRICT;
CREATE TABLE sign_in_refused(
    account TEXT NOT NULL,
    day INT8 NOT NULL,
    times INT8 NOT NULL,
    last_at INT8 NOT NULL,
    PRIMARY KEY (account, day)
) STRICT;
CREATE INDEX console_act_of ON console_act(account, acted_at);
INSERT INTO sign_in_refused(account, day, times, last_at)
    SELECT CASE WHEN account IN (SELECT name FROM account) THEN account ELSE '' END,
    acted_at / 86400000, count(*), max(acted_at) FROM console_act
    WHERE act = 'sign-in' AND outcome IN ('refused', 'locked') GROUP BY 1, 2;
DELETE FROM console_act WHERE act = 'sign-in' AND outcome IN ('refused', 'locked');
)sql";

// The life of a case in the office: rows are added and never changed. Each holds the digest of the
// one before it, so that one taken out or changed is seen.
constexpr const char* since_6 = R"sql(
CREATE TABLE case_event(
    serial INT8 NOT NULL,
    number INT8 NOT NULL,
    state TEXT NOT NULL,
    moved_at INT8 NOT NULL,
    moved_by TEXT NOT NULL,
    office TEXT NOT NULL,
    due_on TEXT NOT NULL,
    note TEXT NOT NULL,
    result TEXT NOT NULL,
    promised_days INT8 NOT NULL,
    digest BYTES NOT NULL,
    PRIMARY KEY (serial, number)
) STRICT;
)sql";

std::string since(int version) {
    std::string out;
    if (version < 2) out += since_2;
    if (version < 3) out += since_3;
    if (version < 4) out += since_4;
    if (version < 5) out += since_5;
    return out + since_6;
}

std::string with(std::string text, const char* whole, const char* bytes, const char* end) {
    const std::array<std::pair<std::string, std::string>, 3> words{
        {{"INT8", whole}, {"BYTES", bytes}, {" STRICT", end}}};
    for (const auto& [word, becomes] : words)
        for (auto at = text.find(word); at != std::string::npos;
             at = text.find(word, at + becomes.size()))
            text.replace(at, word.size(), becomes);
    return text;
}

std::string in_sqlite(const std::string& text) {
    return with(text, "INTEGER", "BLOB", " STRICT");
}
std::string in_postgres(const std::string& text) {
    return with(text, "BIGINT", "BYTEA", "");
}

}  // namespace

std::string sqlite() {
    return in_sqlite(cases_and_refusals + since(1));
}

std::string postgres() {
    // Envelopes and receipts are random bytes: compressing them is lost work.
    return in_postgres(cases_and_refusals + since(1)) +
           "ALTER TABLE case_file ALTER envelope SET STORAGE EXTERNAL,"
           " ALTER manifest SET STORAGE EXTERNAL, ALTER certificate SET STORAGE EXTERNAL,"
           " ALTER receipt1 SET STORAGE EXTERNAL, ALTER receipt2 SET STORAGE EXTERNAL;"
           "CREATE SEQUENCE case_serial OWNED BY case_file.serial;";
}

std::string sqlite_from(int before) {
    return in_sqlite(since(before));
}

std::string postgres_from(int before) {
    return in_postgres(since(before));
}

std::string sqlite_from_1() {
    return in_sqlite(R"sql(
ALTER TABLE case_file ADD COLUMN epoch BYTES NOT NULL DEFAULT x'';
ALTER TABLE case_file ADD COLUMN seq INT8 NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN state TEXT NOT NULL DEFAULT 'UPLOADED';
ALTER TABLE case_file ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN decided_at INT8 NOT NULL DEFAULT 0;
CREATE INDEX case_by_sub_id ON case_file(sub_id);
ALTER TABLE refused RENAME TO refused_1;
CREATE TABLE refused(
    terminal TEXT NOT NULL,
    sub_id BYTES NOT NULL,
    manifest_digest BYTES NOT NULL,
    reason TEXT NOT NULL,
    manifest BYTES NOT NULL,
    envelope BYTES NOT NULL,
    receipt BYTES NOT NULL,
    received_at INT8 NOT NULL,
    signature BYTES NOT NULL,
    certificate BYTES NOT NULL,
    epoch BYTES NOT NULL,
    seq INT8 NOT NULL,
    released_at INT8 NOT NULL DEFAULT 0,
    PRIMARY KEY (terminal, sub_id, manifest_digest, released_at)
) STRICT;
INSERT INTO refused SELECT terminal, sub_id, manifest_digest, reason, manifest, envelope, receipt,
    received_at, x'', x'', x'', 0, 0 FROM refused_1 ORDER BY n;
DROP TABLE refused_1;
ALTER TABLE terminal ADD COLUMN epoch BYTES NOT NULL DEFAULT x'';
)sql" + std::string(since_2));
}

}  // namespace offline::intake::schema
