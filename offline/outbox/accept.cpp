// From a citizen's hand into the database: idempotent, one transaction, one flush.
#include "offline/outbox/limits.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"
#include "offline/sealing/envelope.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr int commit_tries = 3;

}  // namespace

base::Result<std::optional<domain::LocalReceipt>> Outbox::kept_before(
    const Acceptance& acceptance, const sealing::Digest& digest) {
    domain::LocalReceipt receipt;
    receipt.sub_id = acceptance.sub_id;
    base::Bytes manifest_digest;
    {
        store::Query found = database_.prepare(
            "SELECT seq, local_number, kept_at, clock_trust, manifest_digest, envelope_digest"
            " FROM submission WHERE sub_id = ?1"
            " UNION ALL SELECT seq, local_number, kept_at, clock_trust, manifest_digest, "
            "envelope_digest"
            " FROM tombstone WHERE sub_id = ?1");
        const bool known = TRY(found.bind(base::ByteView(acceptance.sub_id.bytes)).row());
        if (!known) return std::optional<domain::LocalReceipt>{};
        if (TRY(digest_in(found.bytes(5))) != digest) return base::fail(FaultCode::OutboxConflict);
        receipt.seq = found.integer(0);
        receipt.local_number = found.text(1);
        receipt.kept_at = instant(found.integer(2));
        receipt.clock_trust = static_cast<domain::ClockTrust>(found.integer(3));
        manifest_digest = found.bytes(4);
    }
    // The same attachments, too, as long as it can be told.
    std::vector<sealing::AttachmentId> ids;
    store::Query row =
        database_.prepare("SELECT id FROM attachment WHERE place BETWEEN ?1 AND ?2 ORDER BY place");
    row.bind(receipt.seq * places_per_seq).bind((receipt.seq + 1) * places_per_seq - 1);
    while (TRY(row.row())) ids.push_back(TRY(array_in<16>(row.bytes(0))));
    if (!ids.empty() && ids != acceptance.attachments)
        return base::fail(FaultCode::OutboxConflict, "other attachments");
    receipt.look_up_code = papers::token_text(token_of(receipt.sub_id));
    receipt.qr_text = TRY(code_of(receipt, manifest_digest));
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
    if (acceptance.attachments.size() > papers::attachments_max)
        return base::fail(FaultCode::SubmissionTooLarge, "too many attachments");
    const sealing::Digest digest = digest_of(acceptance.envelope);
    // A row that is seen may stand in the kernel's memory alone: no answer from it either.
    if (suspect_) TRY_STATUS(renew());
    if (const auto before = TRY(kept_before(acceptance, digest))) {
        staging_.abandon(acceptance.sub_id);
        return *before;
    }
    auto receipt = keep(acceptance, digest, head->kid);
    const bool medium_failed = !receipt && (receipt.error().code == FaultCode::StoreWriteFailed ||
                                            receipt.error().code == FaultCode::FileUnwritable);
    writable_ = !medium_failed;
    tell_level();
    return receipt;
}

base::Result<domain::LocalReceipt> Outbox::keep(const Acceptance& acceptance,
                                                const sealing::Digest& digest,
                                                const std::string& kid) {
    if (!ready_) TRY_STATUS(make_ready());
    const domain::SubId& sub_id = acceptance.sub_id;
    const auto attachments = TRY(staging_.of(sub_id, acceptance.attachments));
    for (const auto& id : acceptance.attachments) {
        store::Query row = database_.prepare("SELECT 1 FROM attachment WHERE id = ?");
        if (TRY(row.bind(base::ByteView(id)).row()))
            return base::fail(FaultCode::AttachmentWrong, "of another submission");
    }
    TRY_STATUS(fits(
        sub_id, staging_.staged(sub_id) + static_cast<std::int64_t>(acceptance.envelope.size())));
    auto manifest = TRY(manifest_of(acceptance, digest, kid, attachments));
    if (manifest.seq > mark_.ceiling) TRY_STATUS(raise_ceiling(manifest.seq));
    const auto settled = staging_.settle(sub_id, acceptance.attachments);
    note(settled);
    TRY_STATUS(settled);

    TRY_STATUS(limit_pages(-file_bytes_ - staging_.promised_to_others(sub_id)));
    base::Result<domain::LocalReceipt> receipt = base::fail(FaultCode::StoreWriteFailed);
    // A failed write is retried on the same connection and never acknowledged: reopening after a
    // failed sync can lose what was acknowledged before (offline-sync.md, measurement M3).
    for (int tries = 0; tries < commit_tries; ++tries) {
        receipt = insert(manifest, acceptance, attachments);
        if (!receipt) note(base::fail(receipt.error()));
        if (receipt || receipt.error().code != FaultCode::StoreWriteFailed) break;
    }
    TRY_STATUS(limit_pages(reserve_bytes));
    if (receipt) {
        for (const Staged* one : attachments)
            file_bytes_ += one->file.empty() ? 0 : one->line.length;
        staging_.kept(sub_id, acceptance.attachments);
    } else if (receipt.error().code == FaultCode::StoreWriteFailed) {
        database_.write_over_failed_commit();  // who was told no stays refused after a restart
        staging_.perhaps_kept(sub_id);
    }
    return receipt;
}

base::Result<papers::Manifest> Outbox::manifest_of(const Acceptance& acceptance,
                                                   const sealing::Digest& digest,
                                                   const std::string& kid,
                                                   const std::vector<const Staged*>& attachments) {
    papers::Manifest manifest;
    {
        store::Query head = database_.prepare("SELECT next_seq, chain_head FROM terminal");
        if (!TRY(head.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
        manifest.seq = head.integer(0);
        manifest.chain_before = TRY(digest_in(head.bytes(1)));
    }
    if (manifest.seq > papers::seq_max)
        return base::fail(FaultCode::PostRefused, "numbers used up: enrol another terminal");
    const auto& certificate = terminal_.certificate;
    manifest.suite = certificate.suite();
    manifest.realm = certificate.realm;
    manifest.terminal = certificate.terminal;
    manifest.epoch = mark_.epoch;
    manifest.sub_id = acceptance.sub_id;
    manifest.local_number = papers::local_number(certificate.terminal, manifest.seq);
    manifest.item_code = acceptance.item_code;
    manifest.item_version = acceptance.item_version;
    manifest.captured_at = acceptance.captured_at;
    manifest.kept_at = clock_.now();
    manifest.clock_trust = options_.clock_trust ? options_.clock_trust() : domain::ClockTrust::rtc;
    manifest.server_time = server_time_;
    manifest.lane = acceptance.lane;
    manifest.amends = acceptance.amends;
    manifest.key_set = acceptance.key_set;
    manifest.kid = kid;
    manifest.envelope_digest = digest;
    manifest.envelope_bytes = static_cast<std::int64_t>(acceptance.envelope.size());
    for (const Staged* attachment : attachments) manifest.attachments.push_back(attachment->line);
    return manifest;
}

base::Result<domain::LocalReceipt> Outbox::insert(const papers::Manifest& manifest,
                                                  const Acceptance& acceptance,
                                                  const std::vector<const Staged*>& attachments) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    const base::Bytes manifest_bytes = manifest.encode();
    // Nothing is signed and taken that the centre's reader would refuse for ever.
    if (const auto read = papers::Manifest::parse(manifest_bytes);
        !read || manifest_bytes.size() > papers::manifest_bytes_max)
        return base::fail(FaultCode::PostRefused,
                          read ? "manifest too long" : read.error().safe_detail);
    const sealing::Digest manifest_digest = digest_of(manifest_bytes);
    const auto signature = TRY(terminal_.key.sign(sealing::context::manifest, manifest_bytes));

    domain::LocalReceipt receipt;
    receipt.sub_id = acceptance.sub_id;
    receipt.local_number = manifest.local_number;
    receipt.seq = manifest.seq;
    receipt.kept_at = manifest.kept_at;
    receipt.clock_trust = manifest.clock_trust;
    receipt.look_up_code = papers::token_text(token_of(receipt.sub_id));
    receipt.qr_text = TRY(code_of(receipt, manifest_digest));

    TRY_STATUS(insert_rows(manifest, manifest_bytes, signature, acceptance.envelope, attachments));
    const auto chain =
        papers::chain_after(manifest.suite, manifest.chain_before, manifest.seq, manifest_digest);
    TRY_STATUS(database_.prepare("UPDATE terminal SET next_seq = ?, chain_head = ?")
                   .bind(manifest.seq + 1)
                   .bind(base::ByteView(chain))
                   .run());
    TRY_STATUS(transaction.commit());
    return receipt;
}

base::Status Outbox::insert_rows(const papers::Manifest& manifest, base::ByteView manifest_bytes,
                                 base::ByteView signature, base::ByteView envelope,
                                 const std::vector<const Staged*>& attachments) {
    const sealing::Digest manifest_digest = digest_of(manifest_bytes);
    const auto chain =
        papers::chain_after(manifest.suite, manifest.chain_before, manifest.seq, manifest_digest);
    std::int64_t bytes = manifest.envelope_bytes;
    for (const auto& line : manifest.attachments) bytes += line.length;
    TRY_STATUS(database_
                   .prepare("INSERT INTO submission(seq, sub_id, local_number, token_hash, kept_at,"
                            " clock_trust, lane, bytes, manifest, signature, manifest_digest,"
                            " envelope_digest, chain_after, state, since)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?)")
                   .bind(manifest.seq)
                   .bind(base::ByteView(manifest.sub_id.bytes))
                   .bind(manifest.local_number)
                   .bind(base::ByteView(digest_of(token_of(manifest.sub_id))))
                   .bind(ms(manifest.kept_at))
                   .bind(static_cast<std::int64_t>(manifest.clock_trust))
                   .bind(static_cast<std::int64_t>(manifest.lane))
                   .bind(bytes)
                   .bind(manifest_bytes)
                   .bind(signature)
                   .bind(base::ByteView(manifest_digest))
                   .bind(base::ByteView(manifest.envelope_digest))
                   .bind(base::ByteView(chain))
                   .bind(ms(manifest.kept_at))
                   .run());
    constexpr const char* keep_body = "INSERT INTO body VALUES (?, ?)";
    std::int64_t place = manifest.seq * places_per_seq;
    TRY_STATUS(database_.prepare(keep_body).bind(place).bind(envelope).run());
    for (const Staged* attachment : attachments) {
        const auto& line = attachment->line;
        TRY_STATUS(database_
                       .prepare("INSERT INTO attachment(place, id, kind, digest, length, file)"
                                " VALUES (?, ?, ?, ?, ?, ?)")
                       .bind(++place)
                       .bind(base::ByteView(line.id))
                       .bind(line.kind)
                       .bind(base::ByteView(line.digest))
                       .bind(line.length)
                       .bind(attachment->file)
                       .run());
        if (attachment->file.empty())
            TRY_STATUS(database_.prepare(keep_body)
                           .bind(place)
                           .bind(base::ByteView(attachment->bytes))
                           .run());
    }
    return {};
}

}  // namespace offline::outbox
