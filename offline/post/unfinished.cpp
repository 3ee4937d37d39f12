#include "offline/post/unfinished.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace offline::post {

using base::FaultCode;
using base::Millis;

namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr Millis never{std::numeric_limits<std::int64_t>::max()};

}  // namespace

std::optional<Unfinished::Told> Unfinished::reserve(domain::Ticket ticket, std::int64_t bytes,
                                                    Millis deadline) {
    std::optional<Told> before;
    if (reservation_) before = tell(*reservation_, base::fail(FaultCode::PostRefused, "anew"));
    reservation_ = Reservation{ticket, bytes, 0, false, false, false, deadline};
    return before;
}

Unfinished::Attachment* Unfinished::find(const AttachmentId& id) {
    const auto found = std::find_if(attachments_.begin(), attachments_.end(),
                                    [&](const auto& one) { return one.id == id; });
    return found == attachments_.end() ? nullptr : &*found;
}

base::Status Unfinished::begin(domain::Ticket ticket, const AttachmentId& id, std::string kind) {
    if (const Attachment* before = find(id)) {
        if (!before->refused) return base::fail(FaultCode::AttachmentWrong, "begun before");
        std::erase_if(attachments_, [&](const auto& one) { return one.id == id; });
    }
    if (attachments_.size() >= attachments_max)
        return base::fail(FaultCode::SubmissionTooLarge, "too many attachments");
    Attachment attachment;
    attachment.id = id;
    attachment.kind = std::move(kind);
    attachment.ticket = ticket;
    attachments_.push_back(std::move(attachment));
    return {};
}

std::optional<Unfinished::Told> Unfinished::append(const AttachmentId& id, base::Bytes sealed) {
    Attachment* attachment = find(id);
    // Also of one that the post has refused by now: a second try brings all of it.
    if (attachment == nullptr || attachment->finished || attachment->too_large) return {};
    std::size_t all = sealed.size();
    for (const auto& one : attachments_) all += one.sealed.size();
    if (!reservation_ || static_cast<std::int64_t>(all) > reservation_->bytes) {
        attachment->refused = attachment->too_large = true;
        attachment->sealed = {};
        return tell(*attachment,
                    base::fail(FaultCode::SubmissionTooLarge, "more than was reserved"));
    }
    attachment->sealed.insert(attachment->sealed.end(), sealed.begin(), sealed.end());
    return {};
}

void Unfinished::finish(const AttachmentId& id, Millis deadline) {
    Attachment* attachment = find(id);
    if (attachment == nullptr || attachment->too_large) return;
    attachment->finished = true;
    attachment->deadline = deadline;
}

void Unfinished::connection_began() {
    refusal_.reset();
    if (reservation_) reservation_->said = reservation_->refused = false;
    for (auto& one : attachments_) {
        one.message = 0;
        one.said = 0;
        one.end_said = one.refused = false;
    }
}

void Unfinished::try_again() {
    refusal_.reset();
    if (reservation_ && std::exchange(reservation_->refused, false)) reservation_->said = false;
    for (auto& one : attachments_)
        if (std::exchange(one.refused, false)) {
            one.message = 0;
            one.said = 0;
            one.end_said = false;
        }
}

std::optional<ClientMessage> Unfinished::next_of(Attachment& one, std::int64_t new_id) {
    if (one.message == 0) {
        one.message = new_id;
        return message::AttachmentBegin{new_id, sub_id_, one.id, one.kind};
    }
    const std::size_t left = one.sealed.size() - one.said;
    if (left >= chunk_bytes || (one.finished && left > 0)) {
        const auto from = one.sealed.begin() + static_cast<std::ptrdiff_t>(one.said);
        const auto size = std::min(left, chunk_bytes);
        message::AttachmentChunk chunk{one.message, one.id, static_cast<std::int64_t>(one.said),
                                       base::Bytes(from, from + static_cast<std::ptrdiff_t>(size))};
        one.said += size;
        return chunk;
    }
    if (!one.finished || one.end_said) return {};
    one.end_said = true;
    return message::AttachmentEnd{one.message, one.id};
}

std::optional<ClientMessage> Unfinished::next(std::int64_t new_id) {
    if (reservation_ && !reservation_->said) {
        reservation_->said = true;
        reservation_->id = new_id;
        return message::Reserve{new_id, sub_id_, reservation_->bytes};
    }
    for (auto& one : attachments_)
        if (!one.refused)
            if (auto message = next_of(one, new_id)) return message;
    return {};
}

bool Unfinished::is_said() const {
    return (!reservation_ || reservation_->said) &&
           std::all_of(attachments_.begin(), attachments_.end(), [](const auto& one) {
               return one.refused || one.end_said || !one.finished;
           });
}

std::optional<Unfinished::Told> Unfinished::tell(Attachment& attachment,
                                                 base::Result<KeptAttachment> line) {
    if (std::exchange(attachment.told, true)) return {};
    return Told{{}, attachment.ticket, std::move(line), {}};
}

std::optional<Unfinished::Told> Unfinished::tell(Reservation& reservation, base::Status reserved) {
    if (std::exchange(reservation.told, true)) return {};
    Told told;
    told.reservation = reservation.ticket;
    told.reserved = std::move(reserved);
    return told;
}

std::optional<Unfinished::Told> Unfinished::answered(const message::Reserved& message) {
    if (!reservation_ || reservation_->id != message.id) return {};
    return tell(*reservation_, {});
}

std::optional<Unfinished::Told> Unfinished::answered(const message::AttachmentKept& message) {
    for (auto& one : attachments_)
        if (one.message == message.id && one.id == message.line.attachment)
            return tell(one, message.line);
    return {};
}

std::optional<Unfinished::Told> Unfinished::answered(const message::Failed& message) {
    if (reservation_ && reservation_->id == message.id) {
        reservation_->refused = true;
        refusal_ = message.fault;
        return tell(*reservation_, base::fail(message.fault));
    }
    for (auto& one : attachments_) {
        if (one.message != message.id || one.refused) continue;
        one.refused = true;
        // Without room for it nothing that follows has any, either: the first one says why.
        if (!refusal_) refusal_ = message.fault;
        return tell(one, base::fail(message.fault));
    }
    return {};
}

std::optional<Unfinished::Told> Unfinished::expired(Millis now) {
    const base::Fault late{FaultCode::PostUnreachable, "no answer in time"};
    if (reservation_ && !reservation_->told && reservation_->deadline <= now)
        return tell(*reservation_, base::fail(late));
    for (auto& one : attachments_)
        if (one.finished && !one.told && one.deadline <= now) return tell(one, base::fail(late));
    return {};
}

std::optional<Unfinished::Told> Unfinished::end(const base::Fault& fault) {
    if (reservation_ && !reservation_->told) return tell(*reservation_, base::fail(fault));
    for (auto& one : attachments_)
        if (!one.told) return tell(one, base::fail(fault));
    return {};
}

Millis Unfinished::next_deadline() const {
    Millis next = never;
    if (reservation_ && !reservation_->told) next = reservation_->deadline;
    for (const auto& one : attachments_)
        if (one.finished && !one.told) next = std::min(next, one.deadline);
    return next;
}

bool Unfinished::knows(std::int64_t id) const {
    return (reservation_ && reservation_->id == id) ||
           std::any_of(attachments_.begin(), attachments_.end(),
                       [&](const auto& one) { return one.message == id; });
}

}  // namespace offline::post
