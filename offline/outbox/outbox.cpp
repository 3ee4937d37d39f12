#include "offline/outbox/outbox.hpp"

#include "offline/outbox/rows.hpp"
#include "offline/sealing/envelope.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::int64_t page_bytes = 4096;
constexpr std::int64_t reserve_pages = 512;  // receipts, purges and tombstones at the quota
constexpr std::int64_t ordinary_pages = 32;  // what one more submission may need
constexpr int commit_tries = 3;

}  // namespace

base::Status Outbox::limit_pages(std::int64_t pages) {
    return database_.execute("PRAGMA max_page_count = " + std::to_string(pages));
}

sealing::Digest Outbox::digest_of(base::ByteView bytes) const {
    return sealing::digest(terminal_.certificate.suite(), bytes);
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
    if (TRY(digest_in(found.bytes(5))) != digest) return base::fail(FaultCode::OutboxConflict);
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
    if (!ready_) TRY_STATUS(make_ready());
    TRY_STATUS(limit_pages(options_.quota_bytes / page_bytes));
    base::Result<domain::LocalReceipt> receipt = base::fail(FaultCode::StoreWriteFailed);
    // A failed write is retried on the same connection and never acknowledged: reopening after a
    // failed sync can lose what was acknowledged before (offline-sync.md, measurement M3).
    for (int tries = 0; tries < commit_tries; ++tries) {
        receipt = insert(acceptance, digest, head->kid);
        if (receipt || receipt.error().code != FaultCode::StoreWriteFailed) break;
    }
    if (!receipt && receipt.error().code == FaultCode::StoreWriteFailed)
        database_.write_over_failed_commit();  // who was told no stays refused after a restart
    writable_ = receipt || (receipt.error().code != FaultCode::StoreWriteFailed &&
                            receipt.error().code != FaultCode::FileUnwritable);
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
        if (!TRY(head.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
        manifest.seq = head.integer(0);
        manifest.chain_before = TRY(digest_in(head.bytes(1)));
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
    return std::optional(Parcel{seq, TRY(sub_id_in(found.bytes(0))), found.text(1),
                                TRY(digest_in(found.bytes(2))), found.bytes(3), found.bytes(4),
                                found.bytes(5)});
}

base::Result<Summary> Outbox::summary() {
    store::Query head = database_.prepare(
        "SELECT next_seq, chain_head, (SELECT count(*) FROM submission) FROM terminal");
    if (!TRY(head.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
    return Summary{head.integer(0), head.integer(2), TRY(digest_in(head.bytes(1)))};
}

base::Result<bool> Outbox::has_room() {
    if (!writable_) return false;  // the last try could not be written, so no more are invited
    const std::int64_t pages = TRY(database_.integer("PRAGMA page_count"));
    const std::int64_t free_pages = TRY(database_.integer("PRAGMA freelist_count"));
    return pages - free_pages + ordinary_pages <= options_.quota_bytes / page_bytes;
}

base::Status Outbox::checkpoint_when_due(std::int64_t pages) {
    if (!ready_) {
        TRY_STATUS(make_ready());
        writable_ = true;
    }
    return database_.wal_pages() < pages ? base::Status{} : database_.checkpoint();
}

}  // namespace offline::outbox
