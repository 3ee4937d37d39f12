// The disk: quota, reservations, levels, the ballast, the ceiling, and what can wait until nobody
// does.
#include "offline/outbox/limits.hpp"
#include "offline/outbox/outbox.hpp"

#include <algorithm>

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr int low_percent = 70, nearly_full_percent = 85, full_percent = 95;
constexpr std::size_t ballast_step = 64 << 10;

}  // namespace

std::string_view name(DiskLevel level) {
    constexpr std::array<std::string_view, 4> names{"ample", "low", "nearly_full", "full"};
    return names.at(static_cast<std::size_t>(level));
}

sealing::Digest Outbox::digest_of(base::ByteView bytes) const {
    return sealing::digest(terminal_.certificate.suite(), bytes);
}

base::Status Outbox::limit_pages(std::int64_t bytes_beside_quota) {
    const std::int64_t bytes = std::max(options_.quota_bytes + bytes_beside_quota, page_bytes);
    return database_.execute("PRAGMA max_page_count = " + std::to_string(bytes / page_bytes));
}

base::Status Outbox::raise_ceiling(std::int64_t next_seq) {
    EpochMark raised = mark_;
    raised.ceiling = std::min(next_seq - 1 + options_.ceiling_block, papers::seq_max);
    if (raised.ceiling <= mark_.ceiling) return {};  // the last numbers there are
    TRY_STATUS(write_epoch_mark(*options_.disk, mark_path(), raised));
    mark_ = raised;
    return {};
}

// What this session may have in all; more than its reservation only when nobody else's is touched.
base::Result<std::int64_t> Outbox::room_for(const domain::SubId& sub_id) {
    const std::int64_t pages = TRY(database_.integer("PRAGMA page_count"));
    const std::int64_t free_pages = TRY(database_.integer("PRAGMA freelist_count"));
    const std::int64_t used = (pages - free_pages) * page_bytes + file_bytes_;
    return options_.quota_bytes - used - staging_.promised_to_others(sub_id);
}

base::Status Outbox::fits(const domain::SubId& sub_id, std::int64_t bytes) {
    if (bytes <= staging_.promised(sub_id)) return {};
    if (bytes > TRY(room_for(sub_id))) return base::fail(FaultCode::DiskFull, "quota");
    return {};
}

base::Result<bool> Outbox::has_room() {
    // The last try could not be written, so no more are invited.
    if (!writable_ || suspect_) return false;
    return ordinary_bytes <= TRY(room_for({}));
}

base::Result<DiskUse> Outbox::disk_use() {
    DiskUse use;
    use.reserved = staging_.promised_to_others({});
    use.used = options_.quota_bytes - TRY(room_for({})) - use.reserved;
    const std::int64_t free = TRY(options_.disk->free_bytes(options_.folder));
    use.capacity = std::min(options_.quota_bytes, use.used + free);
    use.percent = use.capacity <= 0 ? 100
                                    : static_cast<int>(std::min<std::int64_t>(
                                          100, 100 * (use.used + use.reserved) / use.capacity));
    use.level = use.percent >= full_percent          ? DiskLevel::full
                : use.percent >= nearly_full_percent ? DiskLevel::nearly_full
                : use.percent >= low_percent         ? DiskLevel::low
                                                     : DiskLevel::ample;
    return use;
}

void Outbox::tell_level() {
    const auto use = disk_use();
    if (!use || use->level == level_told_) return;
    level_told_ = use->level;
    record(base::log::DiskLevel{std::string(name(use->level)), use->percent});
}

// Only for receipts and purges, which make room: the log is begun anew within the space it has,
// and when that is not enough, the ballast is given up, first of all for the log's way into the
// database.
base::Status Outbox::with_ballast(const std::function<base::Status()>& work) {
    const auto is_full = [](const base::Status& done) {
        return !done && done.error().code == FaultCode::DiskFull;
    };
    auto done = work();
    note(done);
    if (is_full(done) && database_.checkpoint()) done = work();
    if (!is_full(done) || !has_ballast_) return done;
    TRY_STATUS(options_.disk->remove(ballast_path()));
    has_ballast_ = false;
    TRY_STATUS(database_.checkpoint());
    return work();
}

base::Status Outbox::make_ballast() {
    if (has_ballast_ || options_.ballast_bytes == 0) return {};
    const std::int64_t free = TRY(options_.disk->free_bytes(options_.folder));
    if (free < 2 * options_.ballast_bytes) return {};
    const std::string beside = ballast_path() + ".part";
    {
        const auto file = TRY(options_.disk->create(beside));
        // Blocks that are written, not only promised: no file system keeps these for nothing.
        base::Bytes block(ballast_step, 0xB5);
        for (auto left = options_.ballast_bytes; left > 0;
             left -= static_cast<std::int64_t>(block.size())) {
            block.resize(std::min(block.size(), static_cast<std::size_t>(left)));
            TRY_STATUS(file->write(block));
        }
        TRY_STATUS(file->sync());
    }
    TRY_STATUS(options_.disk->rename(beside, ballast_path()));
    has_ballast_ = true;
    return {};
}

base::Status Outbox::checkpoint_when_due(std::int64_t pages) {
    if (suspect_ && ready_) {
        TRY_STATUS(renew());
        writable_ = true;
    }
    if (!ready_) {
        const auto ready = make_ready();
        note(ready);
        TRY_STATUS(ready);
        writable_ = true;
    }
    if (database_.wal_pages() >= pages) {
        const auto moved = database_.checkpoint();
        note(moved);
        TRY_STATUS(moved);
    }
    const std::int64_t next_seq = TRY(database_.integer("SELECT next_seq FROM terminal"));
    if (mark_.ceiling - next_seq < options_.ceiling_block / 2) TRY_STATUS(raise_ceiling(next_seq));
    [[maybe_unused]] const auto made = make_ballast();     // room may have come
    [[maybe_unused]] const auto mirrored = mirror_some();  // said by its own event
    return acked_written_ + acked_every <= clock_.steady() ? write_acked() : base::Status{};
}

}  // namespace offline::outbox
