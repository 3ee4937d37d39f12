#include "offline/store/database.hpp"

#include "base/assert.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <map>

namespace offline::store {

namespace {

using base::FaultCode;

base::Fault fault_of(int code) {
    const std::string detail = std::string("sqlite: ") + sqlite3_errstr(code);
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return {FaultCode::DiskFull, detail};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {FaultCode::OutboxCorrupt, detail};
        default:
            return {FaultCode::FileUnwritable, detail};
    }
}

}  // namespace

struct Query::State {
    sqlite3_stmt* statement = nullptr;
    int problem = SQLITE_OK;  // why it could not be prepared: a damaged schema; row() reports it
    bool in_use = false;
};

struct Database::Impl {
    sqlite3* handle = nullptr;
    std::map<std::string, Query::State> statements;

    ~Impl() {
        for (auto& [sql, state] : statements) sqlite3_finalize(state.statement);
        sqlite3_close(handle);
    }
};

Query::Query(Query&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)), next_(other.next_) {}

Query::~Query() {
    if (state_ == nullptr) return;
    sqlite3_reset(state_->statement);
    sqlite3_clear_bindings(state_->statement);
    state_->in_use = false;
}

void Query::check_bound(int code) const {
    KIOSK_ASSERT(state_->statement == nullptr || code == SQLITE_OK);
}
Query& Query::bind(std::int64_t value) {
    check_bound(sqlite3_bind_int64(state_->statement, next_++, value));
    return *this;
}
Query& Query::bind(const std::string& value) {
    check_bound(sqlite3_bind_text(state_->statement, next_++, value.data(),
                                  static_cast<int>(value.size()), SQLITE_TRANSIENT));
    return *this;
}
Query& Query::bind(base::ByteView value) {
    // A null pointer would bind NULL; no bytes are still bytes.
    check_bound(value.empty() ? sqlite3_bind_zeroblob(state_->statement, next_++, 0)
                              : sqlite3_bind_blob64(state_->statement, next_++, value.data(),
                                                    value.size(), SQLITE_TRANSIENT));
    return *this;
}

base::Result<bool> Query::row() {
    if (state_->statement == nullptr) return base::fail(fault_of(state_->problem));
    const int code = sqlite3_step(state_->statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return base::fail(fault_of(code));
}

base::Status Query::run() {
    const auto more = row();
    if (!more) return base::fail(more.error());
    return {};
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(state_->statement, column);
}
std::string Query::text(int column) const {
    const base::Bytes value = bytes(column);
    return {value.begin(), value.end()};
}
base::Bytes Query::bytes(int column) const {
    const auto* data =
        static_cast<const std::uint8_t*>(sqlite3_column_blob(state_->statement, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(state_->statement, column));
    return data == nullptr ? base::Bytes{} : base::Bytes(data, data + size);
}
bool Query::is_null(int column) const {
    return sqlite3_column_type(state_->statement, column) == SQLITE_NULL;
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

base::Result<Database> Database::open(const std::string& path, Access access) {
    auto impl = std::make_unique<Impl>();
    const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code =
        sqlite3_open_v2(path.c_str(), &impl->handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) return base::fail(fault_of(code));
    sqlite3_extended_result_codes(impl->handle, 1);
    sqlite3_db_config(impl->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_busy_timeout(impl->handle, access == Access::owner_only ? 0 : 5000);
    Database database(std::move(impl));
    // Page size before the first page, locking before WAL: then no shared-memory file is needed.
    if (access == Access::owner_only) TRY_STATUS(database.execute("PRAGMA locking_mode=EXCLUSIVE"));
    if (access != Access::read_only)
        TRY_STATUS(
            database.execute("PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL;"
                             "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                             "PRAGMA wal_autocheckpoint=250; PRAGMA journal_size_limit=4194304"));
    TRY_STATUS(
        database.execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                         "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                         "PRAGMA temp_store=MEMORY"));
    return database;
}

base::Status Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(impl_->handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return base::fail(fault_of(sqlite3_extended_errcode(impl_->handle)));
    return {};
}

Query Database::prepare(const std::string& sql) {
    auto& state = impl_->statements[sql];
    if (state.statement == nullptr) {
        state.problem = sqlite3_prepare_v3(impl_->handle, sql.c_str(), static_cast<int>(sql.size()),
                                           SQLITE_PREPARE_PERSISTENT, &state.statement, nullptr);
        KIOSK_ASSERT((state.problem & 0xFF) != SQLITE_ERROR);
    }
    KIOSK_ASSERT(!state.in_use);
    state.in_use = true;
    return Query(&state);
}

base::Result<std::int64_t> Database::integer(const std::string& sql) {
    Query query = prepare(sql);
    const bool found = TRY(query.row());
    return found ? query.integer(0) : 0;
}

base::Status Database::quick_check() {
    Query query = prepare("PRAGMA quick_check(1)");
    const auto found = query.row();
    if (!found) return base::fail(found.error());
    if (!*found || query.text(0) != "ok")
        return base::fail(FaultCode::OutboxCorrupt, "quick_check");
    return {};
}

std::int64_t Database::changed_rows() const {
    return sqlite3_changes64(impl_->handle);
}

base::Result<Transaction> Transaction::begin(Database& database) {
    TRY_STATUS(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    // After a failed statement SQLite may have rolled back already; then this says so and is
    // ignored.
    if (database_ != nullptr) [[maybe_unused]]
        const auto ignored = database_->execute("ROLLBACK");
}

base::Status Transaction::commit() {
    TRY_STATUS(database_->execute("COMMIT"));
    database_ = nullptr;
    return {};
}

base::Result<FolderLock> FolderLock::take(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return base::fail(FaultCode::FileUnwritable, path);
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return base::fail(FaultCode::PostRefused, "another instance holds " + path);
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace offline::store
