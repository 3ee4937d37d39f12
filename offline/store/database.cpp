#include "offline/store/database.hpp"

#include "base/assert.hpp"

#include <sqlite3.h>

#include <map>

namespace offline::store {

namespace {

using base::FaultCode;

// An owner that never checkpoints still gets a bounded log: then a commit pays for it.
constexpr int wal_pages_most = 2500;  // 10 MB

base::Fault fault_of(int code) {
    const std::string detail =
        std::string("sqlite: ") + sqlite3_errstr(code) + " (" + std::to_string(code) + ")";
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return {FaultCode::DiskFull, detail};
        // Our statements are right and keep every constraint; only a damaged file says otherwise.
        case SQLITE_ERROR:
        case SQLITE_CONSTRAINT:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {FaultCode::OutboxCorrupt, detail};
        case SQLITE_BUSY:
            return {FaultCode::PostRefused, "another program holds the file"};
        case SQLITE_IOERR:
            if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_CORRUPTFS)
                return {FaultCode::OutboxCorrupt, detail};
            if (code == SQLITE_IOERR_READ || code == SQLITE_IOERR_FSTAT)
                return {FaultCode::FileUnreadable, detail};
            return {FaultCode::StoreWriteFailed, detail};
        default:
            return {FaultCode::FileUnwritable, detail};
    }
}

// What a schema consists of, as text; damaged ones do not read.
base::Result<std::string> catalogue_of(sqlite3* handle) {
    std::string out;
    const auto append = [](void* text, int columns, char** values, char**) {
        for (int i = 0; i < columns; ++i)
            *static_cast<std::string*>(text) += std::string(values[i] ? values[i] : "") + '\n';
        return 0;
    };
    const int code = sqlite3_exec(
        handle, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name", append,
        &out, nullptr);
    if (code != SQLITE_OK) return base::fail(fault_of(code));
    return out;
}

}  // namespace

struct Query::State {
    sqlite3_stmt* statement = nullptr;
    int problem = SQLITE_OK;  // why it could not be prepared: a damaged schema; row() reports it
    bool in_use = false;
    bool alone = false;  // nobody else can hold the file: BUSY would be a bug
};

struct Database::Impl {
    sqlite3* handle = nullptr;
    std::map<std::string, Query::State> statements;
    bool alone = false;
    bool schema_checked = false;
    std::int64_t wal_pages = 0;

    static int committed(void* self, sqlite3* handle, const char*, int pages) {
        static_cast<Impl*>(self)->wal_pages = pages;
        if (pages >= wal_pages_most)
            sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        return SQLITE_OK;
    }
    ~Impl() {
        for (auto& [sql, state] : statements) sqlite3_finalize(state.statement);
        sqlite3_close(handle);
    }
};

Query::Query(Query&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)), next_(other.next_) {}

Query::~Query() {
    if (state_ == nullptr) return;
    state_->in_use = false;
    if (state_->statement == nullptr) return;  // it could not be prepared
    sqlite3_reset(state_->statement);
    sqlite3_clear_bindings(state_->statement);
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
    KIOSK_ASSERT(!state_->alone || (code & 0xFF) != SQLITE_BUSY);
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

int Query::columns() const {
    return sqlite3_column_count(state_->statement);
}
Query::Kind Query::kind(int column) const {
    switch (sqlite3_column_type(state_->statement, column)) {
        case SQLITE_NULL:
            return Kind::nothing;
        case SQLITE_INTEGER:
            return Kind::integer;
        case SQLITE_BLOB:
            return Kind::bytes;
        default:
            return Kind::text;
    }
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

base::Result<Database> Database::open(const std::string& path, Access access, Disk& disk) {
    auto impl = std::make_unique<Impl>();
    const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(path.c_str(), &impl->handle, flags | SQLITE_OPEN_NOMUTEX,
                                     disk.sqlite_vfs());
    if (code != SQLITE_OK) return base::fail(fault_of(code));
    sqlite3_extended_result_codes(impl->handle, 1);
    sqlite3_db_config(impl->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_busy_timeout(impl->handle, access == Access::owner_only ? 0 : 5000);
    Database database(std::move(impl));
    // Locking before WAL: then no shared-memory file is needed. EXTRA is FULL in WAL mode; it
    // matters for the one rollback journal before that.
    if (access == Access::owner_only) TRY_STATUS(database.execute("PRAGMA locking_mode=EXCLUSIVE"));
    if (access != Access::read_only) {
        TRY_STATUS(database.execute("PRAGMA synchronous=EXTRA"));
        // Only into a new file: into an old one auto_vacuum is written again, and a start on a full
        // disk would fail for it.
        if (TRY(database.integer("PRAGMA page_count")) == 0)
            TRY_STATUS(database.execute("PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL"));
        TRY_STATUS(
            database.execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=250;"
                             "PRAGMA journal_size_limit=4194304"));
    }
    TRY_STATUS(
        database.execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                         "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                         "PRAGMA temp_store=MEMORY"));
    if (access == Access::owner_only) {
        // In place of the automatic checkpoint, which would add its flushes to a commit.
        sqlite3_wal_hook(database.impl_->handle, &Impl::committed, database.impl_.get());
        database.impl_->alone = true;
    }
    return database;
}

base::Status Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(impl_->handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    KIOSK_ASSERT(!impl_->alone || (code & 0xFF) != SQLITE_BUSY);
    return base::fail(fault_of(sqlite3_extended_errcode(impl_->handle)));
}

Query Database::prepare(const std::string& sql) {
    auto& state = impl_->statements[sql];
    if (state.statement == nullptr) {
        state.problem = sqlite3_prepare_v3(impl_->handle, sql.c_str(), static_cast<int>(sql.size()),
                                           SQLITE_PREPARE_PERSISTENT, &state.statement, nullptr);
        KIOSK_ASSERT(!impl_->schema_checked || (state.problem & 0xFF) != SQLITE_ERROR);
        state.alone = impl_->alone;
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

base::Status Database::check_schema(const std::string& made_by) {
    Impl fresh;
    if (sqlite3_open_v2(":memory:", &fresh.handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK ||
        sqlite3_exec(fresh.handle, made_by.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return base::fail(FaultCode::InternalError, "sqlite: the schema's own statements");
    const std::string expected = TRY(catalogue_of(fresh.handle));
    const std::string found = TRY(catalogue_of(impl_->handle));
    if (found != expected) return base::fail(FaultCode::OutboxCorrupt, "schema");
    impl_->schema_checked = true;
    return {};
}

std::int64_t Database::wal_pages() const {
    return impl_->wal_pages;
}

base::Status Database::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(impl_->handle, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               nullptr, nullptr);
    if (code != SQLITE_OK) return base::fail(fault_of(code));
    // The first commit into a log flushes the log's new header too. It is paid here.
    return commit_nothing();
}

base::Status Database::commit_nothing() {
    const std::int64_t version = TRY(integer("PRAGMA user_version"));
    return execute("PRAGMA user_version = " + std::to_string(version));
}

void Database::write_over_failed_commit() {
    [[maybe_unused]] const auto ignored = commit_nothing();
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

}  // namespace offline::store
