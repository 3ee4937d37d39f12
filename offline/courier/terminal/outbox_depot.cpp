#include "offline/courier/terminal/outbox_depot.hpp"

#include "offline/papers/wire.hpp"
#include "offline/sync/receipt_check.hpp"

#include <algorithm>

namespace offline::courier {

using base::FaultCode;

// Both lanes in the order of their numbers; the courier has time.
base::Result<std::vector<Waiting>> OutboxDepot::waiting(std::int64_t after, std::size_t most) {
    std::vector<Waiting> out;
    for (const auto lane : {papers::Lane::urgent, papers::Lane::normal}) {
        const auto window = TRY(outbox_.waiting(lane, after, most));
        for (const auto& item : window) out.push_back({item.seq, item.bytes});
    }
    std::sort(out.begin(), out.end(),
              [](const Waiting& a, const Waiting& b) { return a.seq < b.seq; });
    if (out.size() > most) out.resize(most);
    return out;
}

base::Result<std::optional<Package>> OutboxDepot::package(std::int64_t seq) {
    auto parcel = TRY(outbox_.parcel(seq));
    if (!parcel) return std::optional<Package>();
    Package out;
    out.submission = papers::wire::encode(
        papers::wire::Delivered{outbox_.terminal().certificate.file, std::move(parcel->manifest),
                                std::move(parcel->signature), std::move(parcel->envelope)});
    for (auto& attachment : parcel->attachments)
        out.attachments.push_back(std::move(attachment.line));
    return std::optional(std::move(out));
}

base::Result<base::Bytes> OutboxDepot::attachment(const sealing::AttachmentId& id, std::int64_t at,
                                                  std::size_t most) {
    auto bytes = outbox_.read_attachment(id, at, most);
    // The network was faster and all of it is at the centre: what is in the bundle is enough.
    if (!bytes && bytes.error().code == FaultCode::AnswerNotFound) return base::Bytes();
    return bytes;
}

base::Result<std::optional<outbox::ParcelState>> OutboxDepot::state_of(std::int64_t seq) {
    for (const auto lane : {papers::Lane::urgent, papers::Lane::normal}) {
        const auto window = TRY(outbox_.waiting(lane, seq - 1, 1));
        if (!window.empty() && window.front().seq == seq)
            return std::optional(window.front().state);
    }
    return std::optional<outbox::ParcelState>();
}

base::Result<Taken> OutboxDepot::take_receipt(base::ByteView bytes) {
    const auto claimed = TRY(papers::CentreReceipt::verify(bytes, keys_));
    const auto parcel = TRY(outbox_.parcel(claimed.seq));
    // Purged already, or of an epoch of before.
    if (!parcel || parcel->sub_id != claimed.sub_id) return Taken::known_already;
    const auto receipt = sync::check_receipt(bytes, *parcel, outbox_.terminal().certificate, keys_);
    if (!receipt) {
        log_.record(base::log::ReceiptRejected{receipt.error().code});
        return base::fail(receipt.error());
    }
    const auto before = TRY(state_of(receipt->seq));
    TRY_STATUS(outbox_.store_receipt(*receipt, bytes));
    // An R2 purges also what had been set aside.
    const bool changed =
        TRY(state_of(receipt->seq)) != before || receipt->kind == papers::ReceiptKind::r2;
    if (!changed) return Taken::known_already;
    log_.record(base::log::DeliveryReceipted{parcel->local_number,
                                             std::string(papers::name(receipt->kind))});
    if (receipt->kind == papers::ReceiptKind::r2)
        log_.record(base::log::SubmissionPurged{parcel->local_number});
    return Taken::changed;
}

}  // namespace offline::courier
