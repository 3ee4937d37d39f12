#include "offline/sync/outbox_parcels.hpp"

namespace offline::sync {

base::Result<Holdings> OutboxParcels::holdings() {
    const auto summary = TRY(outbox_.summary());
    Holdings here;
    here.epoch = outbox_.terminal().certificate.epoch;
    here.next_seq = summary.next_seq;
    here.chain_head = summary.chain_head;
    here.normal.count = summary.waiting;
    return here;
}

base::Result<std::vector<Item>> OutboxParcels::items(outbox::ParcelState state, std::int64_t after,
                                                     std::size_t most) {
    const auto waiting = TRY(outbox_.waiting());
    std::vector<Item> out;
    for (const auto& one : waiting) {
        if (one.state != state || one.seq <= after) continue;
        if (out.size() == most) break;
        const auto parcel = TRY(outbox_.parcel(one.seq));
        if (parcel) out.push_back({one.seq, static_cast<std::int64_t>(parcel->envelope.size())});
    }
    return out;
}

base::Result<std::vector<Item>> OutboxParcels::queued(papers::Lane lane, std::int64_t after,
                                                      std::size_t most) {
    if (lane == papers::Lane::urgent) return std::vector<Item>{};
    return items(outbox::ParcelState::queued, after, most);
}

base::Result<std::vector<Item>> OutboxParcels::unanswered(std::int64_t after, std::size_t most) {
    return items(outbox::ParcelState::envelope_sent, after, most);
}

base::Result<std::vector<Upload>> OutboxParcels::uploads(std::size_t) {
    return std::vector<Upload>{};
}
base::Result<std::vector<Upload>> OutboxParcels::uploads_of(std::int64_t) {
    return std::vector<Upload>{};
}
base::Result<std::optional<outbox::Parcel>> OutboxParcels::parcel(std::int64_t seq) {
    return outbox_.parcel(seq);
}
base::Result<base::Bytes> OutboxParcels::read_attachment(const sealing::AttachmentId&, std::int64_t,
                                                         std::size_t) {
    return base::fail(base::FaultCode::AttachmentWrong, "not kept");
}
base::Status OutboxParcels::note_acked(const sealing::AttachmentId&, std::int64_t) {
    return {};
}
base::Status OutboxParcels::attempt_failed(std::int64_t seq, base::FaultCode fault) {
    return outbox_.attempt_failed(seq, fault);
}
base::Status OutboxParcels::store_receipt(const papers::CentreReceipt& receipt,
                                          base::ByteView bytes) {
    return outbox_.store_receipt(receipt, bytes);
}
base::Status OutboxParcels::set_aside(std::int64_t, std::string_view) {
    return base::fail(base::FaultCode::AttachmentWrong, "not kept");
}
base::Result<bool> OutboxParcels::send_again(std::int64_t) {
    return false;
}
base::Result<std::optional<sealing::Digest>> OutboxParcels::chain_after(std::int64_t) {
    return std::optional<sealing::Digest>{};
}
base::Status OutboxParcels::forget_up_to(std::int64_t) {
    return {};
}

}  // namespace offline::sync
