#include "offline/intake/store/sql_case_store.hpp"

#include "base/assert.hpp"
#include "offline/intake/store/countersigning.hpp"
#include "offline/intake/store/rows.hpp"
#include "offline/intake/store/sql_case_book.hpp"
#include "offline/intake/store/sql_fleet_book.hpp"
#include "offline/intake/store/sql_terminal_book.hpp"
#include "offline/intake/store/sql_upload_rows.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace offline::intake {

namespace {

using base::ByteView;
using base::FaultCode;
using sql::Param;
using sql::Rows;
using sql::Work;

class SqlCaseStore final : public CaseStore {
  public:
    explicit SqlCaseStore(std::unique_ptr<sql::Sessions> sessions)
        : sessions_(std::move(sessions)),
          uploads_(*sessions_),
          book_(*sessions_),
          fleet_(*sessions_),
          life_(*sessions_) {}

    base::Result<EpochMet> meet(const std::string& terminal, const sealing::Epoch& epoch,
                                std::int64_t next_seq, base::Instant now) override {
        // Nearly always the live one: then nothing is written and no row is held.
        const Rows live =
            TRY(run("SELECT epoch, (SELECT coalesce(max(seq), 0) FROM (SELECT max(seq) AS seq"
                    " FROM case_file WHERE terminal = $1 AND epoch = $2 UNION ALL SELECT max(seq)"
                    " FROM refused WHERE terminal = $1 AND epoch = $2) AS held)"
                    " FROM terminal WHERE terminal.terminal = $1",
                    {terminal, ByteView(epoch)}));
        if (!live.empty() && is(live.front().bytes(0), epoch))
            return live.front().integer(1) >= next_seq ? EpochMet::rolled_back : EpochMet::live;
        Work work = TRY(Work::begin(*sessions_));
        const Head head = TRY(hold(work, terminal));
        EpochMet met = EpochMet::live;  // somebody was quicker
        if (!is(head.epoch, epoch)) {
            const Rows begun =
                TRY(work->run("INSERT INTO epoch(terminal, epoch, begun_at) VALUES ($1, $2, $3)"
                              " ON CONFLICT DO NOTHING",
                              {terminal, ByteView(epoch), ms(now)}));
            met = begun.changed == 1 ? EpochMet::begun : EpochMet::superseded;
        }
        if (met == EpochMet::begun) {
            TRY(work->run("UPDATE epoch SET superseded_at = $1 WHERE terminal = $2 AND epoch = $3",
                          {ms(now), terminal, ByteView(head.epoch)}));
            TRY(work->run("UPDATE terminal SET epoch = $1 WHERE terminal = $2",
                          {ByteView(epoch), terminal}));
        }
        TRY_STATUS(work.commit());
        return met;
    }

    base::Result<Counter> countersign(const std::string& terminal, const Said& said) override {
        const sql::Lease session = TRY(sessions_->lease());
        return intake::countersign(*session, terminal, said);
    }

    base::Result<std::optional<Known>> known(const std::string& terminal,
                                             const domain::SubId& id) override {
        const Rows found = TRY(
            run("SELECT manifest_digest, case_number, manifest, receipt1, receipt2 FROM case_file"
                " WHERE terminal = $1 AND sub_id = $2",
                {terminal, ByteView(id.bytes)}));
        if (found.empty()) return std::optional<Known>{};
        const auto& row = found.front();
        return std::optional(Known{array_of<32>(row.bytes(0)), row.text(1), row.bytes(2),
                                   row.bytes(3), row.bytes(4)});
    }

    base::Result<std::optional<base::Bytes>> refusal_of(const std::string& terminal,
                                                        const domain::SubId& id,
                                                        const sealing::Digest& digest) override {
        const Rows found =
            TRY(run("SELECT receipt FROM refused WHERE terminal = $1 AND sub_id = $2"
                    " AND manifest_digest = $3 AND released_at = 0",
                    {terminal, ByteView(id.bytes), ByteView(digest)}));
        if (found.empty()) return std::optional<base::Bytes>{};
        return std::optional(found.front().bytes(0));
    }

    std::vector<base::Result<Taken>> take_batch(const std::vector<Fresh>& items) override {
        std::vector<base::Result<Taken>> out(items.size(),
                                             base::fail(FaultCode::InternalError, "not taken"));
        std::set<domain::SubId> ids;
        std::vector<std::size_t> together, alone;
        for (std::size_t i = 0; i < items.size(); ++i)
            (ids.insert(items[i].fresh->content.sub_id).second ? together : alone).push_back(i);
        auto done = take_together(items, together);
        if (done) {
            for (std::size_t i = 0; i < together.size(); ++i)
                out[together[i]] = std::move((*done)[i]);
        } else if (together.size() == 1 || done.error().code == FaultCode::StoreUnreachable) {
            for (const auto i : together) out[i] = base::fail(done.error());
        } else {
            alone.insert(alone.begin(), together.begin(), together.end());
        }
        for (const auto i : alone) {
            auto one = take_together(items, {i});
            out[i] = one ? base::Result<Taken>(std::move(one->front())) : base::fail(one.error());
        }
        return out;
    }

    base::Result<base::Bytes> complete(const std::string& terminal, const domain::SubId& id,
                                       base::Instant now, const Sign& sign) override {
        Work work = TRY(Work::begin(*sessions_));
        const Rows head = TRY(work->run("SELECT last_receipt FROM terminal WHERE terminal = $1" +
                                            sessions_->dialect().for_update,
                                        {terminal}));
        const Rows found =
            TRY(work->run("SELECT serial, case_number, receipt2 FROM case_file"
                          " WHERE terminal = $1 AND sub_id = $2",
                          {terminal, ByteView(id.bytes)}));
        if (found.empty() || head.empty())
            return base::fail(FaultCode::AnswerNotFound, "commit before its submission");
        const auto& row = found.front();
        if (!row.bytes(2).empty()) return row.bytes(2);
        Signed receipt =
            TRY(sign({row.integer(0), row.text(1), array_of<32>(head.front().bytes(0))}));
        TRY_STATUS(complete(work, row.integer(0), now, receipt.paper));
        TRY_STATUS(chain(work, terminal, receipt.digest));
        TRY_STATUS(work.commit());
        return std::move(receipt.paper);
    }

    base::Result<Refused> refuse(const Refusal& refusal, const Sign& sign) override {
        Work work = TRY(Work::begin(*sessions_));
        const Head head = TRY(hold(work, refusal.terminal));
        auto before =
            TRY(answered(work, refusal.terminal, {{refusal.sub_id, refusal.manifest_digest}}))
                .front();
        if (before && before->met != Met::other_content)
            return Refused{std::move(before->receipt), before->met == Met::again};
        Signed receipt = TRY(sign({0, {}, head.last_receipt}));
        TRY(work->run(insert_refusal_sql, refusal_params(refusal, receipt.paper)));
        TRY_STATUS(chain(work, refusal.terminal, receipt.digest));
        TRY_STATUS(work.commit());
        return Refused{std::move(receipt.paper)};
    }

    base::Result<std::optional<Applied>> apply_next(const Judge& judge,
                                                    base::Instant now) override {
        Work work = TRY(Work::begin(*sessions_));
        const Rows due =
            TRY(work->run("SELECT serial, attempts FROM outbox WHERE next_at <= $1"
                          " ORDER BY serial LIMIT 1" +
                              sessions_->dialect().skip_locked,
                          {ms(now)}));
        if (due.empty()) return std::optional<Applied>{};
        const std::int64_t serial = due.front().integer(0);
        const Rows found =
            TRY(work->run(select_cases_sql + std::string("WHERE serial = $1"), {serial}));
        KIOSK_ASSERT(!found.empty());
        const StoredCase complete = case_of(found.front());
        Applied out{complete.case_number, CaseState::received};
        const auto verdict = judge(complete);
        if (!verdict) {
            const std::int64_t attempts = due.front().integer(1) + 1;
            if (attempts >= effect_attempts_max) {
                out.state = CaseState::dead;
                TRY_STATUS(decide(work, serial, out.state,
                                  std::string(base::name(verdict.error().code)), now));
            } else {
                TRY(work->run("UPDATE outbox SET attempts = $1, next_at = $2 WHERE serial = $3",
                              {attempts, ms(now) + retry_ms(attempts), serial}));
            }
        } else {
            const Rows first =
                TRY(work->run("INSERT INTO effect(sub_id, serial, applied_at) VALUES ($1, $2, $3)"
                              " ON CONFLICT DO NOTHING",
                              {ByteView(complete.sub_id.bytes), serial, ms(now)}));
            // A submission has one effect for all time, whoever brings it.
            const bool other =
                first.changed == 0 && !TRY(has_effect(work, complete.sub_id, serial));
            out.state = verdict->applied && !other ? CaseState::applied : CaseState::rejected;
            TRY_STATUS(
                decide(work, serial, out.state, other ? "other-effect" : verdict->reason, now));
        }
        TRY_STATUS(work.commit());
        return std::optional(out);
    }

    base::Status replay(const domain::SubId& id, base::Instant now) override {
        Work work = TRY(Work::begin(*sessions_));
        const Rows put =
            TRY(work->run("INSERT INTO outbox(serial, next_at) SELECT serial, $1 FROM case_file"
                          " WHERE sub_id = $2 AND state IN ('RECEIVED', 'DEAD')"
                          " AND NOT EXISTS (SELECT 1 FROM effect WHERE effect.serial ="
                          " case_file.serial) ON CONFLICT DO NOTHING",
                          {ms(now), ByteView(id.bytes)}));
        if (put.changed == 0)
            return base::fail(FaultCode::AnswerNotFound, "nothing to replay for this sub_id");
        TRY(
            work->run("UPDATE case_file SET state = 'RECEIVED', reason = '', decided_at = 0"
                      " WHERE sub_id = $1 AND state = 'DEAD'",
                      {ByteView(id.bytes)}));
        return work.commit();
    }

    UploadRows& uploads() override { return uploads_; }
    TerminalBook& book() override { return book_; }
    FleetBook& fleet() override { return fleet_; }
    CaseBook& life() override { return life_; }

    base::Result<std::vector<StoredCase>> all() override { return cases("ORDER BY serial", {}); }
    base::Result<std::vector<StoredCase>> of_person(ByteView person) override {
        return cases("WHERE person = $1 ORDER BY serial DESC LIMIT 100", {person});
    }
    base::Result<std::vector<StoredCase>> with_sub_id(const domain::SubId& id) override {
        return cases("WHERE sub_id = $1 ORDER BY serial", {ByteView(id.bytes)});
    }
    base::Result<std::vector<papers::CaseStatus>> statuses_of(
        const std::string& terminal) override {
        const Rows found = TRY(
            run("SELECT local_number, state, received_at, completed_at, decided_at FROM case_file"
                " WHERE terminal = $1 ORDER BY serial DESC LIMIT $2",
                {terminal, static_cast<std::int64_t>(papers::statuses_max)}));
        std::vector<papers::CaseStatus> out;
        for (const auto& row : found.rows) out.push_back(status_of(row));
        return out;
    }
    base::Result<std::int64_t> count() override {
        return TRY(run("SELECT count(*) FROM case_file", {})).front().integer(0);
    }

    base::Status ready() override {
        TRY(run("SELECT terminal FROM terminal LIMIT 1", {}));
        return {};
    }

    base::Result<Counts> counts() override {
        const Rows found =
            TRY(run("SELECT (SELECT count(*) FROM case_file),"
                    " (SELECT count(*) FROM refused WHERE released_at = 0),"
                    " (SELECT count(*) FROM outbox), (SELECT count(*) FROM effect),"
                    " (SELECT count(*) FROM case_file WHERE state = 'DEAD')",
                    {}));
        const auto& row = found.front();
        return Counts{row.integer(0), row.integer(1), row.integer(2), row.integer(3),
                      row.integer(4)};
    }

    base::Result<std::vector<TerminalLine>> terminals() override {
        const Rows found =
            TRY(run("SELECT terminal.terminal, terminal.epoch, count(case_file.serial),"
                    " coalesce(max(case_file.seq), 0), coalesce(max(case_file.received_at), 0) "
                    "FROM terminal LEFT JOIN case_file"
                    " ON case_file.terminal = terminal.terminal"
                    " GROUP BY terminal.terminal, terminal.epoch ORDER BY terminal.terminal",
                    {}));
        std::vector<TerminalLine> out;
        for (const auto& row : found.rows)
            out.push_back({row.text(0), epoch_of(row.bytes(1)), row.integer(2), row.integer(3),
                           instant(row.integer(4))});
        return out;
    }

    base::Result<std::vector<Gap>> gaps() override {
        const Rows found =
            TRY(run("SELECT terminal, epoch, before + 1, seq - 1 FROM (SELECT terminal, epoch, seq,"
                    " coalesce(lag(seq) OVER (PARTITION BY terminal ORDER BY seq), 0) AS before"
                    " FROM (SELECT terminal, epoch, seq FROM case_file UNION"
                    " SELECT terminal, epoch, seq FROM refused) AS met WHERE seq > 0) AS pairs"
                    " WHERE seq > before + 1 ORDER BY terminal, seq",
                    {}));
        std::vector<Gap> out;
        for (const auto& row : found.rows)
            out.push_back({row.text(0), epoch_of(row.bytes(1)), row.integer(2), row.integer(3)});
        return out;
    }

    base::Result<std::vector<Refusal>> quarantine() override {
        const Rows found = TRY(run(select_refusals_sql, {}));
        std::vector<Refusal> out;
        for (const auto& row : found.rows) out.push_back(refusal_of_row(row));
        return out;
    }

    base::Status release(const domain::SubId& id, base::Instant now) override {
        const Rows released =
            TRY(run("UPDATE refused SET released_at = $1 WHERE sub_id = $2 AND released_at = 0",
                    {ms(now), ByteView(id.bytes)}));
        if (released.changed == 0)
            return base::fail(FaultCode::AnswerNotFound, "nothing in quarantine with this sub_id");
        return {};
    }

  private:
    struct Head {
        sealing::Digest last_receipt{};
        base::Bytes epoch;  // the live one; empty: none was met
    };

    // One statement by itself.
    base::Result<Rows> run(const std::string& statement, const std::vector<Param>& params) {
        const sql::Lease session = TRY(sessions_->lease());
        return session->run(statement, params);
    }

    // Takes the terminal's row, which whoever decides something for it holds until the commit.
    base::Result<Head> hold(Work& work, const std::string& terminal) {
        const std::string select = "SELECT last_receipt, epoch FROM terminal WHERE terminal = $1" +
                                   sessions_->dialect().for_update;
        Rows row = TRY(work->run(select, {terminal}));
        if (row.empty()) {
            const sealing::Digest none{};
            TRY(
                work->run("INSERT INTO terminal(terminal, last_receipt, epoch) VALUES ($1, $2, $3)"
                          " ON CONFLICT DO NOTHING",
                          {terminal, ByteView(none), ByteView()}));
            row = TRY(work->run(select, {terminal}));
        }
        return Head{array_of<32>(row.front().bytes(0)), row.front().bytes(1)};
    }

    using Ids = std::vector<std::pair<domain::SubId, sealing::Digest>>;

    // What was answered before to each of these submissions.
    base::Result<std::vector<std::optional<Taken>>> answered(Work& work,
                                                             const std::string& terminal,
                                                             const Ids& ids) {
        std::vector<Param> params{terminal};
        for (const auto& [id, digest] : ids) params.push_back(ByteView(id.bytes));
        const std::string in =
            " WHERE terminal = $1 AND sub_id IN (" + placeholders(2, ids.size()) + ")";
        const Rows found = TRY(
            work->run("SELECT 0 AS kind, sub_id, manifest_digest, case_number, receipt1, receipt2"
                      " FROM case_file" +
                          in +
                          " UNION ALL SELECT 1 AS kind, sub_id, manifest_digest, '' , receipt, NULL"
                          " FROM refused" +
                          in + " AND released_at = 0",
                      params));
        std::vector<std::optional<Taken>> out(ids.size());
        for (const auto& row : found.rows)
            for (std::size_t i = 0; i < ids.size(); ++i) {
                if (!is(row.bytes(1), ids[i].first.bytes)) continue;
                const bool same = is(row.bytes(2), ids[i].second);
                if (row.integer(0) == 0 && same)
                    out[i] = Taken{Met::again, row.text(3),
                                   row.bytes(5).empty() ? row.bytes(4) : row.bytes(5)};
                else if (row.integer(0) == 0 && !out[i])
                    out[i] = Taken{Met::other_content, {}, {}};
                else if (row.integer(0) == 1 && same && (!out[i] || out[i]->met != Met::again))
                    out[i] = Taken{Met::refused_before, {}, row.bytes(4)};
            }
        return out;
    }

    // In one transaction, each id once.
    base::Result<std::vector<Taken>> take_together(const std::vector<Fresh>& items,
                                                   const std::vector<std::size_t>& which) {
        const std::string& terminal = items[which.front()].fresh->content.terminal;
        Ids ids;
        for (const auto i : which) {
            const StoredCase& content = items[i].fresh->content;
            KIOSK_ASSERT(content.terminal == terminal);
            ids.emplace_back(content.sub_id, content.manifest_digest);
        }
        Work work = TRY(Work::begin(*sessions_));
        Head head = TRY(hold(work, terminal));
        auto before = TRY(answered(work, terminal, ids));
        std::vector<Taken> out(which.size());
        std::vector<std::size_t> fresh;  // places in `which`
        for (std::size_t i = 0; i < which.size(); ++i)
            if (before[i])
                out[i] = std::move(*before[i]);
            else
                fresh.push_back(i);
        if (fresh.empty()) return out;

        std::vector<const Fresh*> taking;
        for (const auto i : fresh) taking.push_back(&items[which[i]]);
        std::vector<Place> places = TRY(places_for(work, taking));
        std::vector<Signed> receipts;
        for (std::size_t i = 0; i < taking.size(); ++i) {
            places[i].previous = head.last_receipt;
            receipts.push_back(TRY(taking[i]->sign(places[i])));
            head.last_receipt = receipts.back().digest;
        }
        TRY_STATUS(insert(work, taking, places, receipts));
        TRY_STATUS(chain(work, terminal, head.last_receipt));
        TRY_STATUS(work.commit());
        for (std::size_t i = 0; i < fresh.size(); ++i)
            out[fresh[i]] = {Met::taken, places[i].case_number, std::move(receipts[i].paper)};
        return out;
    }

    // Serials and case numbers. All nodes wait here for one another, in the order of the prefixes.
    base::Result<std::vector<Place>> places_for(Work& work,
                                                const std::vector<const Fresh*>& taking) {
        const auto many = static_cast<std::int64_t>(taking.size());
        const Rows serials = TRY(work->run(sessions_->dialect().next_serials, {many}));
        std::map<std::string, std::int64_t> numbers;  // how many of each; then the next one
        for (const auto* item : taking) ++numbers[item->fresh->number_prefix];
        for (auto& [prefix, count] : numbers) {
            const Rows given = TRY(work->run(
                "INSERT INTO number_of(prefix, given) VALUES ($1, $2) ON CONFLICT (prefix)"
                " DO UPDATE SET given = number_of.given + excluded.given RETURNING given",
                {prefix, count}));
            count = given.front().integer(0) - count + 1;
        }
        std::vector<Place> out;
        for (std::size_t i = 0; i < taking.size(); ++i) {
            const std::string& prefix = taking[i]->fresh->number_prefix;
            out.push_back({serials.rows[i].integer(0),
                           fmt::format("{}{:04}", prefix, numbers[prefix]++),
                           {}});
        }
        return out;
    }

    static base::Status insert(Work& work, const std::vector<const Fresh*>& taking,
                               const std::vector<Place>& places,
                               const std::vector<Signed>& receipts) {
        std::vector<Param> rows, complete;
        for (std::size_t i = 0; i < taking.size(); ++i) {
            append_case_params(rows, *taking[i]->fresh, places[i], receipts[i].paper);
            if (taking[i]->fresh->attachments.empty()) complete.push_back(places[i].serial);
        }
        const Rows inserted = TRY(work->run(insert_cases_sql(taking.size()), rows));
        if (inserted.changed != static_cast<std::int64_t>(taking.size()))
            return base::fail(FaultCode::StoreUnreachable,
                              "somebody wrote past the terminal's row");
        for (const auto* item : taking)
            for (const auto& line : item->fresh->attachments) TRY_STATUS(add_upload(*work, line));
        if (complete.empty()) return {};
        std::string waiting = "INSERT INTO outbox(serial, next_at) VALUES ";
        for (std::size_t i = 0; i < complete.size(); ++i)
            waiting += (i == 0 ? "($" : ", ($") + std::to_string(i + 1) + ", 0)";
        TRY(work->run(waiting, complete));
        return {};
    }

    // R2 is given: the effect waits.
    static base::Status complete(Work& work, std::int64_t serial, base::Instant now,
                                 const base::Bytes& receipt2) {
        TRY(
            work->run("UPDATE case_file SET receipt2 = $1, completed_at = $2, state = 'RECEIVED'"
                      " WHERE serial = $3",
                      {ByteView(receipt2), ms(now), serial}));
        TRY(work->run("INSERT INTO outbox(serial, next_at) VALUES ($1, 0)", {serial}));
        return {};
    }

    static base::Status chain(Work& work, const std::string& terminal,
                              const sealing::Digest& digest) {
        TRY(work->run("UPDATE terminal SET last_receipt = $1 WHERE terminal = $2",
                      {ByteView(digest), terminal}));
        return {};
    }

    static base::Status decide(Work& work, std::int64_t serial, CaseState state,
                               const std::string& reason, base::Instant now) {
        TRY(work->run(
            "UPDATE case_file SET state = $1, reason = $2, decided_at = $3 WHERE serial = $4",
            {name(state), reason, ms(now), serial}));
        TRY(work->run("DELETE FROM outbox WHERE serial = $1", {serial}));
        return {};
    }

    base::Result<std::vector<StoredCase>> cases(const std::string& where,
                                                const std::vector<Param>& params) {
        const Rows found = TRY(run(select_cases_sql + where, params));
        std::vector<StoredCase> out;
        for (const auto& row : found.rows) out.push_back(case_of(row));
        return out;
    }

    std::unique_ptr<sql::Sessions> sessions_;
    SqlUploadRows uploads_;
    SqlTerminalBook book_;
    SqlFleetBook fleet_;
    SqlCaseBook life_;
};

}  // namespace

std::unique_ptr<CaseStore> case_store_over(std::unique_ptr<sql::Sessions> sessions) {
    return std::make_unique<SqlCaseStore>(std::move(sessions));
}

}  // namespace offline::intake
