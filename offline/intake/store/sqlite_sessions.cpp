#include "offline/intake/store/sqlite_sessions.hpp"

#include "offline/intake/store/schema.hpp"
#include "offline/papers/manifest.hpp"
#include "offline/store/database.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>

namespace offline::intake::sql {

namespace {

class SqliteSession final : public Session {
  public:
    explicit SqliteSession(store::Database database) : database_(std::move(database)) {}

    base::Result<Rows> run(const std::string& statement,
                           const std::vector<Param>& params) override {
        store::Query query = database_.prepare(statement);
        for (const auto& param : params) {
            if (const auto* number = std::get_if<std::int64_t>(&param))
                query.bind(*number);
            else if (const auto* text = std::get_if<std::string_view>(&param))
                query.bind(std::string(*text));
            else
                query.bind(std::get<base::ByteView>(param));
        }
        Rows out;
        while (TRY(query.row())) {
            std::vector<Cell> cells;
            for (int i = 0; i < query.columns(); ++i) switch (query.kind(i)) {
                    case store::Query::Kind::nothing:
                        cells.emplace_back();
                        break;
                    case store::Query::Kind::integer:
                        cells.emplace_back(query.integer(i));
                        break;
                    case store::Query::Kind::text:
                        cells.emplace_back(query.text(i));
                        break;
                    case store::Query::Kind::bytes:
                        cells.emplace_back(query.bytes(i));
                        break;
                }
            out.rows.emplace_back(std::move(cells));
        }
        out.changed = database_.changed_rows();
        return out;
    }
    base::Status begin() override { return database_.execute("BEGIN IMMEDIATE"); }
    base::Status commit() override { return database_.execute("COMMIT"); }
    void rollback() override {
        // SQLite may have rolled back already; then this says so and is ignored.
        [[maybe_unused]] const auto ignored = database_.execute("ROLLBACK");
    }
    store::Database& database() { return database_; }

  private:
    store::Database database_;
};

// Version 1 knew neither epochs nor states as columns; they stand in its papers.
base::Status migrate_1(SqliteSession& session) {
    TRY_STATUS(session.database().execute(schema::sqlite_from_1()));
    const Rows old = TRY(session.run("SELECT serial, manifest, receipt2 FROM case_file", {}));
    for (const auto& row : old.rows) {
        const papers::Manifest manifest = TRY(papers::Manifest::parse(row.bytes(1)));
        const std::string_view state = row.bytes(2).empty() ? "UPLOADED" : "RECEIVED";
        TRY(session.run("UPDATE case_file SET epoch = $1, seq = $2, state = $3 WHERE serial = $4",
                        {base::ByteView(manifest.epoch), manifest.seq, state, row.integer(0)}));
    }
    // Whatever was complete has no effect yet.
    return session.database().execute(
        "INSERT INTO outbox SELECT serial, 0, 0 FROM case_file WHERE state = 'RECEIVED';"
        "INSERT INTO number_of SELECT substr(case_number, 1, length(case_number) - 4), count(*)"
        " FROM case_file GROUP BY 1");
}

base::Status make_tables(SqliteSession& session) {
    TRY_STATUS(session.begin());
    const std::int64_t version = TRY(session.database().integer("PRAGMA user_version"));
    base::Status made;
    if (version == 0)
        made = session.database().execute(schema::sqlite());
    else if (version < 0 || version > schema::version)
        made = base::fail(base::FaultCode::OutboxCorrupt, "written by a newer program");
    else if (version == 1)
        made = migrate_1(session);
    if (made && version > 0 && version < schema::version)
        made =
            session.database().execute(schema::sqlite_from(std::max(2, static_cast<int>(version))));
    if (made)
        made =
            session.database().execute("PRAGMA user_version = " + std::to_string(schema::version));
    if (made) made = session.commit();
    if (!made) session.rollback();
    return made;
}

class SqliteSessions final : public Sessions {
  public:
    SqliteSessions(store::Database database, std::optional<store::FolderLock> lock)
        : session_(std::move(database)), lock_(std::move(lock)) {}

    base::Result<Lease> lease() override {
        mutex_.lock();
        return Lease(&session_, [this](Session*) { mutex_.unlock(); });
    }
    const Dialect& dialect() const override {
        static const Dialect sqlite{
            "", "",
            "WITH RECURSIVE next(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM next WHERE n < $1)"
            " SELECT n + (SELECT coalesce(max(serial), 0) FROM case_file) FROM next"};
        return sqlite;
    }
    SqliteSession& session() { return session_; }

  private:
    std::mutex mutex_;  // guards session_
    SqliteSession session_;
    std::optional<store::FolderLock> lock_;
};

}  // namespace

base::Result<std::unique_ptr<Sessions>> sqlite_sessions(const std::string& folder, Opened opened) {
    std::optional<store::FolderLock> lock;
    if (opened == Opened::to_serve) {
        std::error_code problem;
        std::filesystem::create_directories(folder, problem);
        if (problem) return base::fail(base::FaultCode::FileUnwritable, folder);
        lock = TRY(store::FolderLock::take(folder + "/intake.lock"));
    }
    const std::string path = folder + "/intake.sqlite";
    if (opened == Opened::by_operator && !std::filesystem::exists(path))
        return base::fail(base::FaultCode::FileUnreadable, path);
    store::Database database = TRY(store::Database::open(
        path, opened == Opened::to_read ? store::Access::read_only : store::Access::shared));
    if (opened == Opened::to_serve) TRY_STATUS(database.quick_check());
    auto sessions = std::make_unique<SqliteSessions>(std::move(database), std::move(lock));
    if (opened != Opened::to_read) TRY_STATUS(make_tables(sessions->session()));
    return std::unique_ptr<Sessions>(std::move(sessions));
}

}  // namespace offline::intake::sql
