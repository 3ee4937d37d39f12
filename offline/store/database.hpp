// One SQLite connection, behind the few calls the outbox and the intake need. A thread owns it; it
// is not shared. Statements are prepared once and kept. Faults: DiskFull (quota or disk),
// OutboxCorrupt (a damaged file), StoreWriteFailed (the medium did not take a write or a flush:
// what was to be committed is rolled back; try again on the same connection, never on a new one),
// FileUnwritable (read-only, not allowed), FileUnreadable, PostRefused (another program holds it).
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "offline/store/disk.hpp"

#include <memory>
#include <string>
#include <utility>

namespace offline::store {

enum class Access { owner_only, shared, read_only };

// One prepared statement in use: bind in order, then step. Leaving scope resets it.
class Query {
  public:
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    Query& bind(std::int64_t value);
    Query& bind(const std::string& value);
    Query& bind(base::ByteView value);

    base::Result<bool> row();  // true: a row stands ready
    base::Status run();        // expects no row

    enum class Kind { nothing, integer, text, bytes };
    int columns() const;
    Kind kind(int column) const;  // of the row that stands ready
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    base::Bytes bytes(int column) const;
    bool is_null(int column) const;

  private:
    friend class Database;
    struct State;
    explicit Query(State* state) : state_(state) {}
    void check_bound(int code) const;

    State* state_;
    int next_ = 1;
};

class Database {
  public:
    // owner_only: EXCLUSIVE locking for the life of the connection, and checkpoints are the owner's
    // work: a commit is then exactly one flush. All: WAL, synchronous FULL (EXTRA, which is the
    // same in WAL).
    static base::Result<Database> open(const std::string& path, Access access,
                                       Disk& disk = real_disk());
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    base::Status execute(const std::string& sql);  // several statements, no values
    // A wrong statement is a bug once the schema was checked; before, row() reports OutboxCorrupt.
    Query prepare(const std::string& sql);
    base::Result<std::int64_t> integer(const std::string& sql);
    base::Status quick_check();
    // The tables are exactly those that the statements `made_by` make.
    base::Status check_schema(const std::string& made_by);

    // Pages in the write-ahead log. It grows with every commit until checkpoint(); at 2500 a commit
    // checkpoints by itself, so that it is bounded whatever the owner does.
    std::int64_t wal_pages() const;
    // Moves the log into the database and begins the next one: four flushes.
    base::Status checkpoint();
    // For a commit that failed at its flush and is given up: its pages stand whole in the log, and
    // whoever opens the file after this program was killed would take them for committed. A commit
    // without meaning goes over them; whether that one becomes durable does not matter.
    void write_over_failed_commit();
    std::int64_t changed_rows() const;

  private:
    base::Status commit_nothing();
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// BEGIN IMMEDIATE … COMMIT; what was not committed is rolled back when it leaves scope.
class Transaction {
  public:
    static base::Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept
        : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    base::Status commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace offline::store
