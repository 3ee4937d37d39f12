// A citizen's session before it is accepted: room for it, and its attachments as they come.
#include "offline/outbox/limits.hpp"
#include "offline/outbox/outbox.hpp"

#include <algorithm>
#include <utility>

namespace offline::outbox {

using base::FaultCode;

AttachmentWriter::AttachmentWriter(AttachmentWriter&& other) noexcept
    : outbox_(std::exchange(other.outbox_, nullptr)), sub_id_(other.sub_id_), id_(other.id_) {}

AttachmentWriter::~AttachmentWriter() {
    if (outbox_ != nullptr) outbox_->staging_.drop(sub_id_, id_);
}

base::Status AttachmentWriter::append(base::ByteView sealed) {
    if (outbox_ == nullptr) return base::fail(FaultCode::AttachmentWrong, "finished");
    auto& staging = outbox_->staging_;
    const auto more = static_cast<std::int64_t>(sealed.size());
    auto written = outbox_->fits(sub_id_, staging.staged(sub_id_) + more);
    if (written) written = staging.append(sub_id_, id_, sealed);
    if (!written) {
        staging.drop(sub_id_, id_);
        outbox_ = nullptr;
    }
    return written;
}

base::Result<papers::AttachmentLine> AttachmentWriter::finish() {
    if (outbox_ == nullptr) return base::fail(FaultCode::AttachmentWrong, "finished");
    Outbox& outbox = *std::exchange(outbox_, nullptr);
    auto line = outbox.staging_.finish(sub_id_, id_);
    if (!line) outbox.note(base::fail(line.error()));
    return line;
}

base::Result<AttachmentWriter> Outbox::begin_attachment(const domain::SubId& sub_id,
                                                        const sealing::AttachmentId& id,
                                                        const std::string& kind) {
    if (!ready_) TRY_STATUS(make_ready());
    TRY_STATUS(staging_.begin(sub_id, id, kind));
    return AttachmentWriter(*this, sub_id, id);
}

base::Status Outbox::reserve(const domain::SubId& sub_id, std::int64_t bytes) {
    if (!writable_ || suspect_)
        return base::fail(FaultCode::StoreWriteFailed, "the last write failed");
    const std::int64_t wanted = std::max(bytes, staging_.staged(sub_id)) + ordinary_bytes;
    const std::int64_t room = TRY(room_for(sub_id));
    const std::int64_t free = TRY(options_.disk->free_bytes(options_.folder));
    if (wanted > room || wanted > free - staging_.promised_to_others(sub_id))
        return base::fail(FaultCode::DiskFull, "no room for this form");
    staging_.reserve(sub_id, wanted);
    tell_level();
    return {};
}

void Outbox::abandon(const domain::SubId& sub_id) {
    staging_.abandon(sub_id);
    tell_level();
}

}  // namespace offline::outbox
