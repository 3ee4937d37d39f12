#include "offline/sync/outbox_parcels.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

// Rows looked at in one go. What was sent first is finished first, so a window of the oldest is
// enough, and a backlog of any length costs the same.
constexpr std::size_t window = 64;
constexpr std::size_t windows_most = 4;
// The outbox counts attachments in; an envelope is padded to at most this.
constexpr std::int64_t envelope_most = 32 << 10;

void add(std::vector<Upload>& out, std::int64_t seq, const outbox::ParcelAttachment& one) {
    out.push_back({one.line.id, seq, one.line.digest, one.line.length, one.acked});
}
std::int64_t left(const Upload& upload) {
    return upload.length - upload.acked;
}

}  // namespace

base::Result<Holdings> OutboxParcels::holdings() {
    const auto summary = TRY(outbox_.summary());
    auto standing = TRY(outbox_.standing());
    Holdings here;
    here.epoch = outbox_.epoch();
    here.first_seq = summary.first_seq;
    here.next_seq = summary.next_seq;
    here.chain_head = summary.chain_head;
    here.low = standing.low;
    here.complete_above = std::move(standing.complete_above);
    here.urgent = standing.urgent;
    here.normal = standing.normal;
    return here;
}

base::Result<std::vector<Item>> OutboxParcels::queued(papers::Lane lane, std::int64_t after,
                                                      std::size_t most) {
    std::vector<Item> out;
    while (out.size() < most) {
        const auto waiting = TRY(outbox_.waiting(lane, after, window));
        for (const auto& one : waiting) {
            after = one.seq;
            if (one.state == outbox::ParcelState::queued && out.size() < most)
                out.push_back({one.seq, std::min(one.bytes, envelope_most)});
        }
        if (waiting.size() < window) break;
    }
    return out;
}

base::Result<std::vector<Item>> OutboxParcels::unanswered(std::int64_t after, std::size_t most) {
    std::vector<Item> out;
    const auto sent = TRY(outbox_.sent(after, window));
    for (const auto& one : sent) {
        const bool all_there =
            std::all_of(one.attachments.begin(), one.attachments.end(),
                        [](const auto& part) { return part.acked == part.line.length; });
        if (all_there && out.size() < most) out.push_back({one.seq, one.bytes});
    }
    return out;
}

base::Result<std::vector<Upload>> OutboxParcels::uploads(std::size_t most) {
    std::vector<Upload> out;
    std::int64_t after = 0;
    for (std::size_t i = 0; i < windows_most && out.size() < most; ++i) {
        const auto sent = TRY(outbox_.sent(after, window));
        for (const auto& one : sent) {
            after = one.seq;
            for (const auto& part : one.attachments)
                if (part.acked < part.line.length) add(out, one.seq, part);
        }
        if (sent.size() < window) break;
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return left(a) < left(b); });
    if (out.size() > most) out.resize(most);
    return out;
}

base::Result<std::vector<Upload>> OutboxParcels::uploads_of(std::int64_t seq) {
    std::vector<Upload> out;
    if (const auto parcel = TRY(outbox_.parcel(seq)))
        for (const auto& part : parcel->attachments) add(out, seq, part);
    return out;
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
    return outbox_.set_parcel_aside(seq, std::string(why));
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
