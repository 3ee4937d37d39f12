// The sample county, an old lady who lives there, and her application: what the tests change.
#pragma once

#include "base/bytes.hpp"
#include "catalogue/application.hpp"
#include "catalogue/pack_reader.hpp"
#include "catalogue/submission_json.hpp"
#include "domain/check_characters.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sample {

using nlohmann::json;

inline const std::string pack_folder = "kiosk/catalogue/packs/sample_county";
inline const std::string item_code = "990511001000";
inline const std::string division = "000101001001";
inline const base::Date today{std::chrono::year{2026} / 11 / 22};

inline json pack_json() {
    return json::parse(base::as_text(base::read_file(pack_folder + "/pack.json").value()));
}

inline catalogue::ReadPack read(const json& pack) {
    return catalogue::read_pack(base::to_bytes(pack.dump()));
}

inline const catalogue::Pack& pack() {
    static const catalogue::Pack read_once = read(pack_json()).pack;
    return read_once;
}
inline const catalogue::ServiceItem& item() {
    return *pack().find_item(item_code);
}

inline domain::IdCardRecord card(const std::string& birth = "19410203") {
    std::string number = "000101" + birth + "012";
    number += domain::mod_11_2(number);
    domain::IdCardRecord record;
    record.type = domain::CardType::resident;
    record.name = "王𬱖兰";
    record.sex_code = "2";
    record.ethnicity_code = "01";
    record.birth_yyyymmdd = birth;
    record.address = "示例县示例镇示例村三组8号";
    record.number = number;
    record.authority = "示例县公安局";
    record.valid_from_yyyymmdd = "20060102";
    record.valid_until = "长期";
    return record;
}
inline domain::CitizenIdentity person(const std::string& birth = "19410203") {
    return domain::CitizenIdentity::from_card(card(birth), today).value();
}

inline catalogue::SituationAnswers situation() {
    return {{"applicant", "self"}, {"household", "here"}, {"social_card", "yes"}};
}

inline catalogue::Facts facts(base::Date on = today, const std::string& birth = "19410203") {
    return catalogue::facts_for(item(), person(birth), situation(), on, division);
}

inline void type(catalogue::FormDraft& draft, const std::string& key, const std::string& text) {
    draft[key] = {base::SecretText(text), catalogue::Origin::typed};
}

inline catalogue::FormDraft draft() {
    auto filled = catalogue::prefill(pack(), item(), person(), division);
    type(filled, "p.live_detail", "三组大塘边新屋");
    type(filled, "p.phone", "138 0013 8000");
    type(filled, "old.other_benefit", "none");
    type(filled, "b.kind", "social_card");
    type(filled, "b.bank", "rural");
    type(filled, "b.account", "6222 0212 3456 7890 128");
    type(filled, "old.alive_check", "visit");
    return filled;
}

inline catalogue::FormAnswers answers() {
    return std::get<catalogue::FormAnswers>(
        catalogue::FormAnswers::check(item(), draft(), facts()));
}

inline catalogue::SignedLetter letter() {
    catalogue::SignedLetter letter;
    letter.template_id = item().letter.template_id;
    letter.revision = item().letter.revision;
    letter.undertaking = catalogue::Undertaking::commit;
    letter.ticks.assign(item().letter.clauses.size(), true);
    letter.signature = base::Secret<domain::Strokes>(
        domain::Strokes{2.5, {{{0.1F, 0.2F}, {0.33333F, 0.25F}}, {{0.5F, 0.1F}, {0.5F, 0.9F}}}});
    letter.signed_at = "2026-11-22T09:46:00+08:00";
    return letter;
}

inline base::Result<catalogue::Submission> submission(
    catalogue::SignedLetter signed_letter = letter()) {
    auto application = catalogue::Application::make(
        pack(), item(), base::Secret<domain::CitizenIdentity>(person()),
        {catalogue::ProofKind::chip_and_face, true, "match"}, situation(), answers(), today,
        facts(), "2026-11-22T09:40:00+08:00");
    return catalogue::Submission::make(
        domain::SubId::parse("00112233445566778899aabbccddeeff").value(), domain::Realm::training,
        "000101001001001", division, std::move(application), std::move(signed_letter), item());
}

inline json submission_json() {
    return json::parse(*catalogue::submission_json(submission().value()));
}

}  // namespace sample
