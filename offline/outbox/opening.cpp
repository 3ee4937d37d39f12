// Opening the outbox: the lock, the damaged file, the vanished file, the schema.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/schema.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr const char* database_name = "outbox.sqlite";
constexpr const char* epoch_name = "outbox.epoch";

// Never razed: a technician or a salvage tool may still get the sealed bytes out.
base::Fault set_aside(store::Disk& disk, const std::string& path, const base::Clock& clock,
                      const base::Fault& why) {
    const std::string aside =
        path + ".damaged-" + std::to_string(clock.now().time_since_epoch().count());
    for (const char* part : {"", "-wal", "-journal"})
        if (disk.exists(path + part)) [[maybe_unused]]
            const auto ignored = disk.rename(path + part, aside + part);
    [[maybe_unused]] const auto ignored = disk.sync_folder(store::folder_of(path));
    return {FaultCode::OutboxCorrupt, why.safe_detail + "; set aside as " + aside};
}

base::Result<store::Database> open_checked(store::Disk& disk, const std::string& path) {
    store::Database database = TRY(store::Database::open(path, store::Access::owner_only, disk));
    TRY_STATUS(database.quick_check());
    if (TRY(database.integer("PRAGMA user_version")) == schema_version)
        TRY_STATUS(database.check_schema(schema));
    return database;
}

}  // namespace

Outbox::Outbox(OutboxOptions options, Terminal terminal, const base::Clock& clock,
               store::FolderLock lock, store::Database database)
    : options_(std::move(options)),
      terminal_(std::move(terminal)),
      clock_(clock),
      lock_(std::move(lock)),
      database_(std::move(database)) {}

base::Result<Outbox> Outbox::open(OutboxOptions options, Terminal terminal,
                                  const base::Clock& clock) {
    if (terminal.certificate.key != terminal.key.public_key())
        return base::fail(FaultCode::KeyAbsent, "the certificate is of another key");
    store::Disk& disk = *options.disk;
    TRY_STATUS(disk.make_folder(options.folder));
    store::FolderLock lock = TRY(disk.lock(options.folder + "/outbox.lock"));

    const std::string path = options.folder + "/" + database_name;
    const std::string epoch_path = options.folder + "/" + epoch_name;
    const std::string epoch = base::to_hex(terminal.certificate.epoch);
    bool epoch_used = false;
    if (disk.exists(epoch_path)) {
        const base::Bytes used = TRY(disk.read(epoch_path, 0, epoch.size() + 1));
        epoch_used = base::as_text(used) == epoch;
    }
    if (!disk.exists(path) && epoch_used)
        return base::fail(FaultCode::OutboxCorrupt,
                          "the database of this epoch is gone: enrol the terminal again");
    auto database = open_checked(disk, path);
    if (!database) {
        if (database.error().code != FaultCode::OutboxCorrupt) return base::fail(database.error());
        return base::fail(set_aside(disk, path, clock, database.error()));
    }
    Outbox outbox(std::move(options), std::move(terminal), clock, std::move(lock),
                  std::move(*database));
    TRY_STATUS(outbox.prepare_schema(epoch_used));
    if (!epoch_used) {
        // In this order: once the epoch's file is there, the database must be there at every start.
        TRY_STATUS(disk.sync_folder(store::folder_of(path)));
        TRY_STATUS(store::replace_file(disk, epoch_path, base::to_bytes(epoch)));
    }
    // A full disk or a failing one may refuse what comes now; delivery, which makes room and saves
    // what can be read, must start all the same. The purge is tried again with the next R2.
    const auto purged = outbox.purge_complete();
    if (!purged && purged.error().code == FaultCode::OutboxCorrupt)
        return base::fail(purged.error());
    const auto ready = outbox.make_ready();
    outbox.writable_ = ready || ready.error().code == FaultCode::DiskFull;
    return outbox;
}

// Begins the log, so that a submission costs one flush, and makes its name durable: SQLite flushes
// the folder, but does not ask whether that worked.
base::Status Outbox::make_ready() {
    TRY_STATUS(database_.checkpoint());
    TRY_STATUS(options_.disk->sync_folder(options_.folder));
    ready_ = true;
    return {};
}

base::Status Outbox::prepare_schema(bool epoch_used) {
    const std::int64_t version = TRY(database_.integer("PRAGMA user_version"));
    if (version > schema_version)
        return base::fail(FaultCode::OutboxCorrupt, "the outbox was written by a newer program");
    const auto& certificate = terminal_.certificate;
    if (version == 0 && epoch_used)
        return base::fail(FaultCode::OutboxCorrupt,
                          "the database of this epoch is empty: enrol the terminal again");
    if (version == 0) {
        store::Transaction transaction = TRY(store::Transaction::begin(database_));
        TRY_STATUS(database_.execute(schema));
        const sealing::Digest genesis = digest_of(certificate.epoch);
        TRY_STATUS(database_.prepare("INSERT INTO terminal VALUES (1, ?, ?, 1, ?)")
                       .bind(certificate.terminal)
                       .bind(base::ByteView(certificate.epoch))
                       .bind(base::ByteView(genesis))
                       .run());
        TRY_STATUS(database_.execute("PRAGMA user_version = " + std::to_string(schema_version)));
        TRY_STATUS(transaction.commit());
        return database_.check_schema(schema);
    }
    store::Query owner = database_.prepare("SELECT terminal, epoch FROM terminal");
    const bool found = TRY(owner.row());
    if (!found || owner.text(0) != certificate.terminal ||
        owner.bytes(1) != base::Bytes(certificate.epoch.begin(), certificate.epoch.end()))
        return base::fail(FaultCode::OutboxCorrupt, "the outbox belongs to another enrolment");
    return {};
}

}  // namespace offline::outbox
