#include "offline/intake/store/sql_case_book.hpp"

#include "offline/intake/store/rows.hpp"
#include "offline/sealing/signing.hpp"

namespace offline::intake {

namespace {

using base::ByteView;
using base::FaultCode;
using sql::Lease;
using sql::Param;
using sql::Rows;
using sql::Session;
using sql::Work;

constexpr const char* select_lines =
    "SELECT serial, case_number, item_code, item_name, state, received_at FROM case_file ";

CaseLine line_of(const sql::Row& row) {
    CaseLine line;
    line.serial = row.integer(0);
    line.case_number = row.text(1);
    line.item_code = row.text(2);
    line.item_name = row.text(3);
    line.technical = row.text(4);
    line.received_at = instant(row.integer(5));
    return line;
}

// Each field ends with a zero byte, which no text of a row holds.
sealing::Digest digest_of(ByteView previous, std::int64_t serial, std::int64_t number,
                          const CaseEvent& event) {
    base::Bytes bytes(previous.begin(), previous.end());
    const auto add = [&bytes](std::string_view field) {
        bytes.insert(bytes.end(), field.begin(), field.end());
        bytes.push_back(0);
    };
    add(std::to_string(serial));
    add(std::to_string(number));
    add(domain::word(event.move.to));
    add(std::to_string(ms(event.at)));
    add(event.by);
    add(event.move.office);
    add(event.move.until);
    add(event.move.note);
    add(event.move.result);
    add(std::to_string(event.promised_days));
    return sealing::digest(sealing::SuiteId::one, bytes);
}

struct History {
    std::vector<CaseEvent> events;
    base::Bytes last;  // digest; empty before the first
    bool whole = true;
};

base::Result<History> history_of(Session& session, std::int64_t serial) {
    const Rows rows =
        TRY(session.run("SELECT number, state, moved_at, moved_by, office, due_on, note, result,"
                        " promised_days, digest FROM case_event WHERE serial = $1 ORDER BY number",
                        {serial}));
    History out;
    for (const auto& row : rows.rows) {
        const auto state = domain::office_state_from(row.text(1));
        if (!state) return base::fail(FaultCode::BytesMalformed, "state of a case");
        CaseEvent event;
        event.move = {*state, row.text(4), row.text(5), row.text(6), row.text(7)};
        event.at = instant(row.integer(2));
        event.by = row.text(3);
        event.promised_days = row.integer(8);
        const auto number = static_cast<std::int64_t>(out.events.size()) + 1;
        out.whole = out.whole && row.integer(0) == number &&
                    is(row.bytes(9), digest_of(out.last, serial, number, event));
        out.last = row.bytes(9);
        out.events.push_back(std::move(event));
    }
    return out;
}

base::Status fill(Session& session, CaseLine& line) {
    History history = TRY(history_of(session, line.serial));
    line.events = std::move(history.events);
    line.whole = history.whole;
    return {};
}

bool has_zero(const std::string& text) {
    return text.find('\0') != std::string::npos;
}

}  // namespace

base::Result<std::vector<CaseLine>> SqlCaseBook::newest() {
    const Lease session = TRY(sessions_.lease());
    const Rows rows = TRY(session->run(select_lines + std::string("ORDER BY serial DESC LIMIT $1"),
                                       {std::int64_t{case_lines_max}}));
    std::vector<CaseLine> out;
    for (const auto& row : rows.rows) {
        out.push_back(line_of(row));
        TRY_STATUS(fill(*session, out.back()));
    }
    return out;
}

base::Result<CaseLine> SqlCaseBook::find(const std::string& case_number) {
    const Lease session = TRY(sessions_.lease());
    const Rows rows = TRY(session->run(select_lines + std::string("WHERE case_number = $1"),
                                       {std::string_view(case_number)}));
    if (rows.empty()) return base::fail(FaultCode::AnswerNotFound, "no case of this number");
    CaseLine line = line_of(rows.front());
    TRY_STATUS(fill(*session, line));
    return line;
}

base::Result<std::vector<CaseEvent>> SqlCaseBook::events(std::int64_t serial) {
    const Lease session = TRY(sessions_.lease());
    return TRY(history_of(*session, serial)).events;
}

base::Result<domain::OfficeState> SqlCaseBook::move(const std::string& case_number,
                                                    const CaseEvent& event) {
    const auto& wanted = event.move;
    for (const auto* text : {&wanted.office, &wanted.note, &event.by})
        if (has_zero(*text)) return base::fail(FaultCode::BytesMalformed, "zero byte");
    Work work = TRY(Work::begin(sessions_));
    const Rows rows = TRY(work->run(
        select_lines + std::string("WHERE case_number = $1") + sessions_.dialect().for_update,
        {std::string_view(case_number)}));
    if (rows.empty()) return base::fail(FaultCode::AnswerNotFound, "no case of this number");
    const CaseLine line = line_of(rows.front());
    if (line.technical != name(CaseState::applied))
        return base::fail(FaultCode::CommandRefused, "这个办件还没有登记，或已被退回，不能办理");
    const History history = TRY(history_of(*work, line.serial));
    if (!history.whole)
        return base::fail(FaultCode::CommandRefused, "这个办件的过程记录被改过，先查清再办");
    const auto from =
        history.events.empty() ? domain::OfficeState::received : history.events.back().move.to;
    if (const auto why = domain::objection(from, wanted))
        return base::fail(FaultCode::CommandRefused, *why);
    const auto number = static_cast<std::int64_t>(history.events.size()) + 1;
    const auto digest = digest_of(history.last, line.serial, number, event);
    const Rows added = TRY(work->run(
        "INSERT INTO case_event(serial, number, state, moved_at, moved_by, office, due_on, note,"
        " result, promised_days, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        " ON CONFLICT DO NOTHING",
        {line.serial, number, domain::word(wanted.to), ms(event.at), std::string_view(event.by),
         std::string_view(wanted.office), std::string_view(wanted.until),
         std::string_view(wanted.note), std::string_view(wanted.result), event.promised_days,
         ByteView(digest)}));
    if (added.changed != 1)
        return base::fail(FaultCode::CommandRefused, "别人刚刚办理了这个办件，请重新打开");
    TRY_STATUS(work.commit());
    return from;
}

}  // namespace offline::intake
