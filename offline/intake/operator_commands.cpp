#include "offline/intake/operator_commands.hpp"

#include "domain/dates.hpp"
#include "offline/intake/answer_book.hpp"
#include "offline/intake/booking_book.hpp"
#include "offline/intake/case_view.hpp"
#include "offline/intake/operator_view.hpp"
#include "offline/intake/proof_book.hpp"
#include "offline/intake/province/case_facts.hpp"
#include "offline/intake/province/export.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"

#include <filesystem>

namespace offline::intake {

Text case_text(const Site& site, const std::string& sub_id) {
    const sealing::IntakeKeys keys = TRY(read_keys(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_to_read));
    const domain::SubId id = TRY(domain::SubId::parse(sub_id));
    const auto found = TRY(store->with_sub_id(id));
    if (found.empty()) return base::fail(base::FaultCode::AnswerNotFound, "no case of this sub_id");
    return TRY(case_as_json(found.front(), keys)) + "\n";
}

Text all_cases_text(const Site& site) {
    const sealing::IntakeKeys keys = TRY(read_keys(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_to_read));
    const auto cases = TRY(store->all());
    return TRY(cases_as_json(cases, keys)) + "\n";
}

Text count_text(const Site& site) {
    const auto store = TRY(open_store(site, &IntakeStore::open_to_read));
    return std::to_string(TRY(store->count())) + "\n";
}

Text terminals_text(const Site& site) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    return terminals_as_text(TRY(store->terminals()));
}

Text gaps_text(const Site& site) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    return gaps_as_text(TRY(store->gaps()));
}

Text quarantine_text(const Site& site) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    return quarantine_as_text(TRY(store->quarantine()));
}

Text quarantined_text(const Site& site, const std::string& sub_id) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const auto refusals = TRY(store->quarantine());
    std::string out;
    for (const auto& refusal : refusals)
        if (refusal.sub_id.text() == sub_id) out += refusal_as_json(refusal) + "\n";
    if (out.empty()) return base::fail(base::FaultCode::AnswerNotFound, "not in quarantine");
    return out;
}

Text service_records(const Site& site, const std::string& terminal) {
    return service_records_text(site.service_records_folder(), terminal);
}

Text release(const Site& site, const std::string& sub_id, base::Instant now) {
    const domain::SubId id = TRY(domain::SubId::parse(sub_id));
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    TRY_STATUS(store->release(id, now));
    return std::string();
}

Text replay(const Site& site, const std::string& sub_id, base::Instant now) {
    const domain::SubId id = TRY(domain::SubId::parse(sub_id));
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    TRY_STATUS(store->replay(id, now));
    return std::string();
}

base::Result<ExportedCases> export_to(const Site& site, const std::string& folder) {
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    const base::Bytes key_set = TRY(base::read_file(site.key_set));
    const auto trusted = TRY(sealing::KeySet::verify(key_set, root));
    const auto pack = TRY(read_pack(site, trusted));
    const sealing::IntakeKeys keys = TRY(read_keys(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_to_read));
    std::vector<province::CaseFacts> facts;
    // What somebody said to the office is no case of the province.
    const auto is_voice = [&](const StoredCase& stored) {
        return pack->voice && stored.item_code == pack->voice->item_code;
    };
    for (const auto& stored : TRY(store->all()))
        if (!stored.receipt2.empty() && !is_voice(stored))
            facts.push_back(TRY(province::facts_of(stored, keys)));
    const auto done = TRY(province::export_cases(facts, *pack, folder));
    return ExportedCases{done.cases, done.kept_back};
}

base::Result<std::int64_t> load_registers(const Site& site, const std::string& path) {
    const base::Bytes file = TRY(base::read_file(path));
    const auto keys = TRY(read_keys(site));
    auto book = TRY(AnswerBook::open(site.folder));
    return book.load(base::as_text(file), keys);
}

base::Result<std::int64_t> load_proofs(const Site& site, const std::string& path) {
    const base::Bytes file = TRY(base::read_file(path));
    const auto keys = TRY(read_keys(site));
    auto book = TRY(ProofBook::open(site.folder));
    const auto beside = std::filesystem::path(path).parent_path().string();
    return book.load(base::as_text(file), beside, keys);
}

Text verify_proof(const Site& site, const std::string& code, base::Instant now) {
    if (!questions::is_proof_code(code))
        return base::fail(base::FaultCode::AnswerNotFound, "the code is mistyped");
    auto book = TRY(ProofBook::open(site.folder));
    const auto found = TRY(book.verify(code));
    if (!found) return base::fail(base::FaultCode::AnswerNotFound, "no paper has this code");
    const bool over =
        !found->valid_to.empty() && found->valid_to < domain::iso(base::local_date(now));
    return "type       " + found->type + "\ntitle      " + found->title + "\nholder     " +
           found->masked_holder + "\nissued at  " + found->issued_at + "\nvalid to   " +
           (found->valid_to.empty() ? std::string("without end") : found->valid_to) +
           (over ? " (over)" : "") + "\n";
}

base::Result<std::int64_t> load_bookings(const Site& site, const std::string& path) {
    const base::Bytes file = TRY(base::read_file(path));
    auto book = TRY(BookingBook::open(site.folder));
    return book.load(base::as_text(file));
}

Text bookings_text(const Site& site) {
    auto book = TRY(BookingBook::open(site.folder));
    std::string out;
    for (const auto& booking : TRY(book.all()))
        out += booking.number + "  " + booking.slot.date + " " + booking.slot.from + "–" +
               booking.slot.to + "  " + booking.point.name + "\n";
    return out;
}

}  // namespace offline::intake
