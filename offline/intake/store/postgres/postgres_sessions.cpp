#include "offline/intake/store/postgres/postgres_sessions.hpp"

#include "base/clock.hpp"
#include "offline/intake/store/postgres/connection.hpp"
#include "offline/intake/store/schema.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace offline::intake::sql {

namespace {

using base::FaultCode;

constexpr base::Millis first_wait{100}, longest_wait{5000};
// Longer than a statement may take: a request that waits here is answered before a proxy gives up.
constexpr auto lease_wait = std::chrono::seconds(20);

// Any number that only this program takes.
constexpr const char* one_at_a_time = "SELECT pg_advisory_xact_lock(4861237713)";

base::Status make_tables(PostgresConnection& connection) {
    TRY_STATUS(connection.begin());
    base::Status made = connection.execute(one_at_a_time);
    const auto work = [&]() -> base::Status {
        TRY_STATUS(made);
        const Rows fsync = TRY(connection.run("SELECT current_setting('fsync')", {}));
        if (fsync.front().text(0) != "on")
            return base::fail(FaultCode::StoreUnreachable, "postgres: fsync is off");
        TRY_STATUS(connection.execute(
            "CREATE TABLE IF NOT EXISTS intake_version(version BIGINT NOT NULL)"));
        const Rows found = TRY(connection.run("SELECT version FROM intake_version", {}));
        const std::int64_t before = found.empty() ? 0 : found.front().integer(0);
        if (found.empty()) {
            TRY_STATUS(connection.execute(schema::postgres()));
            TRY(connection.run("INSERT INTO intake_version(version) VALUES ($1)",
                               {std::int64_t{schema::version}}));
        } else if (before >= 2 && before < schema::version) {
            TRY_STATUS(connection.execute(schema::postgres_from(static_cast<int>(before))));
            TRY(connection.run("UPDATE intake_version SET version = $1",
                               {std::int64_t{schema::version}}));
        } else if (before != schema::version) {
            return base::fail(FaultCode::OutboxCorrupt, "written by a newer program");
        }
        return connection.commit();
    };
    made = work();
    if (!made) connection.rollback();
    return made;
}

class PostgresSessions final : public Sessions {
  public:
    PostgresSessions(std::string url, int connections, std::unique_ptr<PostgresConnection> first)
        : url_(std::move(url)), room_(connections) {
        free_.push_back(std::move(first));
    }

    base::Result<Lease> lease() override {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, lease_wait, [&] { return leased_ < room_; }))
            return base::fail(FaultCode::StoreUnreachable, "postgres: all connections are busy");
        ++leased_;
        std::unique_ptr<PostgresConnection> connection;
        if (!free_.empty()) {
            connection = std::move(free_.back());
            free_.pop_back();
        } else if (clock_.steady() >= not_before_) {
            lock.unlock();
            auto opened = PostgresConnection::open(url_);
            lock.lock();
            if (opened) connection = std::move(*opened);
            note(connection != nullptr);
        }
        if (connection == nullptr) {
            --leased_;
            returned_.notify_one();
            return base::fail(FaultCode::StoreUnreachable, "postgres: no connection");
        }
        return Lease(connection.release(), [this](Session* session) {
            give_back(
                std::unique_ptr<PostgresConnection>(static_cast<PostgresConnection*>(session)));
        });
    }
    const Dialect& dialect() const override {
        static const Dialect postgres{" FOR UPDATE", " FOR UPDATE SKIP LOCKED",
                                      "SELECT nextval('case_serial') FROM generate_series(1, $1)"};
        return postgres;
    }

  private:
    void give_back(std::unique_ptr<PostgresConnection> connection) {
        std::lock_guard lock(mutex_);
        --leased_;
        if (!connection->is_broken())
            free_.push_back(std::move(connection));
        else
            free_.clear();  // the others broke with it, or are opened again for nothing
        returned_.notify_one();
    }
    void note(bool connected) {
        if (connected) {
            wait_ = first_wait;
            not_before_ = {};
        } else {
            not_before_ = clock_.steady() + wait_;
            wait_ = std::min(wait_ * 2, longest_wait);
        }
    }

    const std::string url_;
    const base::SystemClock clock_;
    const int room_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable returned_;
    std::vector<std::unique_ptr<PostgresConnection>> free_;
    int leased_ = 0;
    base::Millis not_before_{};  // by clock_
    base::Millis wait_ = first_wait;
};

}  // namespace

bool is_postgres_url(const std::string& url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

base::Result<std::unique_ptr<Sessions>> postgres_sessions(const std::string& url, int connections) {
    auto first = TRY(PostgresConnection::open(url));
    TRY_STATUS(make_tables(*first));
    return std::unique_ptr<Sessions>(
        std::make_unique<PostgresSessions>(url, connections, std::move(first)));
}

}  // namespace offline::intake::sql
