#include "offline/outbox/outbox.hpp"

#include "base/assert.hpp"
#include "offline/sealing/envelope.hpp"

#include <algorithm>

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::int64_t page_bytes = 4096;
constexpr std::int64_t reserve_pages = 512;  // receipts, purges and tombstones at the quota
constexpr std::int64_t ordinary_pages = 32;  // what one more submission may need
constexpr int commit_tries = 3;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t ms_since_epoch) {
    return base::Instant{base::Millis{ms_since_epoch}};
}

sealing::Digest digest_in(const base::Bytes& bytes) {
    KIOSK_ASSERT(bytes.size() == 32);
    sealing::Digest digest{};
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

domain::SubId sub_id_in(const base::Bytes& bytes) {
    KIOSK_ASSERT(bytes.size() == 16);
    domain::SubId id;
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

}  // namespace

base::Status Outbox::limit_pages(std::int64_t pages) {
    return database_.execute("PRAGMA max_page_count = " + std::to_string(pages));
}

papers::Token Outbox::token_of(const domain::SubId& sub_id) const {
    // Derived, so that a repeated question is answered with the same slip even after the purge.
    const auto hash = sealing::suite(terminal_.certificate.suite())
                          .mac(terminal_.key.derive("look-up token"), sub_id.bytes);
    papers::Token token{};
    std::copy_n(hash.begin(), token.size(), token.begin());
    return token;
}

sealing::Digest Outbox::digest_of(base::ByteView bytes) const {
    return sealing::digest(terminal_.certificate.suite(), bytes);
}

base::Result<std::string> Outbox::code_of(const domain::LocalReceipt& receipt,
                                          base::ByteView manifest_digest) const {
    papers::ReceiptCode code;
    code.realm = terminal_.certificate.realm;
    code.clock_trust = receipt.clock_trust;
    code.kept_at = receipt.kept_at;
    code.local_number = receipt.local_number;
    code.token = token_of(receipt.sub_id);
    std::copy_n(manifest_digest.begin(), code.manifest_digest.size(), code.manifest_digest.begin());
    const base::Bytes id = base::from_hex(terminal_.certificate.id()).value();
    std::copy_n(id.begin(), code.certificate_id.size(), code.certificate_id.begin());
    return papers::make_receipt_code(code, terminal_.key);
}

base::Result<std::optional<domain::LocalReceipt>> Outbox::kept_before(
    const Acceptance& acceptance, const sealing::Digest& digest) {
    store::Query found = database_.prepare(
        "SELECT seq, local_number, kept_at, clock_trust, manifest_digest, envelope_digest"
        " FROM submission WHERE sub_id = ?1"
        " UNION ALL SELECT seq, local_number, kept_at, clock_trust, manifest_digest, "
        "envelope_digest"
        " FROM tombstone WHERE sub_id = ?1");
    const bool known = TRY(found.bind(base::ByteView(acceptance.sub_id.bytes)).row());
    if (!known) return std::optional<domain::LocalReceipt>{};
    if (digest_in(found.bytes(5)) != digest) return base::fail(FaultCode::OutboxConflict);
    domain::LocalReceipt receipt;
    receipt.sub_id = acceptance.sub_id;
    receipt.seq = found.integer(0);
    receipt.local_number = found.text(1);
    receipt.kept_at = instant(found.integer(2));
    receipt.clock_trust = static_cast<domain::ClockTrust>(found.integer(3));
    receipt.look_up_code = papers::token_text(token_of(receipt.sub_id));
    receipt.qr_text = TRY(code_of(receipt, found.bytes(4)));
    return std::optional(receipt);
}

base::Result<domain::LocalReceipt> Outbox::accept(const Acceptance& acceptance) {
    const auto head =
        sealing::envelope::head_of(sealing::envelope::submission_magic, acceptance.envelope);
    if (!head) return base::fail(FaultCode::PostRefused, head.error().safe_detail);
    if (head->realm != terminal_.certificate.realm)
        return base::fail(FaultCode::RealmMismatch, "envelope");
    if (head->suite != terminal_.certificate.suite())
        return base::fail(FaultCode::SuiteMismatch, "envelope");
    const sealing::Digest digest = digest_of(acceptance.envelope);
    TRY_STATUS(limit_pages(options_.quota_bytes / page_bytes));
    base::Result<domain::LocalReceipt> receipt = base::fail(FaultCode::FileUnwritable);
    // A failed write is retried on the same connection and never acknowledged: reopening after a
    // failed sync can lose what was acknowledged before (offline-sync.md, measurement M3).
    for (int tries = 0; tries < commit_tries; ++tries) {
        receipt = insert(acceptance, digest, head->kid);
        if (receipt || receipt.error().code != FaultCode::FileUnwritable) break;
    }
    writable_ = receipt || receipt.error().code != FaultCode::FileUnwritable;
    TRY_STATUS(limit_pages(options_.quota_bytes / page_bytes + reserve_pages));
    return receipt;
}

base::Result<domain::LocalReceipt> Outbox::insert(const Acceptance& acceptance,
                                                  const sealing::Digest& digest,
                                                  const std::string& kid) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    const auto before = TRY(kept_before(acceptance, digest));
    if (before) return *before;

    papers::Manifest manifest;
    {
        store::Query head = database_.prepare("SELECT next_seq, chain_head FROM terminal");
        const bool found = TRY(head.row());
        KIOSK_ASSERT(found);
        manifest.seq = head.integer(0);
        manifest.chain_before = digest_in(head.bytes(1));
    }
    if (manifest.seq > papers::seq_max)
        return base::fail(FaultCode::PostRefused, "numbers used up: enrol the terminal again");
    const auto& certificate = terminal_.certificate;
    manifest.suite = certificate.suite();
    manifest.realm = certificate.realm;
    manifest.terminal = certificate.terminal;
    manifest.epoch = certificate.epoch;
    manifest.sub_id = acceptance.sub_id;
    manifest.local_number = papers::local_number(certificate.terminal, manifest.seq);
    manifest.item_code = acceptance.item_code;
    manifest.item_version = acceptance.item_version;
    manifest.captured_at = acceptance.captured_at;
    manifest.kept_at = clock_.now();
    manifest.clock_trust = domain::ClockTrust::rtc;
    manifest.kid = kid;
    manifest.envelope_digest = digest;
    manifest.envelope_bytes = static_cast<std::int64_t>(acceptance.envelope.size());

    const base::Bytes manifest_bytes = manifest.encode();
    const sealing::Digest manifest_digest = digest_of(manifest_bytes);
    const auto signature = TRY(terminal_.key.sign(sealing::context::manifest, manifest_bytes));
    const auto chain =
        papers::chain_after(manifest.suite, manifest.chain_before, manifest.seq, manifest_digest);

    domain::LocalReceipt receipt;
    receipt.sub_id = acceptance.sub_id;
    receipt.local_number = manifest.local_number;
    receipt.seq = manifest.seq;
    receipt.kept_at = manifest.kept_at;
    receipt.clock_trust = manifest.clock_trust;
    receipt.look_up_code = papers::token_text(token_of(receipt.sub_id));
    receipt.qr_text = TRY(code_of(receipt, manifest_digest));

    TRY_STATUS(database_
                   .prepare("INSERT INTO submission(seq, sub_id, local_number, token_hash, kept_at,"
                            " clock_trust, manifest, signature, manifest_digest, envelope_digest,"
                            " envelope, chain_after, state, since)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?)")
                   .bind(manifest.seq)
                   .bind(base::ByteView(acceptance.sub_id.bytes))
                   .bind(manifest.local_number)
                   .bind(base::ByteView(digest_of(token_of(acceptance.sub_id))))
                   .bind(ms(manifest.kept_at))
                   .bind(static_cast<std::int64_t>(manifest.clock_trust))
                   .bind(base::ByteView(manifest_bytes))
                   .bind(base::ByteView(signature))
                   .bind(base::ByteView(manifest_digest))
                   .bind(base::ByteView(digest))
                   .bind(base::ByteView(acceptance.envelope))
                   .bind(base::ByteView(chain))
                   .bind(ms(manifest.kept_at))
                   .run());
    TRY_STATUS(database_.prepare("UPDATE terminal SET next_seq = ?, chain_head = ?")
                   .bind(manifest.seq + 1)
                   .bind(base::ByteView(chain))
                   .run());
    TRY_STATUS(transaction.commit());
    return receipt;
}

base::Result<std::vector<Waiting>> Outbox::waiting() {
    store::Query rows = database_.prepare(
        "SELECT seq, state FROM submission WHERE state IN ('QUEUED', 'SENT_ENV') ORDER BY seq");
    std::vector<Waiting> out;
    while (TRY(rows.row()))
        out.push_back({rows.integer(0), rows.text(1) == "QUEUED" ? ParcelState::queued
                                                                 : ParcelState::envelope_sent});
    return out;
}

base::Result<std::optional<Parcel>> Outbox::parcel(std::int64_t seq) {
    store::Query found = database_.prepare(
        "SELECT sub_id, local_number, manifest_digest, manifest, signature, envelope"
        " FROM submission WHERE seq = ?");
    const bool known = TRY(found.bind(seq).row());
    if (!known) return std::optional<Parcel>{};
    return std::optional(Parcel{seq, sub_id_in(found.bytes(0)), found.text(1),
                                digest_in(found.bytes(2)), found.bytes(3), found.bytes(4),
                                found.bytes(5)});
}

base::Result<Summary> Outbox::summary() {
    store::Query head = database_.prepare(
        "SELECT next_seq, chain_head, (SELECT count(*) FROM submission) FROM terminal");
    const bool found = TRY(head.row());
    KIOSK_ASSERT(found);
    return Summary{head.integer(0), head.integer(2), digest_in(head.bytes(1))};
}

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
                     " since = ? WHERE seq = ? AND state = 'SENT_ENV'")
            .bind(bytes)
            .bind(receipt.case_number)
            .bind(now)
            .bind(receipt.seq)
            .run());
    if (database_.changed_rows() == 0)
        return base::fail(FaultCode::CentreNonsense, "an R2 without its R1");
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

base::Result<std::vector<domain::KeptUnshown>> Outbox::unshown() {
    store::Query rows = database_.prepare(
        "SELECT seq, local_number FROM submission WHERE receipt_shown = 0"
        " UNION ALL SELECT seq, local_number FROM tombstone WHERE receipt_shown = 0 ORDER BY seq"
        " LIMIT 100");
    std::vector<domain::KeptUnshown> out;
    while (TRY(rows.row())) out.push_back({rows.text(1)});
    return out;
}

base::Status Outbox::receipt_shown(const std::string& local_number) {
    for (const char* sql : {"UPDATE submission SET receipt_shown = 1 WHERE local_number = ?",
                            "UPDATE tombstone SET receipt_shown = 1 WHERE local_number = ?"})
        TRY_STATUS(database_.prepare(sql).bind(local_number).run());
    return {};
}

base::Result<domain::SubmissionStatus> Outbox::look_up(const std::string& receipt_code) {
    std::string number;
    papers::Token token{};
    if (papers::looks_like_receipt_code(receipt_code)) {
        const papers::ReceiptCode code = TRY(papers::parse_receipt_code(receipt_code));
        number = code.local_number;
        token = code.token;
    } else {
        const std::string typed = papers::without_grouping(receipt_code);
        if (typed.size() != 24 || !papers::is_local_number(std::string_view(typed).substr(0, 16)))
            return base::fail(FaultCode::AnswerNotFound, "not a number and a token");
        number = typed.substr(0, 16);
        token = TRY(papers::token_from(std::string_view(typed).substr(16)));
    }
    store::Query found = database_.prepare(
        "SELECT token_hash, state, case_number, since FROM submission WHERE local_number = ?1"
        " UNION ALL SELECT token_hash, 'COMPLETE', case_number, since FROM tombstone"
        " WHERE local_number = ?1");
    const bool known = TRY(found.bind(number).row());
    // One answer for an unknown number and for a wrong token: numbers cannot be probed.
    if (!known || digest_in(found.bytes(0)) != digest_of(token))
        return base::fail(FaultCode::AnswerNotFound);
    domain::SubmissionStatus status;
    const std::string state = found.text(1);
    status.delivery = state == "QUEUED"     ? domain::Delivery::kept
                      : state == "SENT_ENV" ? domain::Delivery::sending
                      : state == "COMPLETE" ? domain::Delivery::received
                                            : domain::Delivery::attention;
    status.local_number = number;
    status.case_number = found.text(2);
    status.since = base::iso8601_local(instant(found.integer(3)));
    return status;
}

base::Result<bool> Outbox::has_room() {
    if (!writable_) return false;  // the last try could not be written, so no more are invited
    const std::int64_t pages = TRY(database_.integer("PRAGMA page_count"));
    const std::int64_t free_pages = TRY(database_.integer("PRAGMA freelist_count"));
    return pages - free_pages + ordinary_pages <= options_.quota_bytes / page_bytes;
}

}  // namespace offline::outbox
