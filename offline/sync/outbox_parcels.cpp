#include "offline/sync/outbox_parcels.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

std::vector<Item> items_of(const std::vector<outbox::Waiting>& waiting) {
    std::vector<Item> out;
    for (const auto& one : waiting) out.push_back({one.seq, one.bytes});
    return out;
}

std::vector<Upload> uploads_from(const std::vector<outbox::ParcelAttachment>& attachments) {
    std::vector<Upload> out;
    for (const auto& one : attachments)
        out.push_back({one.line.id, one.seq, one.line.digest, one.line.length, one.acked});
    return out;
}

}  // namespace

base::Result<Holdings> OutboxParcels::holdings() {
    const auto summary = TRY(outbox_.summary());
    auto standing = TRY(outbox_.standing());
    return Holdings{outbox_.epoch(),    summary.first_seq, summary.next_seq,
                    summary.chain_head, standing.low,      std::move(standing.complete_above),
                    standing.urgent,    standing.normal};
}

base::Result<std::vector<Item>> OutboxParcels::queued(papers::Lane lane, std::int64_t after,
                                                      std::size_t most) {
    return items_of(TRY(outbox_.waiting(outbox::ParcelState::queued, lane, after, most)));
}

base::Result<std::vector<Item>> OutboxParcels::unanswered(std::int64_t after, std::size_t most) {
    return items_of(TRY(outbox_.unanswered(after, most)));
}

base::Result<std::vector<Upload>> OutboxParcels::uploads(std::size_t most) {
    return uploads_from(TRY(outbox_.uploads(most)));
}

base::Result<std::vector<Upload>> OutboxParcels::uploads_of(std::int64_t seq) {
    const auto parcel = TRY(outbox_.parcel(seq));
    return parcel ? uploads_from(parcel->attachments) : std::vector<Upload>{};
}

base::Result<std::optional<outbox::Parcel>> OutboxParcels::parcel(std::int64_t seq) {
    return outbox_.parcel(seq);
}

base::Result<base::Bytes> OutboxParcels::read_attachment(const sealing::AttachmentId& id,
                                                         std::int64_t at, std::size_t most) {
    return outbox_.read_attachment(id, at, most);
}

base::Status OutboxParcels::note_acked(const sealing::AttachmentId& id, std::int64_t offset) {
    return outbox_.attachment_acked(id, offset);
}

base::Status OutboxParcels::attempt_failed(std::int64_t seq, base::FaultCode fault) {
    return outbox_.attempt_failed(seq, fault);
}

base::Status OutboxParcels::store_receipts(const std::vector<outbox::Receipted>& receipts) {
    return outbox_.store_receipts(receipts);
}

base::Status OutboxParcels::set_aside(std::int64_t seq, std::string_view why) {
    return outbox_.set_aside(seq, std::string(why));
}

base::Result<bool> OutboxParcels::send_again(std::int64_t seq) {
    return outbox_.send_again(seq);
}

base::Result<std::optional<sealing::Digest>> OutboxParcels::chain_after(std::int64_t seq) {
    return outbox_.chain_after(seq);
}

base::Status OutboxParcels::forget_up_to(std::int64_t seq) {
    return outbox_.forget(seq);
}

}  // namespace offline::sync
