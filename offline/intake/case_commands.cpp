#include "offline/intake/case_commands.hpp"

#include "offline/intake/case_standing.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"

#include <algorithm>
#include <cctype>

namespace offline::intake {

namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return text;
}

std::string or_dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

std::string state_of_line(const CaseLine& line, const CaseStanding& standing) {
    if (line.technical == name(CaseState::applied))
        return std::string(domain::word(standing.state));
    // Its receipt is given, and it is not the office's yet.
    return line.technical == name(CaseState::received) ? "COMPLETE" : line.technical;
}

}  // namespace

base::Result<std::shared_ptr<const catalogue::Pack>> pack_of(const Site& site) {
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    const base::Bytes key_set = TRY(base::read_file(site.key_set));
    const auto trusted = TRY(sealing::KeySet::verify(key_set, root));
    return read_pack(site, trusted);
}

std::int64_t promised_days_of(const catalogue::Pack& pack, const std::string& item_code) {
    const auto* item = pack.find_item(item_code);
    return item == nullptr ? 0 : item->promised_days;
}

base::Result<Moved> move_case(CaseBook& book, const catalogue::Pack& pack, const MoveOrder& order,
                              base::Instant now) {
    const auto to = domain::office_state_from(upper(order.state));
    if (!to) return base::fail(base::FaultCode::CommandRefused, "没有这种办件状态");
    const CaseLine line = TRY(book.find(order.case_number));
    CaseEvent event;
    event.move = {*to, order.office, order.until, order.note, upper(order.result)};
    event.at = now;
    event.by = order.by;
    // Kept with the acceptance: what a later pack promises is not what this person was promised.
    if (*to == domain::OfficeState::accepted)
        event.promised_days = promised_days_of(pack, line.item_code);
    return Moved{TRY(book.move(order.case_number, event)), *to};
}

Text cases_list_text(const Site& site) {
    const auto pack = TRY(pack_of(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    std::string out;
    for (const auto& line : TRY(store->life().newest())) {
        const auto standing = standing_of(line.received_at, line.events, pack->calendar);
        out += line.case_number + "\t" + state_of_line(line, standing) + "\t" +
               base::iso8601_local(standing.since) + "\t" + or_dash(standing.due) + "\t" +
               or_dash(standing.office) + "\t" + line.item_name + "\n";
    }
    return out;
}

Text case_history_text(const Site& site, const std::string& case_number) {
    const auto pack = TRY(pack_of(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const CaseLine line = TRY(store->life().find(case_number));
    const auto standing = standing_of(line.received_at, line.events, pack->calendar);
    std::string out = line.case_number + "\t" + state_of_line(line, standing) + "\t" +
                      or_dash(standing.due) + "\t" + line.item_name + "\n";
    out += base::iso8601_local(line.received_at) + "\tRECEIVED\n";
    for (const auto& event : line.events) {
        const auto& move = event.move;
        out += base::iso8601_local(event.at) + "\t" + std::string(domain::word(move.to)) + "\t" +
               event.by + "\t" + or_dash(move.office) + "\t" + or_dash(move.until) + "\t" +
               or_dash(move.result) + "\t" + or_dash(move.note) + "\n";
    }
    if (!line.whole) out += "过程记录被改过\n";
    return out;
}

Text move_case_text(const Site& site, const MoveOrder& order, base::Instant now) {
    const auto pack = TRY(pack_of(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const Moved moved = TRY(move_case(store->life(), *pack, order, now));
    return order.case_number + "\t" + std::string(domain::word(moved.from)) + "\t" +
           std::string(domain::word(moved.to)) + "\n";
}

}  // namespace offline::intake
