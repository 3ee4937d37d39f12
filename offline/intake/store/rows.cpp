#include "offline/intake/store/rows.hpp"

namespace offline::intake {

namespace {

constexpr std::array<std::string_view, 5> state_names{"UPLOADED", "RECEIVED", "APPLIED", "REJECTED",
                                                      "DEAD"};

}  // namespace

std::string_view name(CaseState state) {
    return state_names.at(static_cast<std::size_t>(state));
}

std::string told_as(CaseState state) {
    if (state == CaseState::rejected) return "REFUSED";
    return state == CaseState::uploaded ? "UPLOADED" : "RECEIVED";
}

CaseState state_of(const std::string& text) {
    const auto state = std::find(state_names.begin(), state_names.end(), text);
    KIOSK_ASSERT(state != state_names.end());
    return static_cast<CaseState>(state - state_names.begin());
}

sealing::Epoch epoch_of(const base::Bytes& bytes) {
    return bytes.empty() ? sealing::Epoch{} : array_of<16>(bytes);
}

const std::string select_cases_sql =
    "SELECT serial, terminal, sub_id, manifest_digest, manifest, signature, certificate, envelope,"
    " local_number, case_number, item_code, item_name, person, received_at, receipt1, receipt2,"
    " completed_at, epoch, seq, state, reason, decided_at FROM case_file ";

std::string placeholders(std::size_t from, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? "$" : ", $") + std::to_string(from + i);
    return out;
}

namespace {
constexpr std::size_t case_columns = 20;
}

std::string insert_cases_sql(std::size_t count) {
    std::string out =
        "INSERT INTO case_file(serial, terminal, sub_id, manifest_digest, manifest, signature,"
        " certificate, envelope, local_number, case_number, item_code, item_name, person,"
        " received_at, receipt1, epoch, seq, receipt2, completed_at, state) VALUES ";
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? "(" : ", (") + placeholders(1 + i * case_columns, case_columns) + ")";
    return out + " ON CONFLICT DO NOTHING";
}

const std::string insert_refusal_sql =
    "INSERT INTO refused(terminal, sub_id, manifest_digest, reason, manifest, envelope, receipt,"
    " received_at, signature, certificate, epoch, seq)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

const std::string select_refusals_sql =
    "SELECT terminal, sub_id, manifest_digest, reason, manifest, envelope, receipt, received_at,"
    " signature, certificate, epoch, seq FROM refused WHERE released_at = 0"
    " ORDER BY received_at, terminal, seq";

void append_case_params(std::vector<sql::Param>& to, const NewCase& fresh, const Place& place,
                        const base::Bytes& receipt1) {
    using base::ByteView;
    const StoredCase& content = fresh.content;
    const bool complete = fresh.attachments.empty();
    const std::initializer_list<sql::Param> columns{
        place.serial,
        content.terminal,
        ByteView(content.sub_id.bytes),
        ByteView(content.manifest_digest),
        ByteView(content.manifest),
        ByteView(content.signature),
        ByteView(content.certificate),
        ByteView(content.envelope),
        content.local_number,
        place.case_number,
        content.item_code,
        content.item_name,
        ByteView(content.person),
        ms(content.received_at),
        ByteView(receipt1),
        ByteView(content.epoch),
        content.seq,
        complete ? ByteView(receipt1) : ByteView(),  // no bytes: none yet
        complete ? ms(content.received_at) : std::int64_t{0},
        name(complete ? CaseState::received : CaseState::uploaded)};
    KIOSK_ASSERT(columns.size() == case_columns);
    to.insert(to.end(), columns);
}

std::vector<sql::Param> refusal_params(const Refusal& refusal, const base::Bytes& receipt) {
    using base::ByteView;
    return {refusal.terminal,
            ByteView(refusal.sub_id.bytes),
            ByteView(refusal.manifest_digest),
            refusal.reason,
            ByteView(refusal.manifest),
            ByteView(refusal.envelope),
            ByteView(receipt),
            ms(refusal.refused_at),
            ByteView(refusal.signature),
            ByteView(refusal.certificate),
            ByteView(refusal.epoch),
            refusal.seq};
}

StoredCase case_of(const sql::Row& row) {
    StoredCase stored;
    stored.serial = row.integer(0);
    stored.terminal = row.text(1);
    stored.sub_id.bytes = array_of<16>(row.bytes(2));
    stored.manifest_digest = array_of<32>(row.bytes(3));
    stored.manifest = row.bytes(4);
    stored.signature = row.bytes(5);
    stored.certificate = row.bytes(6);
    stored.envelope = row.bytes(7);
    stored.local_number = row.text(8);
    stored.case_number = row.text(9);
    stored.item_code = row.text(10);
    stored.item_name = row.text(11);
    stored.person = row.bytes(12);
    stored.received_at = instant(row.integer(13));
    stored.receipt1 = row.bytes(14);
    stored.receipt2 = row.bytes(15);
    stored.completed_at = instant(row.integer(16));
    stored.epoch = epoch_of(row.bytes(17));
    stored.seq = row.integer(18);
    stored.state = state_of(row.text(19));
    stored.reason = row.text(20);
    stored.decided_at = instant(row.integer(21));
    return stored;
}

Refusal refusal_of_row(const sql::Row& row) {
    Refusal refusal;
    refusal.terminal = row.text(0);
    refusal.sub_id.bytes = array_of<16>(row.bytes(1));
    refusal.manifest_digest = array_of<32>(row.bytes(2));
    refusal.reason = row.text(3);
    refusal.manifest = row.bytes(4);
    refusal.envelope = row.bytes(5);
    refusal.receipt = row.bytes(6);
    refusal.refused_at = instant(row.integer(7));
    refusal.signature = row.bytes(8);
    refusal.certificate = row.bytes(9);
    refusal.epoch = epoch_of(row.bytes(10));
    refusal.seq = row.integer(11);
    return refusal;
}

papers::CaseStatus status_of(const sql::Row& row) {
    const CaseState state = state_of(row.text(1));
    return {row.text(0), told_as(state),
            instant(row.integer(state == CaseState::uploaded   ? 2
                                : state == CaseState::rejected ? 4
                                                               : 3))};
}

base::Result<bool> has_effect(sql::Work& work, const domain::SubId& id, std::int64_t serial) {
    const sql::Rows found =
        TRY(work->run("SELECT 1 AS one FROM effect WHERE sub_id = $1 AND serial = $2",
                      {base::ByteView(id.bytes), serial}));
    return !found.empty();
}

}  // namespace offline::intake
