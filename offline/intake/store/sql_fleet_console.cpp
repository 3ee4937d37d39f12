// The half of the fleet book that is about who uses the console.
#include "offline/intake/store/rows.hpp"
#include "offline/intake/store/sql_fleet_book.hpp"

namespace offline::intake {

namespace {

using base::ByteView;
using base::FaultCode;
using sql::Row;
using sql::Rows;
using sql::Work;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::array<std::string_view, 3> role_names{"viewer", "operator", "admin"};

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

// One transaction and one row written, whether there is such an account or not: it takes as long.
base::Status SqlFleetBook::refuse_sign_in(const std::string& who, bool known, base::Instant now) {
    Work work = TRY(Work::begin(sessions_));
    TRY(work->run("UPDATE account SET wrong = wrong + 1, wrong_at = $1 WHERE name = $2",
                  {ms(now), who}));
    const std::int64_t day = ms(now) / day_ms;
    TRY(
        work->run("INSERT INTO sign_in_refused(account, day, times, last_at) VALUES ($1, $2, 1, $3)"
                  " ON CONFLICT (account, day) DO UPDATE SET times = sign_in_refused.times + 1,"
                  " last_at = excluded.last_at",
                  {known ? std::string_view(who) : std::string_view(), day, ms(now)}));
    TRY(work->run("DELETE FROM sign_in_refused WHERE day <= $1", {day - refused_days_kept}));
    return work.commit();
}

base::Result<std::vector<RefusedSignIns>> SqlFleetBook::refused_sign_ins() {
    const Rows found =
        TRY(run("SELECT account, day, times, last_at FROM sign_in_refused"
                " ORDER BY last_at DESC, account LIMIT 100",
                {}));
    std::vector<RefusedSignIns> out;
    for (const auto& row : found.rows)
        out.push_back({row.text(0), row.integer(2), instant(row.integer(3))});
    return out;
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
    Work work = TRY(Work::begin(sessions_));
    TRY(
        work->run("INSERT INTO console_act(acted_at, account, act, terminal, outcome)"
                  " VALUES ($1, $2, $3, $4, $5)",
                  {ms(act.at), act.account, act.act, act.terminal, act.outcome}));
    // Of this account alone: nobody drives out what another one did.
    TRY(
        work->run("DELETE FROM console_act WHERE account = $1 AND acted_at < (SELECT acted_at FROM"
                  " console_act WHERE account = $1 ORDER BY acted_at DESC LIMIT 1 OFFSET " +
                      std::to_string(acts_kept - 1) + ")",
                  {act.account}));
    return work.commit();
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
