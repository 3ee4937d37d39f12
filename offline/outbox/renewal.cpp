// After a flush that failed, the kernel may count pages as clean that never arrived: what is read
// back is no proof. So a mark is left, on another medium if there is one, and nothing is taken
// until everything was copied into a new file that was flushed and verified.
// Source: offline-sync.md 2.7, M3.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr base::Millis renew_every{60'000};  // a whole copy: not with every round

void remove_database(store::Disk& disk, const std::string& path) {
    for (const char* part : {"-wal", "-journal", ""})
        if (disk.exists(path + part)) [[maybe_unused]]
            const auto ignored = disk.remove(path + part);
}

}  // namespace

std::string Outbox::suspect_path() const {
    const auto& folder =
        options_.suspect_folder.empty() ? options_.folder : options_.suspect_folder;
    return folder + "/outbox.suspect";
}

void Outbox::note(const base::Status& written) {
    if (written || written.error().code != FaultCode::StoreWriteFailed || suspect_) return;
    suspect_ = true;
    renewal_failed_.reset();
    record(base::log::OutboxSuspect{"raised"});
    // It is for a start on the same running kernel, whose memory says more than the medium: that it
    // can be seen is enough. After a power cut only what arrived is there, and nothing is suspect.
    const auto file = options_.disk->create(suspect_path());
    if (!file || !(*file)->write(base::to_bytes("suspect\n")) || !(*file)->sync()) return;
    [[maybe_unused]] const auto ignored =
        options_.disk->sync_folder(store::folder_of(suspect_path()));
}

base::Status Outbox::renew() {
    if (renewal_failed_ && clock_.steady() - *renewal_failed_ < renew_every)
        return base::fail(FaultCode::StoreWriteFailed, "the medium failed a moment ago");
    const std::int64_t generation = mark_.generation + 1;
    const std::string path = database_path(options_.folder, generation);
    const std::string old_path = database_path(options_.folder, mark_.generation);
    const auto renewed = [&]() -> base::Status {
        TRY_STATUS(copy_into(path));
        auto fresh = TRY(store::Database::open(path, store::Access::owner_only, *options_.disk));
        TRY_STATUS(fresh.quick_check());
        TRY_STATUS(fresh.check_schema(schema));
        TRY_STATUS(fresh.checkpoint());  // begins its log
        TRY_STATUS(options_.disk->sync_folder(options_.folder));
        std::swap(database_, fresh);
        // Every byte of the copy is compared with what was promised before it counts.
        base::Status right = check_chain();
        if (right) right = verify_all();
        EpochMark mark = mark_;
        mark.generation = generation;
        if (right) right = write_epoch_mark(*options_.disk, mark_path(), mark);
        if (!right) {
            std::swap(database_, fresh);
            return right;
        }
        mark_ = mark;
        return {};
    }();
    if (!renewed) {
        renewal_failed_ = clock_.steady();
        return renewed;
    }
    remove_database(*options_.disk, old_path);
    suspect_ = false;
    renewal_failed_.reset();
    ready_ = true;
    if (options_.disk->exists(suspect_path())) [[maybe_unused]]
        const auto ignored = options_.disk->remove(suspect_path());
    record(base::log::OutboxSuspect{"cleared"});
    return {};
}

base::Status Outbox::copy_into(const std::string& path) {
    remove_database(*options_.disk, path);  // a try that was cut off; it never counted
    std::string quoted;
    for (const char c : path) quoted += c == '\'' ? std::string("''") : std::string(1, c);
    TRY_STATUS(database_.execute("VACUUM INTO '" + quoted + "'"));
    TRY_STATUS(options_.disk->sync_file(path));
    return options_.disk->sync_folder(options_.folder);
}

}  // namespace offline::outbox
