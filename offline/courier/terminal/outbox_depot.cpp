#include "offline/courier/terminal/outbox_depot.hpp"

#include "offline/papers/wire.hpp"
#include "offline/sync/receipt_check.hpp"

#include <algorithm>

namespace offline::courier {

using base::FaultCode;

base::Result<std::vector<Waiting>> OutboxDepot::waiting(std::int64_t after, std::size_t most) {
    // A window of each lane; together, by number, they are what comes next.
    std::vector<outbox::Waiting> next;
    for (const auto lane : {papers::Lane::urgent, papers::Lane::normal})
        for (const auto& item : TRY(outbox_.waiting(lane, after, most))) next.push_back(item);
    std::sort(next.begin(), next.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
    std::vector<Waiting> out;
    for (const auto& item : next)
        if (out.size() < most) out.push_back({item.seq, item.bytes});
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

base::Result<base::Bytes> OutboxDepot::attachment(const sealing::AttachmentId& id, std::int64_t at,
                                                  std::size_t most) {
    return outbox_.read_attachment(id, at, most);
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
    const auto manifest = TRY(papers::Manifest::parse(parcel->manifest));
    const auto waiting = [&]() -> base::Result<std::optional<outbox::ParcelState>> {
        for (const auto& item : TRY(outbox_.waiting(manifest.lane, receipt->seq - 1, 1)))
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
