// One SQLite connection, behind the few calls the outbox and the intake need. A thread owns it; it
// is not shared. SQLITE_FULL is DiskFull; a damaged file is OutboxCorrupt; an I/O error
// FileUnwritable. Statements are prepared once and kept.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

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
    // owner_only: EXCLUSIVE locking for the life of the connection. All: WAL, synchronous FULL.
    static base::Result<Database> open(const std::string& path, Access access);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    base::Status execute(const std::string& sql);  // several statements, no values
    Query prepare(const std::string& sql);         // a wrong statement is a bug
    base::Result<std::int64_t> integer(const std::string& sql);
    base::Status quick_check();
    std::int64_t changed_rows() const;

  private:
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

// Held for the life of a program: a second one on the same folder is refused (PostRefused).
class FolderLock {
  public:
    static base::Result<FolderLock> take(const std::string& path);
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace offline::store
