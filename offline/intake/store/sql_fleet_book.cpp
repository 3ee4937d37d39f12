#include "offline/intake/store/sql_fleet_book.hpp"

#include "offline/intake/store/rows.hpp"

namespace offline::intake {

namespace {

using base::ByteView;
using base::FaultCode;
using sql::Param;
using sql::Row;
using sql::Rows;
using sql::Work;

constexpr int order_tries_max = 20;

const std::string select_heard =
    "SELECT terminal, number, said_at, received_at, content, certificate_id, certificate"
    " FROM heard ";

Heard heard_of(const Row& row) {
    return {
        row.text(0), row.integer(1), instant(row.integer(2)), instant(row.integer(3)), row.bytes(4),
        row.text(5), row.bytes(6)};
}

}  // namespace

base::Result<Rows> SqlFleetBook::run(const std::string& statement,
                                     const std::vector<Param>& params) {
    const sql::Lease session = TRY(sessions_.lease());
    return session->run(statement, params);
}

base::Result<std::optional<Heard>> SqlFleetBook::heard(const std::string& terminal) {
    const Rows found = TRY(run(select_heard + "WHERE terminal = $1", {terminal}));
    if (found.empty()) return std::optional<Heard>{};
    return std::optional(heard_of(found.front()));
}

base::Result<std::vector<Heard>> SqlFleetBook::all_heard() {
    const Rows found = TRY(run(select_heard + "ORDER BY terminal", {}));
    std::vector<Heard> out;
    for (const auto& row : found.rows) out.push_back(heard_of(row));
    return out;
}

base::Result<std::vector<HeardBefore>> SqlFleetBook::history(const std::string& terminal) {
    const Rows found =
        TRY(run("SELECT number, received_at, light, content FROM heartbeat WHERE terminal = $1"
                " ORDER BY received_at DESC, number DESC",
                {terminal}));
    std::vector<HeardBefore> out;
    for (const auto& row : found.rows)
        out.push_back({row.integer(0), instant(row.integer(1)), row.text(2), row.bytes(3)});
    return out;
}

base::Status SqlFleetBook::hear(const Heard& heard, const std::string& light,
                                const std::vector<papers::CommandReport>& reports) {
    Work work = TRY(Work::begin(sessions_));
    // By its number, or by its time when a machine counts from an earlier image of its disk. What a
    // machine said whose place was taken since gives way, whatever its number and clock.
    const Rows newest = TRY(work->run(
        "INSERT INTO heard(terminal, number, said_at, received_at, content, certificate_id,"
        " certificate) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (terminal) DO UPDATE SET"
        " number = excluded.number, said_at = excluded.said_at, received_at = excluded.received_at,"
        " content = excluded.content, certificate_id = excluded.certificate_id,"
        " certificate = excluded.certificate"
        " WHERE heard.number < excluded.number OR heard.said_at < excluded.said_at"
        " OR heard.certificate_id IN (SELECT id FROM certificate"
        " WHERE ended IN ('replaced', 'revoked', 'lost'))",
        {heard.terminal, heard.number, ms(heard.said_at), ms(heard.received_at),
         ByteView(heard.content), heard.certificate_id, ByteView(heard.certificate)}));
    if (newest.changed == 1) {
        TRY(work->run(
            "INSERT INTO heartbeat(terminal, number, received_at, light, content)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            {heard.terminal, heard.number, ms(heard.received_at), light, ByteView(heard.content)}));
        TRY(work->run(
            "DELETE FROM heartbeat WHERE terminal = $1 AND received_at <= (SELECT received_at FROM"
            " heartbeat WHERE terminal = $1 ORDER BY received_at DESC LIMIT 1 OFFSET " +
                std::to_string(heartbeats_kept) + ")",
            {heard.terminal}));
    }
    for (const auto& report : reports) {
        TRY(
            work->run("INSERT INTO command_report(terminal, number, serial, digest, outcome,"
                      " reported_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                      {heard.terminal, report.number, report.serial, report.digest, report.outcome,
                       ms(heard.received_at)}));
        TRY(
            work->run("UPDATE command SET outcome = $1, outcome_at = $2 WHERE terminal = $3 AND"
                      " digest = $4 AND outcome = ''",
                      {report.outcome, ms(heard.received_at), heard.terminal, report.digest}));
    }
    if (!reports.empty())
        TRY(work->run(
            "DELETE FROM command_report WHERE terminal = $1 AND reported_at < (SELECT reported_at"
            " FROM command_report WHERE terminal = $1 ORDER BY reported_at DESC LIMIT 1 OFFSET " +
                std::to_string(command_reports_kept - 1) + ")",
            {heard.terminal}));
    return work.commit();
}

base::Status SqlFleetBook::still_talks(const StillTalking& machine) {
    Work work = TRY(Work::begin(sessions_));
    TRY(work->run(
        "INSERT INTO still_talking(terminal, certificate_id, why, first_at, last_at, times)"
        " VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (terminal, certificate_id) DO UPDATE SET"
        " why = excluded.why, last_at = excluded.last_at, times = still_talking.times + 1",
        {machine.terminal, machine.certificate_id, machine.why, ms(machine.last_at),
         ms(machine.last_at)}));
    TRY(
        work->run("DELETE FROM still_talking WHERE terminal = $1 AND last_at < (SELECT last_at FROM"
                  " still_talking WHERE terminal = $1 ORDER BY last_at DESC LIMIT 1 OFFSET " +
                      std::to_string(still_talking_kept - 1) + ")",
                  {machine.terminal}));
    return work.commit();
}

base::Result<std::vector<StillTalking>> SqlFleetBook::still_talking() {
    const Rows found =
        TRY(run("SELECT terminal, certificate_id, why, first_at, last_at, times FROM still_talking"
                " ORDER BY last_at DESC, certificate_id",
                {}));
    std::vector<StillTalking> out;
    for (const auto& row : found.rows)
        out.push_back({row.text(0), row.text(1), row.text(2), instant(row.integer(3)),
                       instant(row.integer(4)), row.integer(5)});
    return out;
}

// Nothing: another node was quicker with this number.
base::Result<std::optional<std::int64_t>> SqlFleetBook::order_once(const CommandRow& row,
                                                                   const MakeCommand& make) {
    Work work = TRY(Work::begin(sessions_));
    const Rows last = TRY(work->run(
        "SELECT coalesce(max(serial), 0) FROM command WHERE terminal = $1", {row.terminal}));
    const std::int64_t serial = last.front().integer(0) + 1;
    const auto made = TRY(make(serial));
    const Rows put = TRY(
        work->run("INSERT INTO command(terminal, serial, kind, file, digest, ordered_by, issued_at,"
                  " expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                  {row.terminal, serial, row.kind, made.file, made.digest, row.ordered_by,
                   ms(row.issued_at), ms(row.expires_at)}));
    if (put.changed != 1) return std::optional<std::int64_t>{};
    TRY_STATUS(work.commit());
    return std::optional(serial);
}

base::Result<std::int64_t> SqlFleetBook::order(const CommandRow& row, const MakeCommand& make) {
    for (int i = 0; i < order_tries_max; ++i)
        if (const auto serial = TRY(order_once(row, make))) return *serial;
    return base::fail(FaultCode::StoreUnreachable, "commands: too many at once");
}

base::Result<std::vector<std::string>> SqlFleetBook::to_give(const std::string& terminal,
                                                             base::Instant now) {
    const Rows found =
        TRY(run("SELECT file, serial, given_at FROM command WHERE terminal = $1 AND"
                " outcome = '' AND expires_at > $2 ORDER BY serial LIMIT " +
                    std::to_string(papers::heartbeat_commands_max),
                {terminal, ms(now)}));
    std::vector<std::string> out;
    for (const auto& row : found.rows) {
        out.push_back(row.text(0));
        if (row.integer(2) == 0)
            TRY(run("UPDATE command SET given_at = $1 WHERE terminal = $2 AND serial = $3",
                    {ms(now), terminal, row.integer(1)}));
    }
    return out;
}

base::Result<std::vector<CommandRow>> SqlFleetBook::commands(const std::string& terminal) {
    const Rows found =
        TRY(run("SELECT terminal, serial, kind, ordered_by, issued_at, expires_at, given_at,"
                " outcome_at, outcome FROM command WHERE terminal = $1 ORDER BY serial DESC"
                " LIMIT 200",
                {terminal}));
    std::vector<CommandRow> out;
    for (const auto& row : found.rows)
        out.push_back({row.text(0), row.integer(1), row.text(2), row.text(3),
                       instant(row.integer(4)), instant(row.integer(5)), instant(row.integer(6)),
                       instant(row.integer(7)), row.text(8)});
    return out;
}

base::Result<std::vector<ReportRow>> SqlFleetBook::reports(const std::string& terminal) {
    const Rows found =
        TRY(run("SELECT terminal, serial, outcome, reported_at FROM command_report"
                " WHERE terminal = $1 ORDER BY reported_at DESC, number DESC"
                " LIMIT 200",
                {terminal}));
    std::vector<ReportRow> out;
    for (const auto& row : found.rows)
        out.push_back({row.text(0), row.integer(1), row.text(2), instant(row.integer(3))});
    return out;
}

}  // namespace offline::intake
