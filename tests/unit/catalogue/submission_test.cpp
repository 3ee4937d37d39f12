#include "catalogue/submission_json.hpp"
#include "domain/dates.hpp"
#include "sample.hpp"

namespace {

using base::FaultCode;
using sample::json;

auto check(const json& submission, base::Date today = sample::today) {
    return catalogue::check_submission(base::to_bytes(submission.dump()), sample::pack(), today);
}
// "CentreRefused: item: unknown", or "" for a submission that is taken.
std::string verdict(const json& submission, base::Date today = sample::today) {
    const auto checked = check(submission, today);
    if (checked) return "";
    return std::string(base::name(checked.error().code)) + ": " + checked.error().safe_detail;
}

TEST(submission, comes_out_as_it_went_in) {
    const auto written = catalogue::submission_json(sample::submission().value());
    const auto checked =
        catalogue::check_submission(base::to_bytes(*written), sample::pack(), sample::today);
    ASSERT_TRUE(checked) << checked.error().safe_detail;
    EXPECT_EQ(checked->json, *written);
    EXPECT_EQ(checked->sub_id, "00112233445566778899aabbccddeeff");
    EXPECT_EQ(checked->name, "王𬱖兰");
    EXPECT_EQ(checked->item_name, "高龄津贴申领");
    EXPECT_EQ(checked->id_number, sample::person().number().text());
}

catalogue::SignedLetter confirmed_by_ear() {
    auto letter = sample::letter();
    letter.way = catalogue::SignatureWay::read_aloud;
    letter.signature = {};
    letter.confirmed_at.assign(letter.ticks.size(), "2026-11-22T09:45:00+08:00");
    return letter;
}

TEST(submission, confirmed_by_ear_comes_out_as_it_went_in) {
    const auto made = sample::submission(confirmed_by_ear());
    ASSERT_TRUE(made) << made.error().safe_detail;
    const auto written = json::parse(*catalogue::submission_json(*made));
    EXPECT_EQ(written["letter"]["way"], "read_aloud");
    EXPECT_FALSE(written["letter"].contains("signature"));
    EXPECT_EQ(verdict(written), "");
}

TEST(submission, confirmed_by_ear_needs_every_clause_and_a_letter_that_allows_it) {
    auto letter = confirmed_by_ear();
    letter.confirmed_at.pop_back();
    EXPECT_FALSE(sample::submission(letter));
    letter = confirmed_by_ear();
    letter.ticks.back() = false;
    letter.undertaking = catalogue::Undertaking::ordinary;
    EXPECT_FALSE(sample::submission(letter));
    auto written =
        json::parse(*catalogue::submission_json(sample::submission(confirmed_by_ear()).value()));
    written["letter"]["confirmed_at"].erase(0);
    EXPECT_EQ(verdict(written), "CentreRefused: letter: a clause is not confirmed");
    written["letter"]["way"] = "thumb";
    EXPECT_TRUE(verdict(written).starts_with("BytesMalformed"));
    auto strict = sample::pack();
    strict.items.front().letter.ways = {catalogue::SignatureWay::touch};
    const auto checked = catalogue::check_submission(
        base::to_bytes(*catalogue::submission_json(sample::submission(confirmed_by_ear()).value())),
        strict, sample::today);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().safe_detail, "letter: not to be signed this way");
}

catalogue::SignedLetter witnessed(const std::string& birth, const std::string& name = "李小满") {
    auto letter = sample::letter();
    letter.way = catalogue::SignatureWay::witnessed;
    letter.witness = base::Secret<catalogue::Witness>(
        {name, sample::person(birth).number().text(), {2, {{{0.1F, 0.2F}, {0.5F, 0.25F}}}}});
    return letter;
}
catalogue::SignedLetter by_thumb() {
    auto letter = sample::letter();
    letter.way = catalogue::SignatureWay::thumb;
    letter.signature = {};
    letter.thumb_print =
        base::Secret<domain::GreyPicture>({160, 200, std::vector<std::uint8_t>(160 * 200, 128)});
    return letter;
}

TEST(submission, signed_by_thumb_or_by_a_witnessed_mark_comes_out_as_it_went_in) {
    for (const auto& letter : {by_thumb(), witnessed("19810302")}) {
        const auto made = sample::submission(letter);
        ASSERT_TRUE(made) << made.error().safe_detail;
        EXPECT_EQ(verdict(json::parse(*catalogue::submission_json(*made))), "");
    }
}

TEST(submission, the_witness_is_known_of_age_and_somebody_else) {
    EXPECT_EQ(sample::submission(witnessed("19410203")).error().safe_detail,
              "letter: the witness is the applicant");
    EXPECT_EQ(sample::submission(witnessed("20140101")).error().safe_detail,
              "letter: the witness is a child");
    EXPECT_FALSE(sample::submission(witnessed("19810302", "")));
    auto letter = witnessed("19810302");
    letter.witness = {};
    EXPECT_EQ(sample::submission(letter).error().safe_detail, "letter: no witness");
    auto written =
        json::parse(*catalogue::submission_json(sample::submission(witnessed("19810302")).value()));
    written["letter"]["witness"]["id_number"] = sample::person().number().text();
    EXPECT_EQ(verdict(written), "CentreRefused: letter: the witness is the applicant");
}

TEST(submission, a_thumb_print_of_another_size_is_refused) {
    auto written = json::parse(*catalogue::submission_json(sample::submission(by_thumb()).value()));
    written["letter"]["thumb_print"] = "AAAA";
    EXPECT_TRUE(verdict(written).starts_with("BytesMalformed"));
    auto letter = by_thumb();
    letter.thumb_print = {};
    EXPECT_EQ(sample::submission(letter).error().safe_detail, "letter: no thumb print");
}

TEST(submission, of_what_is_filed_only_at_a_counter_is_refused) {
    auto pack = sample::pack();
    for (auto& item : pack.items)
        if (item.code == sample::item_code) item.handling = catalogue::Handling::counter;
    const auto checked = catalogue::check_submission(
        base::to_bytes(sample::submission_json().dump()), pack, sample::today);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, FaultCode::CentreRefused);
    EXPECT_EQ(checked.error().safe_detail, "item: filed only at a counter");
}

TEST(submission, is_canonical) {
    const auto written = catalogue::submission_json(sample::submission().value());
    EXPECT_EQ(*written, json::parse(*written).dump());
    EXPECT_NE(written->find("[0.3333,0.25]"), std::string::npos);
}

TEST(submission, another_spelling_of_the_same_content_has_the_same_canonical_form) {
    const auto written = catalogue::submission_json(sample::submission().value());
    const auto pretty = json::parse(*written).dump(2);
    const auto checked =
        catalogue::check_submission(base::to_bytes(pretty), sample::pack(), sample::today);
    ASSERT_TRUE(checked) << checked.error().safe_detail;
    EXPECT_EQ(checked->json, *written);
}

TEST(submission, says_where_the_material_that_follows_stands) {
    const auto written = sample::submission_json();
    EXPECT_EQ(written["materials"].size(), 5u);
    EXPECT_EQ(written["materials"][4]["due"], "2026-12-02");
}

TEST(submission, delivered_weeks_later_still_counts_from_its_own_day) {
    EXPECT_EQ(verdict(sample::submission_json(), domain::plus_days(sample::today, 60)), "");
}

TEST(submission, signed_just_after_midnight_still_has_the_days_of_the_review) {
    auto late = sample::submission_json();
    late["letter"]["signed_at"] = "2026-11-23T00:03:00+08:00";
    EXPECT_EQ(verdict(late, domain::plus_days(sample::today, 1)), "");
}

TEST(submission, cannot_be_made_without_every_tick_or_without_a_signature) {
    auto letter = sample::letter();
    letter.ticks[2] = false;
    EXPECT_EQ(sample::submission(letter).error().code, FaultCode::PostRefused);
    letter.undertaking = catalogue::Undertaking::ordinary;
    EXPECT_TRUE(sample::submission(letter));
    letter.signature = base::Secret<domain::Strokes>(domain::Strokes{});
    EXPECT_EQ(sample::submission(letter).error().code, FaultCode::PostRefused);
}

// One tampering each: what was changed, and what the intake says to it.
struct Tampering {
    const char* name;
    const char* patch;
    const char* says;
};
std::ostream& operator<<(std::ostream& out, const Tampering& t) {
    return out << t.name;
}

class submission_with : public testing::TestWithParam<Tampering> {};

TEST_P(submission_with, is_refused) {
    const auto& tampering = GetParam();
    const auto said = verdict(sample::submission_json().patch(json::parse(tampering.patch)));
    EXPECT_TRUE(said.starts_with(tampering.says)) << said;
}

#define REPLACE(path, value) R"([{"op":"replace","path":")" path R"(","value":)" value "}]"
#define ADD(path, value) R"([{"op":"add","path":")" path R"(","value":)" value "}]"
#define REMOVE(path) R"([{"op":"remove","path":")" path R"("}])"

INSTANTIATE_TEST_SUITE_P(
    tampering, submission_with,
    testing::Values(
        Tampering{"an_older_birth_date", REPLACE("/person/birth_date", R"("1930-02-03")"),
                  "CentreRefused: person: CardRecordMalformed birth"},
        Tampering{"a_number_with_a_wrong_check",
                  REPLACE("/person/id_number", R"("000101194102030122")"),
                  "CentreRefused: person: CardNumberWrong"},
        Tampering{"an_expired_card", REPLACE("/person/valid_until", R"("2026-11-21")"),
                  "CentreRefused: person: CardExpired"},
        Tampering{"another_name", REPLACE("/person/name", R"("王秀英")"),
                  "CentreRefused: answers: p.name is not what it came from"},
        Tampering{"another_holder", REPLACE("/answers/b.holder/value", R"("王秀英")"),
                  "CentreRefused: answers: b.holder is not what it came from"},
        Tampering{"a_typed_holder",
                  REPLACE("/answers/b.holder", R"({"value":"王秀英","origin":"typed"})"),
                  "CentreRefused: answers: b.holder is not what it came from"},
        Tampering{"a_locked_value_left_out", REMOVE("/answers/p.hukou_addr"),
                  "CentreRefused: answers: p.hukou_addr is left out"},
        Tampering{"letters_in_the_account",
                  REPLACE("/answers/b.account/value", R"("62220212345678901ab")"),
                  "CentreRefused: answers: b.account breaks a rule"},
        Tampering{"spaces_in_the_account",
                  REPLACE("/answers/b.account/value", R"("6222 0212 3456 7890 128")"),
                  "CentreRefused: answers: more or other"},
        Tampering{"a_missing_answer", REMOVE("/answers/old.alive_check"),
                  "CentreRefused: answers: old.alive_check breaks a rule"},
        Tampering{"an_answer_nobody_asked",
                  ADD("/answers/gift", R"({"value":"1","origin":"typed"})"),
                  "CentreRefused: answers: more or other"},
        Tampering{
            "an_unknown_village",
            REPLACE("/answers/p.live_div", R"({"value":"000199001001 别处","origin":"typed"})"),
            "CentreRefused: answers: p.live_div is no division"},
        Tampering{"a_village_by_another_name",
                  REPLACE("/answers/p.live_div",
                          R"({"value":"000101001002 示例县 · 示例镇 · 别村","origin":"typed"})"),
                  "CentreRefused: answers: p.live_div is no division"},
        Tampering{"a_missing_tick", REPLACE("/letter/ticks/3", "false"),
                  "CentreRefused: letter: a tick is missing"},
        Tampering{"a_tick_too_few", REMOVE("/letter/ticks/3"), "CentreRefused: letter: ticks"},
        Tampering{"another_letter", REPLACE("/letter/revision", "2"),
                  "CentreRefused: letter: another template"},
        Tampering{"no_signature", REPLACE("/letter/signature/lines", "[]"),
                  "BytesMalformed: /letter/signature/lines"},
        Tampering{"a_signature_off_the_pad", REPLACE("/letter/signature/lines/0/0/0", "12"),
                  "BytesMalformed: /letter/signature/lines/0/0"},
        Tampering{"an_unknown_item", REPLACE("/item/code", R"("990511001001")"),
                  "CentreRefused: item: unknown"},
        Tampering{"another_version_of_the_item", REPLACE("/item/version", "9"),
                  "CentreRefused: item: another version"},
        Tampering{"another_body",
                  REPLACE("/item/implementation_code", R"("11000101DEM000145B4990511001000")"),
                  "CentreRefused: item: another implementation"},
        Tampering{"the_other_realm", REPLACE("/realm", R"("service")"), "RealmMismatch"},
        Tampering{"an_unknown_division", REPLACE("/division", R"("000199001001")"),
                  "CentreRefused: division: unknown"},
        Tampering{"an_application_for_another", REPLACE("/situation/applicant", R"("other")"),
                  "CentreRefused: situation: stopped by for_someone_else"},
        Tampering{"an_unanswered_question", REMOVE("/situation/household"),
                  "CentreRefused: situation: household is not answered"},
        Tampering{"an_unknown_question", ADD("/situation/moon", R"("full")"),
                  "CentreRefused: situation: unknown question"},
        Tampering{"more_days_for_the_photo", REPLACE("/materials/4/due", R"("2027-12-02")"),
                  "CentreRefused: materials"},
        Tampering{"a_material_left_out", REMOVE("/materials/4"), "CentreRefused: materials"},
        Tampering{"a_match_without_consent", REPLACE("/proof/face_consented", "false"),
                  "CentreRefused: proof: a face without consent"},
        Tampering{"a_match_that_was_none", REPLACE("/proof/face_outcome", R"("failed")"),
                  "CentreRefused: proof: kind and outcome"},
        Tampering{"a_liveness_nobody_knows", REPLACE("/proof/face_liveness", R"("maybe")"),
                  "CentreRefused: proof: unknown liveness"},
        Tampering{"an_unknown_key", ADD("/person/photo", R"("x")"),
                  "BytesMalformed: /person/photo: unknown key"},
        Tampering{"a_clock_without_an_offset",
                  REPLACE("/letter/signed_at", R"("2026-11-22 09:46")"),
                  "BytesMalformed: /letter/signed_at"},
        Tampering{"no_person", REMOVE("/person"), "BytesMalformed: /person: missing"}),
    [](const testing::TestParamInfo<Tampering>& each) { return std::string(each.param.name); });

TEST(submission, of_someone_too_young_is_refused_even_from_a_clock_that_runs_ahead) {
    auto young = sample::submission_json();
    const auto card = sample::card("19470301");
    young["person"]["birth_date"] = "1947-03-01";
    young["person"]["id_number"] = card.number;
    young["answers"]["p.birth"]["value"] = "1947-03-01";
    young["answers"]["p.doc_no"]["value"] = card.number;
    EXPECT_EQ(verdict(young), "CentreRefused: situation: stopped by too_young");
    young["letter"]["signed_at"] = "2027-11-22T09:46:00+08:00";
    EXPECT_EQ(verdict(young), "CentreRefused: situation: stopped by too_young");
}

TEST(submission, nonsense_is_malformed) {
    EXPECT_TRUE(verdict(json::array()).starts_with("BytesMalformed"));
    EXPECT_TRUE(verdict(json::object()).starts_with("BytesMalformed"));
    EXPECT_FALSE(catalogue::check_submission({}, sample::pack(), sample::today));
}

TEST(submission, leaves_no_secret_behind) {
    const long before = base::live_secrets();
    EXPECT_EQ(verdict(sample::submission_json()), "");
    EXPECT_EQ(base::live_secrets(), before);
}

}  // namespace
