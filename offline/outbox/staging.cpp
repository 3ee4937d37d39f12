#include "offline/outbox/staging.hpp"

#include <algorithm>

namespace offline::outbox {

using base::FaultCode;

Staging::Staging(store::Disk& disk, std::string folder, std::int64_t inline_bytes_max,
                 sealing::SuiteId suite, std::function<std::array<std::uint8_t, 16>()> draw)
    : disk_(disk),
      folder_(std::move(folder)),
      inline_bytes_max_(inline_bytes_max),
      suite_(suite),
      draw_(std::move(draw)) {}

std::int64_t Staging::promised(const domain::SubId& sub_id) const {
    const auto found = sessions_.find(sub_id);
    return found == sessions_.end() ? 0 : std::max(found->second.reserved, found->second.staged);
}

std::int64_t Staging::staged(const domain::SubId& sub_id) const {
    const auto found = sessions_.find(sub_id);
    return found == sessions_.end() ? 0 : found->second.staged;
}

std::int64_t Staging::promised_to_others(const domain::SubId& sub_id) const {
    std::int64_t sum = 0;
    for (const auto& [id, session] : sessions_)
        if (id != sub_id) sum += std::max(session.reserved, session.staged);
    return sum;
}

void Staging::reserve(const domain::SubId& sub_id, std::int64_t bytes) {
    sessions_[sub_id].reserved = bytes;
}

std::string Staging::path_of(const Work& work) const {
    return folder_ + "/" + work.file + (work.settled ? "" : ".part");
}

Staging::Work* Staging::find(const domain::SubId& sub_id, const sealing::AttachmentId& id) {
    const auto session = sessions_.find(sub_id);
    if (session == sessions_.end()) return nullptr;
    const auto found = session->second.attachments.find(id);
    return found == session->second.attachments.end() ? nullptr : &found->second;
}

base::Status Staging::begin(const domain::SubId& sub_id, const sealing::AttachmentId& id,
                            const std::string& kind) {
    if (find(sub_id, id) != nullptr) return base::fail(FaultCode::AttachmentWrong, "begun before");
    Session& session = sessions_[sub_id];
    if (session.attachments.size() >= papers::attachments_max)
        return base::fail(FaultCode::SubmissionTooLarge, "too many attachments");
    Work& work = session.attachments[id];
    work.line.id = id;
    work.line.kind = kind;
    work.hash = sealing::suite(suite_).hasher();
    return {};
}

base::Status Staging::write(Work& work, base::ByteView sealed) {
    const auto length = work.line.length + static_cast<std::int64_t>(sealed.size());
    if (!work.out && length <= inline_bytes_max_) {
        work.bytes.insert(work.bytes.end(), sealed.begin(), sealed.end());
        return {};
    }
    if (!work.out) {
        work.file = base::to_hex(draw_());
        work.out = TRY(disk_.create(path_of(work)));
        TRY_STATUS(work.out->write(work.bytes));
        work.bytes = {};
    }
    return work.out->write(sealed);
}

base::Status Staging::append(const domain::SubId& sub_id, const sealing::AttachmentId& id,
                             base::ByteView sealed) {
    Work* work = find(sub_id, id);
    if (work == nullptr || work->finished)
        return base::fail(FaultCode::AttachmentWrong, "not begun");
    const auto size = static_cast<std::int64_t>(sealed.size());
    if (work->line.length + size > papers::attachment_bytes_max) {
        drop(sub_id, id);
        return base::fail(FaultCode::SubmissionTooLarge, "one attachment");
    }
    if (const auto written = write(*work, sealed); !written) {
        drop(sub_id, id);
        return written;
    }
    work->hash->update(sealed);
    work->line.length += size;
    sessions_[sub_id].staged += size;
    return {};
}

base::Result<papers::AttachmentLine> Staging::finish(const domain::SubId& sub_id,
                                                     const sealing::AttachmentId& id) {
    Work* work = find(sub_id, id);
    if (work == nullptr || work->finished || work->line.length == 0) {
        if (work != nullptr && !work->finished) drop(sub_id, id);
        return base::fail(FaultCode::AttachmentWrong, "nothing to finish");
    }
    if (work->out) {
        // After a flush that failed nothing can be believed of this file: it is written anew.
        if (const auto flushed = work->out->sync(); !flushed) {
            const base::Fault fault = flushed.error();
            drop(sub_id, id);
            return base::fail(fault);
        }
        work->out.reset();
    }
    work->line.digest = work->hash->finish();
    work->finished = true;
    return work->line;
}

void Staging::remove_file(const Work& work) {
    if (!work.file.empty() && !work.stays && disk_.exists(path_of(work))) [[maybe_unused]]
        const auto ignored = disk_.remove(path_of(work));  // the next start collects it
}

void Staging::drop(const domain::SubId& sub_id, const sealing::AttachmentId& id) {
    Work* work = find(sub_id, id);
    if (work == nullptr) return;
    work->out.reset();
    remove_file(*work);
    Session& session = sessions_[sub_id];
    session.staged -= work->line.length;
    session.attachments.erase(id);
    if (session.attachments.empty() && session.reserved == 0) sessions_.erase(sub_id);
}

base::Result<std::vector<const Staged*>> Staging::of(
    const domain::SubId& sub_id, const std::vector<sealing::AttachmentId>& ids) {
    std::vector<const Staged*> out;
    for (const auto& id : ids) {
        const Work* work = find(sub_id, id);
        if (work == nullptr || !work->finished)
            return base::fail(FaultCode::AttachmentWrong, "not written");
        out.push_back(work);
    }
    return out;
}

base::Status Staging::settle(const domain::SubId& sub_id,
                             const std::vector<sealing::AttachmentId>& ids) {
    bool any = false;
    for (const auto& id : ids) {
        Work& work = *find(sub_id, id);
        if (work.file.empty()) continue;
        any = true;
        if (work.settled) continue;
        TRY_STATUS(disk_.rename(path_of(work), folder_ + "/" + work.file));
        work.settled = true;
    }
    return any ? disk_.sync_folder(folder_) : base::Status{};
}

void Staging::perhaps_kept(const domain::SubId& sub_id) {
    const auto session = sessions_.find(sub_id);
    if (session == sessions_.end()) return;
    for (auto& [id, work] : session->second.attachments) work.stays = true;
}

void Staging::kept(const domain::SubId& sub_id, const std::vector<sealing::AttachmentId>& ids) {
    const auto session = sessions_.find(sub_id);
    if (session == sessions_.end()) return;
    for (const auto& id : ids) session->second.attachments.erase(id);
    abandon(sub_id);
}

void Staging::abandon(const domain::SubId& sub_id) {
    const auto session = sessions_.find(sub_id);
    if (session == sessions_.end()) return;
    for (auto& [id, work] : session->second.attachments) {
        work.out.reset();
        remove_file(work);
    }
    sessions_.erase(session);
}

}  // namespace offline::outbox
