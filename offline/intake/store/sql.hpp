// What the case store needs of a database: sessions, statements with $1 … $n (each first met in
// that order), rows as plain values, one transaction at a time. SQLite and PostgreSQL stand behind
// it; the few words in which they differ are in Dialect.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace offline::intake::sql {

using Param = std::variant<std::int64_t, std::string_view, base::ByteView>;
using Cell = std::variant<std::monostate, std::int64_t, std::string, base::Bytes>;

// Reading a column as what it is not is a bug; NULL reads as zero or empty.
class Row {
  public:
    explicit Row(std::vector<Cell> cells) : cells_(std::move(cells)) {}
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const base::Bytes& bytes(std::size_t column) const;

  private:
    std::vector<Cell> cells_;
};
struct Rows {
    std::vector<Row> rows;
    std::int64_t changed = 0;
    bool empty() const { return rows.empty(); }
    const Row& front() const { return rows.front(); }
};

// Used by one thread while it is leased.
class Session {
  public:
    virtual ~Session() = default;
    virtual base::Result<Rows> run(const std::string& statement,
                                   const std::vector<Param>& params) = 0;
    virtual base::Status begin() = 0;
    virtual base::Status commit() = 0;
    virtual void rollback() = 0;
};
using Lease = std::shared_ptr<Session>;

struct Dialect {
    std::string for_update;   // " FOR UPDATE"
    std::string skip_locked;  // " FOR UPDATE SKIP LOCKED"
    std::string next_serial;  // an expression
};

// Hands out sessions, to several threads at once.
class Sessions {
  public:
    virtual ~Sessions() = default;
    // Waits for a free one; StoreUnreachable when there is no connection.
    virtual base::Result<Lease> lease() = 0;
    virtual const Dialect& dialect() const = 0;
};

// Rolled back when it leaves scope without commit().
class Work {
  public:
    static base::Result<Work> begin(Sessions& sessions);
    Work(Work&& other) noexcept : session_(std::move(other.session_)) {}
    Work& operator=(Work&&) = delete;
    ~Work() {
        if (session_) session_->rollback();
    }
    Session& operator*() const { return *session_; }
    Session* operator->() const { return session_.get(); }
    base::Status commit();

  private:
    explicit Work(Lease session) : session_(std::move(session)) {}
    Lease session_;
};

}  // namespace offline::intake::sql
