// A new epoch: because the database is gone, damaged or older than it should be, or because the
// centre says so. It begins above every number that was ever given out, and what verifies comes
// along as it was signed.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/salvage.hpp"
#include "offline/outbox/schema.hpp"

#include <algorithm>

namespace offline::outbox {

namespace {

using base::FaultCode;

// Without the epoch's file nobody knows how far the numbers went: so many are left out.
constexpr std::int64_t blind_step = 10'000;

void rename_database(store::Disk& disk, const std::string& path) {
    for (const char* part : {"-wal", "-journal", ""})
        if (disk.exists(path + part)) [[maybe_unused]]
            const auto ignored = disk.rename(path + part, path + ".damaged" + part);
}

}  // namespace

std::string_view name(Began began) {
    constexpr std::array<std::string_view, 5> names{"whole", "first", "damaged", "vanished",
                                                    "superseded"};
    return names.at(static_cast<std::size_t>(began));
}

// The new database is made whole beside the old one; from the moment the epoch's file names it, it
// counts. A start that is cut off before leaves nothing but a file that the next one makes anew.
base::Result<Outbox> Outbox::begin_anew(OutboxOptions options, Terminal terminal,
                                        const base::Clock& clock, store::FolderLock lock,
                                        const std::optional<EpochMark>& mark,
                                        std::int64_t old_generation, Began why) {
    store::Disk& disk = *options.disk;
    const std::string old_path = database_path(options.folder, old_generation);
    const std::string path = database_path(options.folder, old_generation + 1);
    for (const char* part : {"-wal", "-journal", ""})
        if (disk.exists(path + part)) TRY_STATUS(disk.remove(path + part));
    std::optional<store::Database> old;
    if (disk.exists(old_path)) {
        auto opened = store::Database::open(old_path, store::Access::owner_only, disk);
        if (opened) old.emplace(std::move(*opened));
    }
    Outbox outbox(std::move(options), std::move(terminal), clock, std::move(lock),
                  TRY(store::Database::open(path, store::Access::owner_only, disk)));
    const std::string files = outbox.file_folder();
    // The file's word on how far the numbers went beats that of a database nobody can trust.
    const bool is_known = mark && mark->ceiling_is_known;
    std::int64_t used = is_known ? mark->ceiling : 0, surely_used = used, forgotten = 0;
    if (old) {
        Salvage salvage(*old, outbox.terminal_, disk, files);
        const std::int64_t told = salvage.used();
        if (!is_known) used = told;
        if (told > 0) surely_used = std::min(told, used);
        forgotten = std::min(salvage.forgotten_up_to(), surely_used);
    }
    if (!is_known) used += blind_step;
    const std::int64_t first_seq = std::min(used, papers::seq_max) + 1;
    outbox.opened_.began = why;
    TRY_STATUS(outbox.make_schema(outbox.options_.draw(), first_seq));
    TRY_STATUS(outbox.carry_over(old ? &*old : nullptr, used));
    const std::int64_t tombstones = TRY(outbox.database_.integer("SELECT count(*) FROM tombstone"));
    outbox.opened_.missing =
        std::max<std::int64_t>(0, surely_used - forgotten - outbox.opened_.carried - tombstones);
    old.reset();

    TRY_STATUS(outbox.set_files_aside(old_generation));
    TRY_STATUS(outbox.database_.checkpoint());
    TRY_STATUS(disk.sync_folder(outbox.options_.folder));
    outbox.mark_.generation = old_generation + 1;
    TRY_STATUS(outbox.take_mark({}));
    rename_database(disk, old_path);
    TRY_STATUS(outbox.begin_work());
    outbox.file_bytes_ =
        TRY(outbox.database_.integer("SELECT sum(length) FROM attachment WHERE file <> ''"));
    const Opened& did = outbox.opened_;
    if (why != Began::vanished) outbox.record(base::log::OutboxSalvaged{did.carried, did.lost});
    outbox.record(base::log::EpochBegun{std::string(name(why)), did.missing});
    return outbox;
}

base::Status Outbox::carry_over(store::Database* old, std::int64_t used) {
    std::optional<Salvage> salvage;
    if (old != nullptr) salvage.emplace(*old, terminal_, *options_.disk, file_folder());
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    for (std::int64_t seq = 1; seq <= used; ++seq) {
        auto row = salvage ? salvage->submission(seq) : std::nullopt;
        const auto gone = salvage && !row ? salvage->tombstone(seq) : std::nullopt;
        if (!row && !gone) row = read_mirror(seq);
        if (row) {
            std::vector<Staged> attachments;
            for (std::size_t i = 0; i < row->files.size(); ++i)
                attachments.push_back({row->manifest.attachments[i], std::move(row->bodies[i]),
                                       std::move(row->files[i]), true});
            std::vector<const Staged*> pointers;
            for (const auto& attachment : attachments) pointers.push_back(&attachment);
            // Whatever the centre said of it before, it says again: papers are not carried.
            TRY_STATUS(insert_rows(row->manifest, row->manifest_bytes, row->signature,
                                   row->envelope, pointers));
            TRY_STATUS(database_.prepare("UPDATE submission SET receipt_shown = ? WHERE seq = ?")
                           .bind(std::int64_t{row->receipt_shown ? 1 : 0})
                           .bind(seq)
                           .run());
            ++opened_.carried;
        } else if (gone) {
            const domain::SubId sub_id = TRY(sub_id_in(gone->sub_id));
            TRY_STATUS(database_
                           .prepare("INSERT OR IGNORE INTO tombstone"
                                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                           .bind(seq)
                           .bind(base::ByteView(gone->sub_id))
                           .bind(papers::local_number(terminal_.certificate.terminal, seq))
                           .bind(base::ByteView(digest_of(token_of(sub_id))))
                           .bind(gone->kept_at)
                           .bind(gone->clock_trust)
                           .bind(base::ByteView(gone->manifest_digest))
                           .bind(base::ByteView(gone->envelope_digest))
                           .bind(base::ByteView(gone->receipt2))
                           .bind(gone->case_number)
                           .bind(gone->since)
                           .bind(gone->receipt_shown)
                           .run());
        }
    }
    if (salvage) opened_.lost = salvage->lost;
    return transaction.commit();
}

// Sealed bytes that no row of the new database names are not deleted: their rows are in the old.
base::Status Outbox::set_files_aside(std::int64_t generation) {
    store::Disk& disk = *options_.disk;
    const auto names = disk.list(file_folder());
    if (!names || names->empty()) return {};
    const bool has_rows = TRY(database_.integer("PRAGMA user_version")) != 0;
    const std::string aside =
        options_.folder + "/attachments." + std::to_string(generation) + ".damaged";
    bool any = false;
    for (const auto& name : *names) {
        if (has_rows) {
            store::Query row =
                database_.prepare("SELECT 1 FROM attachment WHERE file = ? AND file <> ''");
            if (TRY(row.bind(name).row())) continue;
        }
        if (!any) TRY_STATUS(disk.make_folder(aside));
        any = true;
        TRY_STATUS(disk.rename(file_folder() + "/" + name, aside + "/" + name));
    }
    if (!any) return {};
    TRY_STATUS(disk.sync_folder(aside));
    return disk.sync_folder(file_folder());
}

base::Status Outbox::begin_epoch(Began why, std::int64_t above_seq) {
    const std::int64_t first_seq = std::max(mark_.ceiling, above_seq) + 1;
    if (first_seq > papers::seq_max)
        return base::fail(FaultCode::PostRefused, "numbers used up: enrol another terminal");
    const sealing::Epoch epoch = options_.draw();
    const sealing::Digest genesis = digest_of(epoch);
    TRY_STATUS(database_
                   .prepare("UPDATE terminal SET epoch = ?1, first_seq = ?2, next_seq = ?2,"
                            " chain_head = ?3, base_seq = ?2 - 1, base_chain = ?3")
                   .bind(base::ByteView(epoch))
                   .bind(first_seq)
                   .bind(base::ByteView(genesis))
                   .run());
    // If the power goes here, the next start sees a database that is ahead of the file.
    mark_.epoch = epoch;
    mark_.first_seq = first_seq;
    mark_.ceiling = first_seq - 1;
    record(base::log::EpochBegun{std::string(name(why)), 0});
    return raise_ceiling(first_seq);
}

}  // namespace offline::outbox
