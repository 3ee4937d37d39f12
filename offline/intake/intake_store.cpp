#include "offline/intake/intake_store.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <filesystem>

namespace offline::intake {

namespace {

constexpr const char* schema = R"sql(
CREATE TABLE case_file(
    serial INTEGER PRIMARY KEY,
    terminal TEXT NOT NULL,
    sub_id BLOB NOT NULL,
    manifest_digest BLOB NOT NULL,
    manifest BLOB NOT NULL,
    signature BLOB NOT NULL,
    certificate BLOB NOT NULL,
    envelope BLOB NOT NULL,
    local_number TEXT NOT NULL,
    case_number TEXT NOT NULL UNIQUE,
    item_code TEXT NOT NULL,
    item_name TEXT NOT NULL,
    person BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    receipt1 BLOB NOT NULL,
    receipt2 BLOB,
    completed_at INTEGER NOT NULL DEFAULT 0,
    UNIQUE (terminal, sub_id)
) STRICT;
CREATE INDEX case_by_person ON case_file(person, serial);
CREATE TABLE refused(
    n INTEGER PRIMARY KEY,
    terminal TEXT NOT NULL,
    sub_id BLOB NOT NULL,
    manifest_digest BLOB NOT NULL,
    reason TEXT NOT NULL,
    manifest BLOB NOT NULL,
    envelope BLOB NOT NULL,
    receipt BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (terminal, sub_id, manifest_digest)
) STRICT;
CREATE TABLE terminal(
    terminal TEXT PRIMARY KEY,
    last_receipt BLOB NOT NULL
) STRICT;
PRAGMA user_version = 1;
)sql";

constexpr const char* case_columns =
    "SELECT serial, terminal, sub_id, manifest_digest, manifest, signature, certificate, envelope,"
    " local_number, case_number, item_code, item_name, person, received_at, receipt1, receipt2,"
    " completed_at FROM case_file ";

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

template <std::size_t N>
std::array<std::uint8_t, N> array_of(const base::Bytes& bytes) {
    KIOSK_ASSERT(bytes.size() == N);
    std::array<std::uint8_t, N> out{};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

}  // namespace

base::Result<IntakeStore> IntakeStore::open(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) return base::fail(base::FaultCode::FileUnwritable, folder);
    store::FolderLock lock = TRY(store::FolderLock::take(folder + "/intake.lock"));
    store::Database database =
        TRY(store::Database::open(folder + "/intake.sqlite", store::Access::shared));
    TRY_STATUS(database.quick_check());
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version == 0) {
        store::Transaction transaction = TRY(store::Transaction::begin(database));
        TRY_STATUS(database.execute(schema));
        TRY_STATUS(transaction.commit());
    } else if (version != 1) {
        return base::fail(base::FaultCode::OutboxCorrupt, "written by a newer program");
    }
    TRY_STATUS(database.execute(SqliteUploadRows::schema));
    return IntakeStore(std::move(database), std::move(lock));
}

base::Result<IntakeStore> IntakeStore::open_to_read(const std::string& folder) {
    store::Database database =
        TRY(store::Database::open(folder + "/intake.sqlite", store::Access::read_only));
    return IntakeStore(std::move(database), std::nullopt);
}

base::Result<std::vector<StoredCase>> IntakeStore::cases(store::Query query) {
    std::vector<StoredCase> out;
    while (TRY(query.row())) {
        StoredCase stored;
        stored.serial = query.integer(0);
        stored.terminal = query.text(1);
        stored.sub_id.bytes = array_of<16>(query.bytes(2));
        stored.manifest_digest = array_of<32>(query.bytes(3));
        stored.manifest = query.bytes(4);
        stored.signature = query.bytes(5);
        stored.certificate = query.bytes(6);
        stored.envelope = query.bytes(7);
        stored.local_number = query.text(8);
        stored.case_number = query.text(9);
        stored.item_code = query.text(10);
        stored.item_name = query.text(11);
        stored.person = query.bytes(12);
        stored.received_at = instant(query.integer(13));
        stored.receipt1 = query.bytes(14);
        stored.receipt2 = query.bytes(15);
        stored.completed_at = instant(query.integer(16));
        out.push_back(std::move(stored));
    }
    return out;
}

base::Result<std::optional<StoredCase>> IntakeStore::find(const std::string& terminal,
                                                          const domain::SubId& id) {
    store::Query query =
        database_.prepare(std::string(case_columns) + "WHERE terminal = ? AND sub_id = ?");
    query.bind(terminal).bind(base::ByteView(id.bytes));
    std::vector<StoredCase> found = TRY(cases(std::move(query)));
    if (found.empty()) return std::optional<StoredCase>{};
    return std::optional(std::move(found.front()));
}

base::Result<std::vector<StoredCase>> IntakeStore::all() {
    return cases(database_.prepare(std::string(case_columns) + "ORDER BY serial"));
}

base::Result<std::vector<StoredCase>> IntakeStore::of_person(base::ByteView person) {
    store::Query query = database_.prepare(std::string(case_columns) +
                                           "WHERE person = ? ORDER BY serial DESC LIMIT 100");
    query.bind(person);
    return cases(std::move(query));
}

base::Result<std::vector<StoredCase>> IntakeStore::with_sub_id(const domain::SubId& id) {
    store::Query query = database_.prepare(std::string(case_columns) + "WHERE sub_id = ?");
    query.bind(base::ByteView(id.bytes));
    return cases(std::move(query));
}

base::Result<std::vector<papers::CaseStatus>> IntakeStore::statuses_of(
    const std::string& terminal) {
    store::Query query = database_.prepare(
        "SELECT local_number, receipt2 IS NULL, received_at, completed_at FROM case_file"
        " WHERE terminal = ? ORDER BY serial DESC LIMIT ?");
    query.bind(terminal).bind(static_cast<std::int64_t>(papers::statuses_max));
    std::vector<papers::CaseStatus> out;
    while (TRY(query.row())) {
        const bool pending = query.integer(1) != 0;
        out.push_back({query.text(0), pending ? "UPLOADED" : "RECEIVED",
                       instant(query.integer(pending ? 2 : 3))});
    }
    return out;
}

base::Result<std::int64_t> IntakeStore::count() {
    return database_.integer("SELECT count(*) FROM case_file");
}

base::Result<std::int64_t> IntakeStore::next_serial() {
    return database_.integer("SELECT coalesce(max(serial), 0) + 1 FROM case_file");
}

base::Result<std::int64_t> IntakeStore::count_numbers(const std::string& prefix) {
    store::Query query = database_.prepare(
        "SELECT count(*) FROM case_file WHERE substr(case_number, 1, length(?1)) = ?1");
    const bool found = TRY(query.bind(prefix).row());
    return found ? query.integer(0) : 0;
}

base::Result<std::optional<base::Bytes>> IntakeStore::refusal(
    const std::string& terminal, const domain::SubId& id, const sealing::Digest& manifest_digest) {
    store::Query query = database_.prepare(
        "SELECT receipt FROM refused WHERE terminal = ? AND sub_id = ? AND manifest_digest = ?");
    query.bind(terminal).bind(base::ByteView(id.bytes)).bind(base::ByteView(manifest_digest));
    const bool found = TRY(query.row());
    return found ? std::optional(query.bytes(0)) : std::optional<base::Bytes>{};
}

base::Result<sealing::Digest> IntakeStore::last_receipt(const std::string& terminal) {
    store::Query query = database_.prepare("SELECT last_receipt FROM terminal WHERE terminal = ?");
    const bool found = TRY(query.bind(terminal).row());
    return found ? array_of<32>(query.bytes(0)) : sealing::Digest{};
}

base::Status IntakeStore::insert(const StoredCase& stored) {
    return database_
        .prepare(
            "INSERT INTO case_file(serial, terminal, sub_id, manifest_digest, manifest, signature,"
            " certificate, envelope, local_number, case_number, item_code, item_name, person,"
            " received_at, receipt1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(stored.serial)
        .bind(stored.terminal)
        .bind(base::ByteView(stored.sub_id.bytes))
        .bind(base::ByteView(stored.manifest_digest))
        .bind(base::ByteView(stored.manifest))
        .bind(base::ByteView(stored.signature))
        .bind(base::ByteView(stored.certificate))
        .bind(base::ByteView(stored.envelope))
        .bind(stored.local_number)
        .bind(stored.case_number)
        .bind(stored.item_code)
        .bind(stored.item_name)
        .bind(base::ByteView(stored.person))
        .bind(ms(stored.received_at))
        .bind(base::ByteView(stored.receipt1))
        .run();
}

base::Status IntakeStore::complete(std::int64_t serial, base::ByteView receipt2, base::Instant at) {
    return database_
        .prepare(
            "UPDATE case_file SET receipt2 = ?, completed_at = ?"
            " WHERE serial = ? AND receipt2 IS NULL")
        .bind(receipt2)
        .bind(ms(at))
        .bind(serial)
        .run();
}

base::Status IntakeStore::insert(const Refused& refused) {
    return database_
        .prepare(
            "INSERT INTO refused(terminal, sub_id, manifest_digest, reason, manifest, envelope,"
            " receipt, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(refused.terminal)
        .bind(base::ByteView(refused.sub_id.bytes))
        .bind(base::ByteView(refused.manifest_digest))
        .bind(refused.reason)
        .bind(base::ByteView(refused.manifest))
        .bind(base::ByteView(refused.envelope))
        .bind(base::ByteView(refused.receipt))
        .bind(ms(refused.received_at))
        .run();
}

base::Status IntakeStore::set_last_receipt(const std::string& terminal,
                                           const sealing::Digest& digest) {
    return database_
        .prepare(
            "INSERT INTO terminal VALUES (?, ?)"
            " ON CONFLICT (terminal) DO UPDATE SET last_receipt = excluded.last_receipt")
        .bind(terminal)
        .bind(base::ByteView(digest))
        .run();
}

}  // namespace offline::intake
