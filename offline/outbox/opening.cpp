// Opening the outbox: the lock, the damaged file, the vanished file, the schema.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/schema.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace offline::outbox {

namespace {

using base::FaultCode;
namespace fs = std::filesystem;

constexpr const char* database_name = "outbox.sqlite";
constexpr const char* epoch_name = "outbox.epoch";

// Never razed: a technician or a salvage tool may still get the sealed bytes out.
base::Fault set_aside(const std::string& path, const base::Clock& clock, const base::Fault& why) {
    const std::string aside =
        path + ".damaged-" + std::to_string(clock.now().time_since_epoch().count());
    for (const char* part : {"", "-wal"}) {
        std::error_code ignored;
        fs::rename(path + part, aside + part, ignored);
    }
    return {FaultCode::OutboxCorrupt, why.safe_detail + "; set aside as " + aside};
}

base::Result<store::Database> open_checked(const std::string& path) {
    store::Database database = TRY(store::Database::open(path, store::Access::owner_only));
    TRY_STATUS(database.quick_check());
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
    std::error_code problem;
    fs::create_directories(options.folder, problem);
    if (problem) return base::fail(FaultCode::FileUnwritable, options.folder);
    ::chmod(options.folder.c_str(), 0700);
    store::FolderLock lock = TRY(store::FolderLock::take(options.folder + "/outbox.lock"));

    const std::string path = options.folder + "/" + database_name;
    const std::string epoch_path = options.folder + "/" + epoch_name;
    const std::string epoch = base::to_hex(terminal.certificate.epoch);
    const auto used_epoch = base::read_file(epoch_path);
    if (!fs::exists(path) && used_epoch && base::as_text(*used_epoch) == epoch)
        return base::fail(FaultCode::OutboxCorrupt,
                          "the database of this epoch is gone: enrol the terminal again");
    auto database = open_checked(path);
    if (!database) {
        if (database.error().code != FaultCode::OutboxCorrupt) return base::fail(database.error());
        return base::fail(set_aside(path, clock, database.error()));
    }
    Outbox outbox(std::move(options), std::move(terminal), clock, std::move(lock),
                  std::move(*database));
    TRY_STATUS(outbox.prepare_schema());
    // Written last and with the folder's own sync: from here on the file must be here at every
    // start.
    if (!used_epoch || base::as_text(*used_epoch) != epoch)
        TRY_STATUS(base::write_file(epoch_path, base::to_bytes(epoch)));
    TRY_STATUS(outbox.purge_complete());
    return outbox;
}

base::Status Outbox::prepare_schema() {
    const std::int64_t version = TRY(database_.integer("PRAGMA user_version"));
    if (version > schema_version)
        return base::fail(FaultCode::OutboxCorrupt, "the outbox was written by a newer program");
    const auto& certificate = terminal_.certificate;
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
        return transaction.commit();
    }
    store::Query owner = database_.prepare("SELECT terminal, epoch FROM terminal");
    const bool found = TRY(owner.row());
    if (!found || owner.text(0) != certificate.terminal ||
        owner.bytes(1) != base::Bytes(certificate.epoch.begin(), certificate.epoch.end()))
        return base::fail(FaultCode::OutboxCorrupt, "the outbox belongs to another enrolment");
    return {};
}

}  // namespace offline::outbox
