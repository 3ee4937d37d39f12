#include "offline/courier/terminal/outbox_depot.hpp"

#include "offline/papers/wire.hpp"
#include "offline/sync/receipt_check.hpp"

namespace offline::courier {

using base::FaultCode;

base::Result<std::vector<Waiting>> OutboxDepot::waiting(std::int64_t after, std::size_t most) {
    std::vector<Waiting> out;
    for (const auto& item : TRY(outbox_.waiting())) {
        if (item.seq <= after) continue;
        if (out.size() == most) break;
        const auto parcel = TRY(outbox_.parcel(item.seq));
        if (!parcel) continue;
        out.push_back({item.seq, static_cast<std::int64_t>(parcel->envelope.size())});
    }
    return out;
}

base::Result<std::optional<Package>> OutboxDepot::package(std::int64_t seq) {
    auto parcel = TRY(outbox_.parcel(seq));
    if (!parcel) return std::optional<Package>();
    const auto manifest = TRY(papers::Manifest::parse(parcel->manifest));
    return std::optional(
        Package{papers::wire::encode(papers::wire::Delivered{
                    outbox_.terminal().certificate.file, std::move(parcel->manifest),
                    std::move(parcel->signature), std::move(parcel->envelope)}),
                manifest.attachments});
}

base::Result<base::Bytes> OutboxDepot::attachment(const sealing::AttachmentId&, std::int64_t,
                                                  std::size_t) {
    return base::fail(FaultCode::AttachmentWrong, "none is kept");
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
    const auto waiting = [&]() -> base::Result<std::optional<outbox::ParcelState>> {
        for (const auto& item : TRY(outbox_.waiting()))
            if (item.seq == receipt->seq) return std::optional(item.state);
        return std::optional<outbox::ParcelState>();
    };
    const auto before = TRY(waiting());
    TRY_STATUS(outbox_.store_receipt(*receipt, bytes));
    const bool changed = TRY(waiting()) != before;
    if (!changed) return Taken::known_already;
    log_.record(base::log::DeliveryReceipted{parcel->local_number,
                                             std::string(papers::name(receipt->kind))});
    if (receipt->kind == papers::ReceiptKind::r2)
        log_.record(base::log::SubmissionPurged{parcel->local_number});
    return Taken::changed;
}

}  // namespace offline::courier
