#include "offline/intake/store/sql_terminal_book.hpp"

#include "offline/intake/store/rows.hpp"

namespace offline::intake {

namespace {

using base::ByteView;
using base::FaultCode;
using sql::Param;
using sql::Row;
using sql::Rows;
using sql::Work;

constexpr std::array<std::string_view, 5> ended_names{"", "renewed", "replaced", "revoked", "lost"};

Ended ended_from(const std::string& text) {
    const auto* at = std::find(ended_names.begin(), ended_names.end(), text);
    KIOSK_ASSERT(at != ended_names.end());
    return static_cast<Ended>(at - ended_names.begin());
}

const std::string select_invitations =
    "SELECT number, terminal, division, point, profile, replaces, valid_until, key_one,"
    " key_national, wrong, used_at, certificate FROM invitation ";

OpenInvitation invitation_of(const Row& row) {
    OpenInvitation out;
    out.number = row.text(0);
    out.place = {row.text(1), row.text(2), row.text(3),
                 papers::wire::profile_from(row.text(4)).value_or(papers::wire::Profile::hall)};
    out.replaces = row.text(5);
    out.until = instant(row.integer(6));
    out.key_one = row.bytes(7);
    out.key_national = row.bytes(8);
    out.wrong = row.integer(9);
    out.used_at = instant(row.integer(10));
    out.certificate = row.text(11);
    return out;
}

const std::string select_certificates =
    "SELECT id, terminal, division, point, profile, suite, public_key, file, tls, software, model,"
    " machine, key_store, issued_at, not_after, ended, ended_at, last_seq FROM certificate ";

RegisteredCertificate certificate_of(const Row& row) {
    namespace wire = papers::wire;
    RegisteredCertificate out;
    out.id = row.text(0);
    out.place = {row.text(1), row.text(2), row.text(3),
                 wire::profile_from(row.text(4)).value_or(wire::Profile::hall)};
    out.key = {domain::suite_from(row.text(5)).value_or(domain::SuiteId::one), row.bytes(6)};
    out.file = row.bytes(7);
    out.tls = row.bytes(8);
    out.facts = {row.text(9), row.text(10), row.text(11),
                 wire::key_store_from(row.text(12)).value_or(wire::KeyStoreKind::file)};
    out.issued_at = instant(row.integer(13));
    out.not_after = instant(row.integer(14));
    out.ended = ended_from(row.text(15));
    out.ended_at = instant(row.integer(16));
    out.last_seq = row.integer(17);
    return out;
}

base::Status add(sql::Session& session, const RegisteredCertificate& one) {
    TRY(session.run(
        "INSERT INTO certificate(id, terminal, division, point, profile, suite, public_key, file,"
        " tls, software, model, machine, key_store, issued_at, not_after)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        {one.id, one.place.terminal, one.place.division, one.place.point, name(one.place.profile),
         domain::name(one.key.suite), ByteView(one.key.bytes), ByteView(one.file),
         ByteView(one.tls), one.facts.software, one.facts.model, one.facts.machine,
         name(one.facts.key_store), ms(one.issued_at), ms(one.not_after)}));
    return {};
}

// Of the live epoch.
base::Result<std::int64_t> countersigned(sql::Session& session, const std::string& terminal) {
    const Rows found = TRY(session.run(
        "SELECT counter_seq FROM epoch WHERE terminal = $1 AND superseded_at = 0", {terminal}));
    return found.empty() ? 0 : found.front().integer(0);
}

// What a renewal ended before is not believed any more, either.
base::Result<std::int64_t> end_all(sql::Session& session, const std::string& terminal, Ended why,
                                   base::Instant now) {
    const std::int64_t last = TRY(countersigned(session, terminal));
    const Rows ended =
        TRY(session.run("UPDATE certificate SET ended = $1, ended_at = $2, last_seq = $3"
                        " WHERE terminal = $4 AND ended IN ('', 'renewed')",
                        {name(why), ms(now), last, terminal}));
    return ended.changed;
}

base::Result<bool> is_live(sql::Session& session, const std::string& terminal) {
    const Rows found = TRY(
        session.run("SELECT id FROM certificate WHERE terminal = $1 AND ended = ''", {terminal}));
    return !found.empty();
}

// This very key was taken out of service: it does not come back by a code.
base::Result<bool> is_revoked(sql::Session& session, const sealing::PublicKey& key) {
    const Rows found =
        TRY(session.run("SELECT id FROM certificate WHERE public_key = $1"
                        " AND ended IN ('revoked', 'lost')",
                        {ByteView(key.bytes)}));
    return !found.empty();
}

}  // namespace

std::string_view name(Ended ended) {
    return ended_names.at(static_cast<std::size_t>(ended));
}

std::string_view word(Enrolling outcome) {
    constexpr std::array<std::string_view, 8> words{"enrolled", "again",  "wrong-code", "used",
                                                    "expired",  "locked", "live",       "revoked"};
    return words.at(static_cast<std::size_t>(outcome));
}

base::Result<Rows> SqlTerminalBook::run(const std::string& statement,
                                        const std::vector<Param>& params) {
    const sql::Lease session = TRY(sessions_.lease());
    return session->run(statement, params);
}

base::Result<bool> SqlTerminalBook::invite(const OpenInvitation& fresh, base::Instant now) {
    Work work = TRY(Work::begin(sessions_));
    // A number comes back when nobody can ask with it any more; so does a terminal's earlier code.
    TRY(
        work->run("DELETE FROM invitation WHERE (number = $1 AND valid_until <= $2)"
                  " OR (terminal = $3 AND used_at = 0)",
                  {fresh.number, ms(now), fresh.place.terminal}));
    const Rows put = TRY(work->run(
        "INSERT INTO invitation(number, terminal, division, point, profile, replaces, valid_until,"
        " key_one, key_national) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT DO NOTHING",
        {fresh.number, fresh.place.terminal, fresh.place.division, fresh.place.point,
         name(fresh.place.profile), fresh.replaces, ms(fresh.until), ByteView(fresh.key_one),
         ByteView(fresh.key_national)}));
    TRY_STATUS(work.commit());
    return put.changed == 1;
}

base::Result<std::optional<OpenInvitation>> SqlTerminalBook::invitation(const std::string& number) {
    const Rows found = TRY(run(select_invitations + "WHERE number = $1", {number}));
    if (found.empty()) return std::optional<OpenInvitation>{};
    return std::optional(invitation_of(found.front()));
}

base::Result<std::vector<OpenInvitation>> SqlTerminalBook::invitations() {
    const Rows found = TRY(run(select_invitations + "ORDER BY terminal, valid_until", {}));
    std::vector<OpenInvitation> out;
    for (const auto& row : found.rows) out.push_back(invitation_of(row));
    return out;
}

base::Status SqlTerminalBook::count_wrong(const std::string& number) {
    TRY(run("UPDATE invitation SET wrong = wrong + 1 WHERE number = $1", {number}));
    return {};
}

base::Result<TerminalBook::Outcome> SqlTerminalBook::enrol(const std::string& number,
                                                           const sealing::PublicKey& key,
                                                           base::Instant now,
                                                           const Certify& certify) {
    Work work = TRY(Work::begin(sessions_));
    const Rows rows = TRY(work->run(
        select_invitations + "WHERE number = $1" + sessions_.dialect().for_update, {number}));
    if (rows.empty()) return Outcome{Enrolling::wrong_code, {}};
    const OpenInvitation invitation = invitation_of(rows.front());
    if (invitation.wrong >= wrong_codes_max) return Outcome{Enrolling::locked, {}};
    if (!invitation.certificate.empty()) {
        const Rows before =
            TRY(work->run(select_certificates + "WHERE id = $1", {invitation.certificate}));
        if (before.empty()) return Outcome{Enrolling::used, {}};
        auto made = certificate_of(before.front());
        if (made.key != key) return Outcome{Enrolling::used, {}};
        if (made.ended != Ended::no)
            return Outcome{made.ended == Ended::renewed ? Enrolling::used : Enrolling::revoked, {}};
        return Outcome{Enrolling::again, std::move(made)};
    }
    if (invitation.until <= now) return Outcome{Enrolling::expired, {}};
    const std::string& terminal = invitation.place.terminal;
    if (TRY(is_revoked(*work, key))) return Outcome{Enrolling::revoked, {}};
    if (invitation.replaces != terminal && TRY(is_live(*work, terminal)))
        return Outcome{Enrolling::live, {}};
    auto made = TRY(certify(invitation));
    if (!invitation.replaces.empty())
        TRY(end_all(*work, invitation.replaces, Ended::replaced, now));
    TRY_STATUS(add(*work, made));
    TRY(work->run("UPDATE invitation SET used_at = $1, certificate = $2 WHERE number = $3",
                  {ms(now), made.id, number}));
    TRY_STATUS(work.commit());
    return Outcome{Enrolling::enrolled, std::move(made)};
}

base::Status SqlTerminalBook::renew(const std::string& id, const RegisteredCertificate& next,
                                    base::Instant now) {
    Work work = TRY(Work::begin(sessions_));
    const Rows ended =
        TRY(work->run("UPDATE certificate SET ended = 'renewed', ended_at = $1 WHERE id = $2"
                      " AND ended = ''",
                      {ms(now), id}));
    if (ended.changed != 1)
        return base::fail(FaultCode::AnswerNotFound, "not the terminal's present certificate");
    TRY_STATUS(add(*work, next));
    return work.commit();
}

base::Result<std::vector<RegisteredCertificate>> SqlTerminalBook::certificates(
    const std::string& where, const std::vector<Param>& params) {
    const Rows found = TRY(run(select_certificates + where, params));
    std::vector<RegisteredCertificate> out;
    for (const auto& row : found.rows) out.push_back(certificate_of(row));
    return out;
}

base::Result<std::optional<RegisteredCertificate>> SqlTerminalBook::certificate(
    const std::string& id) {
    auto found = TRY(certificates("WHERE id = $1", {id}));
    if (found.empty()) return std::optional<RegisteredCertificate>{};
    return std::optional(std::move(found.front()));
}

base::Result<std::optional<RegisteredCertificate>> SqlTerminalBook::present(
    const std::string& terminal) {
    auto found = TRY(certificates("WHERE terminal = $1 AND ended = ''", {terminal}));
    if (found.empty()) return std::optional<RegisteredCertificate>{};
    return std::optional(std::move(found.front()));
}

base::Result<std::optional<RegisteredCertificate>> SqlTerminalBook::newest(
    const std::string& terminal) {
    auto found =
        TRY(certificates("WHERE terminal = $1 AND ended <> 'renewed'"
                         " ORDER BY CASE WHEN ended = '' THEN 0 ELSE 1 END, issued_at DESC LIMIT 1",
                         {terminal}));
    if (found.empty()) return std::optional<RegisteredCertificate>{};
    return std::optional(std::move(found.front()));
}

base::Result<std::vector<RegisteredCertificate>> SqlTerminalBook::all_present() {
    return certificates("WHERE ended <> 'renewed' ORDER BY terminal, issued_at", {});
}

base::Status SqlTerminalBook::end(const std::string& terminal, Ended why, base::Instant now) {
    Work work = TRY(Work::begin(sessions_));
    if (TRY(end_all(*work, terminal, why, now)) == 0)
        return base::fail(FaultCode::AnswerNotFound, "no certificate of this terminal");
    return work.commit();
}

base::Result<std::vector<papers::RevokedTerminal>> SqlTerminalBook::revoked() {
    const Rows found =
        TRY(run("SELECT id, ended_at, last_seq FROM certificate"
                " WHERE ended IN ('replaced', 'revoked', 'lost') ORDER BY id",
                {}));
    std::vector<papers::RevokedTerminal> out;
    for (const auto& row : found.rows)
        out.push_back({row.text(0), instant(row.integer(1)), row.integer(2)});
    return out;
}

base::Result<Unsent> SqlTerminalBook::unsent(const std::string& terminal) {
    const Rows said =
        TRY(run("SELECT coalesce(max(said_next), 0), CAST(coalesce(sum(CASE WHEN said_next >"
                " said_first THEN said_next - said_first ELSE 0 END), 0) AS BIGINT), "
                "coalesce(max(CASE WHEN superseded_at = 0 THEN"
                " counter_seq ELSE 0 END), 0) FROM epoch WHERE terminal = $1",
                {terminal}));
    // Numbers of epochs that said how far they went; a number of a refusal came, too.
    const Rows held = TRY(run(
        "SELECT count(*), coalesce(max(seq), 0) FROM (SELECT epoch, seq FROM case_file"
        " WHERE terminal = $1 UNION SELECT epoch, seq FROM refused WHERE terminal = $1) AS met"
        " WHERE EXISTS (SELECT 1 FROM epoch WHERE epoch.terminal = $1 AND epoch.epoch = met.epoch"
        " AND met.seq >= said_first AND met.seq < said_next)",
        {terminal}));
    const Rows highest = TRY(run(
        "SELECT coalesce(max(seq), 0) FROM (SELECT max(seq) AS seq FROM case_file WHERE terminal ="
        " $1 UNION ALL SELECT max(seq) FROM refused WHERE terminal = $1) AS met",
        {terminal}));
    Unsent out;
    const auto& row = said.front();
    out.said = row.integer(0) > 0;
    out.highest = std::max(row.integer(0) - 1, highest.front().integer(0));
    out.countersigned = row.integer(2);
    out.missing = std::max<std::int64_t>(0, row.integer(1) - held.front().integer(0));
    return out;
}

}  // namespace offline::intake
