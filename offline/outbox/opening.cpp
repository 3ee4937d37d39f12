// Opening the outbox: the lock, the damaged file, the vanished file, the schema and its epoch.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

base::Status migrate_from_1(store::Database& database, sealing::SuiteId suite) {
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    TRY_STATUS(database.execute(before_2));
    TRY_STATUS(database.execute(schema));
    TRY_STATUS(database.execute(after_2));
    base::Bytes epoch;
    {
        store::Query query = database.prepare("SELECT epoch FROM terminal");
        if (TRY(query.row())) epoch = query.bytes(0);
    }
    TRY_STATUS(database.prepare("UPDATE terminal SET base_chain = ?")
                   .bind(base::ByteView(sealing::digest(suite, epoch)))
                   .run());
    TRY_STATUS(transaction.commit());
    return database.execute("PRAGMA incremental_vacuum");
}

base::Result<store::Database> open_checked(store::Disk& disk, const std::string& path,
                                           sealing::SuiteId suite) {
    store::Database database = TRY(store::Database::open(path, store::Access::owner_only, disk));
    TRY_STATUS(database.quick_check());
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version > schema_version)
        return base::fail(FaultCode::PostRefused, "the outbox was written by a newer program");
    if (version == 1) {
        TRY_STATUS(database.check_schema(schema_1));
        TRY_STATUS(migrate_from_1(database, suite));
    }
    if (version == 1 || version == schema_version) TRY_STATUS(database.check_schema(schema));
    return database;
}

}  // namespace

Outbox::Outbox(OutboxOptions options, Terminal terminal, const base::Clock& clock,
               store::FolderLock lock, store::Database database)
    : options_(std::move(options)),
      terminal_(std::move(terminal)),
      clock_(clock),
      lock_(std::move(lock)),
      database_(std::move(database)),
      staging_(*options_.disk, file_folder(), options_.inline_bytes_max,
               terminal_.certificate.suite(), options_.draw) {}

base::Result<Outbox> Outbox::open(OutboxOptions options, Terminal terminal,
                                  const base::Clock& clock) {
    if (terminal.certificate.key != terminal.key.public_key())
        return base::fail(FaultCode::KeyAbsent, "the certificate is of another key");
    store::Disk& disk = *options.disk;
    TRY_STATUS(disk.make_folder(options.folder));
    store::FolderLock lock = TRY(disk.lock(options.folder + "/outbox.lock"));

    auto read = read_epoch_mark(disk, options.folder + "/outbox.epoch");
    if (!read && read.error().code != FaultCode::OutboxCorrupt) return base::fail(read.error());
    const auto mark = read ? *read : std::optional<EpochMark>{};
    const std::int64_t generation =
        mark ? mark->generation : newest_generation(disk, options.folder);
    const std::string path = database_path(options.folder, generation);
    if (!disk.exists(path)) {
        // How far its numbers went is known by nobody then.
        if (!read) return base::fail(FaultCode::OutboxCorrupt, "no database and no epoch");
        if (mark && !mark->ceiling_is_known)
            return base::fail(FaultCode::OutboxCorrupt, "the database of this epoch is gone");
        if (mark)
            return begin_anew(std::move(options), std::move(terminal), clock, std::move(lock), mark,
                              generation, Began::vanished);
    }
    Began trouble = Began::damaged;
    {
        auto database = open_checked(disk, path, terminal.certificate.suite());
        if (!database && database.error().code != FaultCode::OutboxCorrupt)
            return base::fail(database.error());
        if (database) {
            Outbox outbox(options, terminal, clock, lock, std::move(*database));
            outbox.mark_.generation = generation;
            auto prepared = outbox.prepare(mark);
            if (prepared) prepared = outbox.begin_work();
            if (prepared) return outbox;
            if (prepared.error().code != FaultCode::OutboxCorrupt)
                return base::fail(prepared.error());
            trouble = outbox.opened_.began == Began::whole ? trouble : outbox.opened_.began;
        }
    }
    return begin_anew(std::move(options), std::move(terminal), clock, std::move(lock), mark,
                      generation, trouble);
}

base::Status Outbox::begin_work() {
    suspect_ = options_.disk->exists(suspect_path());
    // A full disk or a failing one may refuse what comes now; delivery, which makes room and saves
    // what can be read, must start all the same. The purge is tried again with the next R2.
    const auto purged = with_ballast([&] { return purge_complete(); });
    if (!purged && purged.error().code == FaultCode::OutboxCorrupt) return purged;
    TRY_STATUS(collect_orphans());
    const auto ready = make_ready();
    if (!ready && ready.error().code == FaultCode::OutboxCorrupt) return ready;
    writable_ = ready || ready.error().code == FaultCode::DiskFull;
    tell_level();
    return {};
}

// Begins the log, so that a submission costs one flush, and makes its name durable: SQLite flushes
// the folder, but does not ask whether that worked.
base::Status Outbox::make_ready() {
    TRY_STATUS(options_.disk->make_folder(file_folder()));
    TRY_STATUS(database_.checkpoint());
    TRY_STATUS(options_.disk->sync_folder(options_.folder));
    [[maybe_unused]] const auto made = make_ballast();  // tried again when there is room
    if (suspect_) TRY_STATUS(renew());
    ready_ = true;
    return {};
}

base::Status Outbox::make_schema(const sealing::Epoch& epoch, std::int64_t first_seq) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(database_.execute(schema));
    const sealing::Digest genesis = digest_of(epoch);
    TRY_STATUS(database_.prepare("INSERT INTO terminal VALUES (1, ?, ?, ?, ?, ?, ?, ?, 0)")
                   .bind(terminal_.certificate.terminal)
                   .bind(base::ByteView(epoch))
                   .bind(first_seq)
                   .bind(first_seq)
                   .bind(base::ByteView(genesis))
                   .bind(first_seq - 1)
                   .bind(base::ByteView(genesis))
                   .run());
    TRY_STATUS(database_.execute("PRAGMA user_version = " + std::to_string(schema_version)));
    TRY_STATUS(transaction.commit());
    return database_.check_schema(schema);
}

base::Status Outbox::prepare(const std::optional<EpochMark>& mark) {
    const std::int64_t version = TRY(database_.integer("PRAGMA user_version"));
    if (version == 0 && mark) {
        opened_.began = Began::vanished;
        return base::fail(FaultCode::OutboxCorrupt, "the database of this epoch is empty");
    }
    if (version == 0) {
        TRY_STATUS(set_files_aside(0));
        TRY_STATUS(make_schema(options_.draw(), 1));
        opened_.began = Began::first;
        record(base::log::EpochBegun{std::string(name(Began::first)), 0});
    }
    TRY_STATUS(take_mark(mark));
    TRY_STATUS(check_chain());
    file_bytes_ = TRY(database_.integer("SELECT sum(length) FROM attachment WHERE file <> ''"));
    has_ballast_ = options_.disk->exists(ballast_path());
    return {};
}

// The database and the file beside it must speak of the same epoch. In this order: once the file
// is there, the database must be there at every start.
base::Status Outbox::take_mark(const std::optional<EpochMark>& mark) {
    std::int64_t next_seq = 0;
    {
        store::Query row = database_.prepare(
            "SELECT terminal, epoch, first_seq, next_seq, server_time FROM terminal");
        if (!TRY(row.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
        if (row.text(0) != terminal_.certificate.terminal)
            return base::fail(FaultCode::PostRefused, "the outbox belongs to another terminal");
        mark_.epoch = TRY(array_in<16>(row.bytes(1)));
        mark_.first_seq = row.integer(2);
        next_seq = row.integer(3);
        server_time_ = instant(row.integer(4));
    }
    if (!mark) TRY_STATUS(options_.disk->sync_folder(options_.folder));
    const bool same = mark && mark->epoch == mark_.epoch && mark->ceiling_is_known;
    // Of another epoch: right when this one began above everything it gave out and the power went
    // before the file was written. Else somebody put an older database in its place; so, too, when
    // the ceiling is further away than it is ever raised.
    const bool older = mark && mark->ceiling_is_known &&
                       (same ? mark->ceiling > next_seq - 1 + options_.ceiling_block
                             : mark_.first_seq <= mark->ceiling);
    if (older) {
        opened_.began = Began::superseded;
        return base::fail(FaultCode::OutboxCorrupt, "the database is older than its epoch's file");
    }
    mark_.ceiling = same ? mark->ceiling : next_seq - 1;
    if (!same || mark_.ceiling - next_seq < options_.ceiling_block / 2) {
        // A full disk must not keep delivery from starting; accept() asks again.
        const auto raised = raise_ceiling(next_seq);
        if (!raised && !mark) return raised;
    }
    return {};
}

// Every number from the base of the chain to its head has its row, and they link.
base::Status Outbox::check_chain() {
    store::Query head =
        database_.prepare("SELECT base_seq, base_chain, next_seq, chain_head FROM terminal");
    if (!TRY(head.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
    std::int64_t seq = head.integer(0);
    sealing::Digest chain = TRY(digest_in(head.bytes(1)));
    store::Query rows = database_.prepare(
        "SELECT seq, manifest_digest FROM submission WHERE seq > ?1 UNION ALL"
        " SELECT seq, manifest_digest FROM tombstone WHERE seq > ?1 ORDER BY seq");
    rows.bind(seq);
    while (TRY(rows.row())) {
        if (rows.integer(0) != ++seq)
            return base::fail(FaultCode::OutboxCorrupt, "a number without its row");
        chain = papers::chain_after(terminal_.certificate.suite(), chain, seq,
                                    TRY(digest_in(rows.bytes(1))));
    }
    if (seq + 1 != head.integer(2) || chain != TRY(digest_in(head.bytes(3))))
        return base::fail(FaultCode::OutboxCorrupt, "the chain does not lead to its head");
    return {};
}

// Only this program writes there, it holds the lock, and at a start no accept is running: what no
// row names now will never be named. So there is no need to wait a day by a clock that may lie.
base::Status Outbox::collect_orphans() {
    const auto names = options_.disk->list(file_folder());
    if (!names) return {};  // none was ever written
    for (const auto& name : *names) {
        store::Query row =
            database_.prepare("SELECT 1 FROM attachment WHERE file = ? AND file <> ''");
        if (TRY(row.bind(name).row())) continue;
        [[maybe_unused]] const auto ignored = options_.disk->remove(file_folder() + "/" + name);
    }
    return {};
}

base::Status Outbox::use(sealing::TerminalCertificate renewed) {
    const auto& present = terminal_.certificate;
    if (renewed.terminal != present.terminal || renewed.key != present.key ||
        renewed.realm != present.realm)
        return base::fail(FaultCode::KeyAbsent, "the certificate is of another terminal or key");
    terminal_.certificate = std::move(renewed);
    return {};
}

}  // namespace offline::outbox
