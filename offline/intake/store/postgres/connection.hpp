// One connection to PostgreSQL: statements are prepared once and kept. One thread at a time.
#pragma once

#include "offline/intake/store/sql.hpp"

#include <map>
#include <memory>
#include <string>

struct pg_conn;
struct pg_result;

namespace offline::intake::sql {

class PostgresConnection final : public Session {
  public:
    // StoreUnreachable.
    static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& url);

    base::Result<Rows> run(const std::string& statement, const std::vector<Param>& params) override;
    base::Status begin() override;
    base::Status commit() override;
    void rollback() override;
    // Several statements without values.
    base::Status execute(const std::string& statements);
    bool is_broken() const;

  private:
    struct Close {
        void operator()(pg_conn* connection) const;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;

    explicit PostgresConnection(pg_conn* connection) : connection_(connection) {}
    base::Result<std::string> prepared(const std::string& statement,
                                       const std::vector<Param>& params);
    base::Fault fault_of(const pg_result* result) const;

    std::unique_ptr<pg_conn, Close> connection_;
    std::map<std::string, std::string> names_;  // of prepared statements
};

}  // namespace offline::intake::sql
