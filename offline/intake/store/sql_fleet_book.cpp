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
constexpr std::array<std::string_view, 3> role_names{"viewer", "operator", "admin"};

const std::string select_heard =
    "SELECT terminal, number, said_at, received_at, content, certificate_id, certificate"
    " FROM heard ";

Heard heard_of(const Row& row) {
    return {
        row.text(0), row.integer(1), instant(row.integer(2)), instant(row.integer(3)), row.bytes(4),
        row.text(5), row.bytes(6)};
}

const std::string select_accounts =
    "SELECT name, role, salt, hash, made_at, disabled_at, wrong, wrong_at FROM account ";

Account account_of(const Row& row) {
    Account out;
    out.name = row.text(0);
    out.role = role_from(row.text(1)).value_or(Role::viewer);
    out.salt = array_of<16>(row.bytes(2));
    out.hash = array_of<32>(row.bytes(3));
    out.made_at = instant(row.integer(4));
    out.disabled = row.integer(5) != 0;
    out.wrong = row.integer(6);
    out.wrong_at = instant(row.integer(7));
    return out;
}

}  // namespace

std::string_view name(Role role) {
    return role_names.at(static_cast<std::size_t>(role));
}

std::optional<Role> role_from(std::string_view word) {
    const auto* at = std::find(role_names.begin(), role_names.end(), word);
    if (at == role_names.end()) return std::nullopt;
    return static_cast<Role>(at - role_names.begin());
}

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

base::Result<bool> SqlFleetBook::add(const Account& account) {
    const Rows put =
        TRY(run("INSERT INTO account(name, role, salt, hash, made_at) VALUES ($1, $2, $3, $4, $5)"
                " ON CONFLICT DO NOTHING",
                {account.name, name(account.role), ByteView(account.salt), ByteView(account.hash),
                 ms(account.made_at)}));
    return put.changed == 1;
}

base::Result<std::optional<Account>> SqlFleetBook::account(const std::string& who) {
    const Rows found = TRY(run(select_accounts + "WHERE name = $1", {who}));
    if (found.empty()) return std::optional<Account>{};
    return std::optional(account_of(found.front()));
}

base::Result<std::vector<Account>> SqlFleetBook::accounts() {
    const Rows found = TRY(run(select_accounts + "ORDER BY name", {}));
    std::vector<Account> out;
    for (const auto& row : found.rows) out.push_back(account_of(row));
    return out;
}

base::Status SqlFleetBook::disable(const std::string& who, base::Instant now) {
    Work work = TRY(Work::begin(sessions_));
    const Rows ended = TRY(work->run(
        "UPDATE account SET disabled_at = $1 WHERE name = $2 AND disabled_at = 0", {ms(now), who}));
    if (ended.changed != 1) return base::fail(FaultCode::AnswerNotFound, "no such account");
    TRY(work->run("DELETE FROM console_session WHERE account = $1", {who}));
    return work.commit();
}

base::Status SqlFleetBook::count_wrong(const std::string& who, base::Instant now) {
    TRY(run("UPDATE account SET wrong = wrong + 1, wrong_at = $1 WHERE name = $2", {ms(now), who}));
    return {};
}

base::Status SqlFleetBook::forgive(const std::string& who) {
    TRY(run("UPDATE account SET wrong = 0, wrong_at = 0 WHERE name = $1", {who}));
    return {};
}

base::Status SqlFleetBook::begin(const ConsoleSession& session) {
    TRY(
        run("INSERT INTO console_session(token, account, csrf, begun_at, seen_at)"
            " VALUES ($1, $2, $3, $4, $5)",
            {ByteView(session.token), session.account, session.csrf, ms(session.begun_at),
             ms(session.seen_at)}));
    return {};
}

base::Result<std::optional<ConsoleSession>> SqlFleetBook::session(base::ByteView token,
                                                                  base::Instant not_before) {
    TRY(run("DELETE FROM console_session WHERE seen_at < $1", {ms(not_before)}));
    const Rows found =
        TRY(run("SELECT token, account, csrf, begun_at, seen_at FROM console_session"
                " WHERE token = $1",
                {token}));
    if (found.empty()) return std::optional<ConsoleSession>{};
    const auto& row = found.front();
    return std::optional(ConsoleSession{row.bytes(0), row.text(1), row.text(2),
                                        instant(row.integer(3)), instant(row.integer(4))});
}

base::Status SqlFleetBook::touch(base::ByteView token, base::Instant now) {
    TRY(run("UPDATE console_session SET seen_at = $1 WHERE token = $2", {ms(now), token}));
    return {};
}

base::Status SqlFleetBook::end_session(base::ByteView token) {
    TRY(run("DELETE FROM console_session WHERE token = $1", {token}));
    return {};
}

base::Status SqlFleetBook::record(const ConsoleAct& act) {
    TRY(
        run("INSERT INTO console_act(acted_at, account, act, terminal, outcome)"
            " VALUES ($1, $2, $3, $4, $5)",
            {ms(act.at), act.account, act.act, act.terminal, act.outcome}));
    return {};
}

base::Result<std::vector<ConsoleAct>> SqlFleetBook::acts() {
    const Rows found =
        TRY(run("SELECT acted_at, account, act, terminal, outcome FROM console_act"
                " ORDER BY acted_at DESC LIMIT 200",
                {}));
    std::vector<ConsoleAct> out;
    for (const auto& row : found.rows)
        out.push_back(
            {instant(row.integer(0)), row.text(1), row.text(2), row.text(3), row.text(4)});
    return out;
}

}  // namespace offline::intake
