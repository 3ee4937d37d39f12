#include "catalogue/pack_reader.hpp"

#include "sample.hpp"

#include <algorithm>
#include <filesystem>

namespace {

using catalogue::PackProblem;
using sample::json;

std::string listed(const std::vector<PackProblem>& problems) {
    std::string text;
    for (const auto& problem : problems) text += problem.place + ": " + problem.text + "\n";
    return text;
}

TEST(sample_county, reads_without_a_problem) {
    EXPECT_EQ(listed(sample::read(sample::pack_json()).problems), "");
    ASSERT_NE(sample::pack().find_item(sample::item_code), nullptr);
    EXPECT_EQ(sample::item().letter.clauses.size(), 4u);
    EXPECT_EQ(sample::pack().find_item("990511001001"), nullptr);
    EXPECT_TRUE(sample::pack().divisions.knows(sample::division));
}

// One fault put into the sample pack: where, what, and the place the technician has to be told.
struct PackFault {
    const char* name;
    const char* patch;  // RFC 6902
    const char* place;
    const char* says;
};
std::ostream& operator<<(std::ostream& out, const PackFault& fault) {
    return out << fault.name;
}

class pack_with : public testing::TestWithParam<PackFault> {};

TEST_P(pack_with, is_refused_with_its_place) {
    const auto& fault = GetParam();
    const auto read = sample::read(sample::pack_json().patch(json::parse(fault.patch)));
    const bool found =
        std::any_of(read.problems.begin(), read.problems.end(), [&](const PackProblem& problem) {
            return problem.place == fault.place &&
                   problem.text.find(fault.says) != std::string::npos;
        });
    EXPECT_TRUE(found) << "wanted " << fault.place << ": " << fault.says << "\nfound\n"
                       << listed(read.problems);
}

#define REPLACE(path, value) R"([{"op":"replace","path":")" path R"(","value":)" value "}]"
#define ADD(path, value) R"([{"op":"add","path":")" path R"(","value":)" value "}]"
#define REMOVE(path) R"([{"op":"remove","path":")" path R"("}])"
#define COPY(from, path) R"([{"op":"copy","from":")" from R"(","path":")" path R"("}])"
#define I "/items/0"

INSTANTIATE_TEST_SUITE_P(
    fault, pack_with,
    testing::Values(
        PackFault{"voice_of_an_item", REPLACE("/voice/item_code", "\"990511001000\""),
                  "/voice/item_code", "an item has this code already"},
        PackFault{"voice_level", REPLACE("/voice/follow_up_levels", "[6]"),
                  "/voice/follow_up_levels/0", "expected a number from 1 to 5"},
        PackFault{"voice_key", REPLACE("/voice/consult/0/key", "\"Ü\""), "/voice/consult/0/key",
                  "expected a-z, 0-9 and _"},
        PackFault{"voice_twins", REPLACE("/voice/consult/1/key", "\"conditions\""),
                  "/voice/consult/1/key", "stands twice"},
        PackFault{"voice_code", REPLACE("/voice/implementation_code", "\"1\""),
                  "/voice/implementation_code", "expected 31 characters"},
        PackFault{"voice_without_complaints", REMOVE("/voice/complaint"), "/voice/complaint",
                  "missing"},
        PackFault{"a_holiday_of_another_year", REPLACE("/calendar/0/holidays/0", R"("2027-01-01")"),
                  "/calendar/0/holidays/0", "a date of this year"},
        PackFault{"a_holiday_twice", COPY("/calendar/0/holidays/0", "/calendar/0/holidays/1"),
                  "/calendar/0/holidays/1", "stands twice"},
        PackFault{"a_holiday_that_is_worked",
                  COPY("/calendar/0/holidays/0", "/calendar/0/makeup_workdays/0"),
                  "/calendar/0/makeup_workdays", "a holiday, too"},
        PackFault{"a_calendar_year_twice", COPY("/calendar/0", "/calendar/-"), "/calendar/2",
                  "this year stands twice"},
        PackFault{"an_office_that_closes_before_it_opens",
                  REPLACE("/office_hours/0/closes", R"("08:00")"), "/office_hours/0/closes",
                  "not after it opens"},
        PackFault{"a_time_that_is_none", REPLACE("/office_hours/0/opens", R"("9 Uhr")"),
                  "/office_hours/0/opens", "a time of day"},
        PackFault{"a_week_that_ends_before_it_begins",
                  REPLACE("/office_hours/0/first_weekday", "6"), "/office_hours/0/last_weekday",
                  "before the first"},
        PackFault{"an_unknown_key", ADD(I "/colour", "1"), I "/colour", "unknown key"},
        PackFault{"a_letter_of_a_sensitive_service", ADD(I "/sensitive", "true"), I "/letter",
                  "nothing is granted on a promise"},
        PackFault{"a_trade_code_that_is_none", REPLACE("/negative_list/0/trade_code", R"("26A2")"),
                  "/negative_list/0/trade_code", "expected 4 digits"},
        PackFault{"a_guide_link_without_tls", REPLACE("/guide_link", R"("http://a.example/")"),
                  "/guide_link", "expected an https address"},
        PackFault{"another_format", REPLACE("/format", R"("x")"), "/format", "citizen-window/pack"},
        PackFault{"a_missing_key", REMOVE(I "/name"), I "/name", "missing"},
        PackFault{"a_text_where_a_number_belongs", REPLACE(I "/promised_days", R"("20")"),
                  I "/promised_days", "expected a whole number, found a text"},
        PackFault{"a_number_out_of_range", REPLACE(I "/promised_days", "0"), I "/promised_days",
                  "expected 1 to 365"},
        PackFault{"a_list_where_an_object_belongs", REPLACE(I "/letter", "[]"), I "/letter",
                  "expected an object, found a list"},
        PackFault{"an_unknown_word", REPLACE(I "/filing_date", R"("someday")"), I "/filing_date",
                  "captured, received"},
        PackFault{"no_english", REMOVE(I "/form/1/fields/0/label/en"),
                  I "/form/1/fields/0/label/en", "missing"},
        PackFault{"an_empty_text", REPLACE(I "/summary/zh", R"(" ")"), I "/summary/zh", "empty"},
        PackFault{"a_date_that_is_none", REPLACE("/built_on", R"("2026-02-30")"), "/built_on",
                  "expected a date"},
        PackFault{"a_brand_mark_of_two", REPLACE("/brand_mark", R"("民生")"), "/brand_mark",
                  "one character"},
        PackFault{"a_short_division", REPLACE("/divisions/units/1/code", R"("0001")"),
                  "/divisions/units/1/code", "expected 6 digits"},
        PackFault{"a_division_of_letters", REPLACE("/divisions/units/1/code", R"("0001O0")"),
                  "/divisions/units/1/code", "expected 6 digits"},
        PackFault{"a_division_twice", COPY("/divisions/units/0", "/divisions/units/1"),
                  "/divisions/units/1/code", "stands twice: keep one line of 000000"},
        PackFault{"a_village_without_its_town", REMOVE("/divisions/units/3"),
                  "/divisions/units/3/code", "no unit 000101001 above it"},
        PackFault{"divisions_without_an_edition", REMOVE("/divisions/edition"),
                  "/divisions/edition", "missing"},
        PackFault{"an_edition_that_is_no_date", REPLACE("/divisions/edition", R"("2026")"),
                  "/divisions/edition", "expected the date of the official list"},
        PackFault{"an_initial_that_is_no_letter", ADD("/divisions/units/4/initial", R"("s")"),
                  "/divisions/units/4/initial", "one letter"},
        PackFault{"an_abolished_division_that_still_stands",
                  REPLACE("/divisions/abolished/0/code", R"("000101001001")"),
                  "/divisions/abolished/0/code", "stands twice"},
        PackFault{"a_successor_nobody_knows",
                  REPLACE("/divisions/abolished/0/successor", R"("000101001099")"),
                  "/divisions/abolished/0/successor", "name one that stands"},
        PackFault{"no_divisions", REMOVE("/divisions"), "/divisions", "missing"},
        PackFault{"an_item_twice", COPY(I, "/items/1"), "/items/1/code", "stands twice"},
        PackFault{"a_tile_twice", COPY("/home/0", "/home/1"), "/home/1/id", "stands twice"},
        PackFault{"a_tile_to_nowhere", REPLACE("/home/1/item_code", R"("990511001001")"),
                  "/home/1/item_code", "no item has this code"},
        PackFault{"a_tile_without_its_item", REMOVE("/home/1/item_code"), "/home/1/item_code",
                  "missing"},
        PackFault{"a_wrong_implementation_code", REPLACE(I "/implementation_code", R"("1")"),
                  I "/implementation_code", "31 characters"},
        PackFault{"a_condition_on_an_unknown_fact",
                  REPLACE(I "/stops/0/when/args/0/fact", R"("weather")"), I "/stops/0/when",
                  "reads weather"},
        PackFault{
            "a_question_that_waits_for_a_later_one",
            ADD(I "/situation/0/when", R"({"op":"equal","args":[{"fact":"social_card"},"yes"]})"),
            I "/situation/0/when", "answered only later"},
        PackFault{"facts_in_a_circle", REPLACE(I "/facts/0/value", R"({"fact":"amount"})"),
                  I "/facts/0/value", "reads amount"},
        PackFault{"a_fact_named_like_a_question", REPLACE(I "/facts/0/name", R"("applicant")"),
                  I "/facts/0/name", "another fact"},
        PackFault{"an_unknown_operator", REPLACE(I "/stops/0/when/op", R"("maybe")"),
                  I "/stops/0/when/op", "unknown operator"},
        PackFault{"an_operator_without_arguments", REPLACE(I "/stops/0/when/args", "[]"),
                  I "/stops/0/when/args", "expected at least 2"},
        PackFault{"a_condition_that_is_a_number", REPLACE(I "/stops/0/when", "3"),
                  I "/stops/0/when", "expected a condition"},
        PackFault{"years_added_to_a_word",
                  REPLACE(I "/facts/1/value/args/0/args/0", R"("birthday")"),
                  I "/facts/1/value/args/0/args/0", "expected a date"},
        PackFault{"a_placeholder_nobody_fills", REPLACE(I "/stops/1/text/zh", R"("{when}再来")"),
                  I "/stops/1/text/zh", "{when}"},
        PackFault{"a_placeholder_outside_a_stop", REPLACE(I "/next_step/zh", R"("{age}岁")"),
                  I "/next_step/zh", "only the texts of a stop"},
        PackFault{"one_option_only", REMOVE(I "/situation/0/options/0"), I "/situation/0/options",
                  "at least 2"},
        PackFault{"more_options_than_a_page_holds",
                  REPLACE(I "/form/3/fields/0/options", "[1,2,3,4,5,6,7,8,9]"),
                  I "/form/3/fields/0/options", "at most 8"},
        PackFault{"a_fifth_field_on_a_page", COPY(I "/form/1/fields/0", I "/form/0/fields/4"),
                  I "/form/0/fields", "at most 4"},
        PackFault{"a_page_twice", REPLACE(I "/form/1/id", R"("person")"), I "/form/1/id",
                  "stands twice"},
        PackFault{"a_field_twice", REPLACE(I "/form/1/fields/1/key", R"("p.name")"),
                  I "/form/1/fields/1/key", "stands twice"},
        PackFault{"a_choice_without_options", REMOVE(I "/form/3/fields/0/options"),
                  I "/form/3/fields/0/options", "at least two"},
        PackFault{
            "a_pattern_that_does_not_compile",
            REPLACE(I "/form/1/fields/1/validations/0",
                    R"({"rule":"pattern","pattern":"(三","message":{"zh":"改","en":"mend"}})"),
            I "/form/1/fields/1/validations/0/pattern", "not a regular expression"},
        PackFault{"a_telephone_nobody_checks", REMOVE(I "/form/2/fields/0/validations"),
                  I "/form/2/fields/0/validations", "the rule phone"},
        PackFault{"a_message_too_long",
                  REPLACE(I "/form/2/fields/0/validations/0/message/zh",
                          R"("一二三四五六七八九十一二三四五六七八九十一二三四五")"),
                  I "/form/2/fields/0/validations/0/message/zh", "24"},
        PackFault{"a_locked_field_nothing_fills", REMOVE(I "/form/0/fields/0/prefill"),
                  I "/form/0/fields/0/locked", "nothing fills it"},
        PackFault{"a_field_shown_by_an_unknown_fact",
                  ADD(I "/form/1/fields/1/visible", R"({"fact":"moon"})"),
                  I "/form/1/fields/1/visible", "reads moon"},
        PackFault{
            "a_rule_that_reads_a_later_page",
            REPLACE(
                I "/form/1/fields/1/validations/0",
                R"({"rule":"expression","when":{"op":"equal","args":[{"fact":"field.b.bank"},"post"]},
                              "message":{"zh":"改","en":"mend"}})"),
            I "/form/1/fields/1/validations/0/when", "reads field.b.bank"},
        PackFault{"a_late_material_without_days", REMOVE(I "/materials/4/lenient_days"),
                  I "/materials/4/lenient_days", "missing"},
        PackFault{"days_for_a_material_that_is_here", ADD(I "/materials/0/lenient_days", "5"),
                  I "/materials/0/lenient_days", "only a material brought later"},
        PackFault{"more_days_than_the_promise", REPLACE(I "/materials/4/lenient_days", "30"),
                  I "/materials/4/lenient_days", "longer than the promised"},
        PackFault{"no_guide", REMOVE(I "/guide"), I "/guide", "missing"},
        PackFault{"a_guide_without_the_law", REPLACE(I "/guide/basis", "[]"), I "/guide/basis",
                  "at least 1"},
        PackFault{"an_essential_that_is_no_short_line",
                  REPLACE(I "/guide/essentials/0/zh",
                          R"("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")"),
                  I "/guide/essentials/0/zh", "longer than 30"},
        PackFault{"a_guide_that_leaves_out_a_material", REMOVE(I "/guide/materials/3"),
                  I "/guide/materials", "does not name 户口簿"},
        PackFault{"a_letter_without_clauses", REPLACE(I "/letter/clauses", "[]"),
                  I "/letter/clauses", "at least 1"},
        PackFault{"no_letter", REMOVE(I "/letter"), I "/letter", "missing"}),
    [](const testing::TestParamInfo<PackFault>& each) { return std::string(each.param.name); });

TEST(pack_reader, lists_every_problem_at_once) {
    auto pack = sample::pack_json();
    pack["telephone"] = 12345;
    pack["items"][0]["name"].erase("en");
    pack["items"][0]["form"][3]["fields"][0]["type"] = "wheel";
    pack["more"] = true;
    const auto problems = sample::read(pack).problems;
    for (const char* place :
         {"/telephone", "/items/0/name/en", "/items/0/form/3/fields/0/type", "/more"})
        EXPECT_TRUE(std::any_of(problems.begin(), problems.end(), [&](const PackProblem& p) {
            return p.place == place;
        })) << place;
}

std::vector<PackProblem> read_text(const std::string& text) {
    return catalogue::read_pack(base::to_bytes(text)).problems;
}

TEST(pack_reader, a_cut_file_is_refused_with_its_line) {
    EXPECT_EQ(listed(read_text("{\n  \"format\": ")), ": line 2, column 12: not JSON\n");
}

TEST(pack_reader, a_key_written_twice_is_refused) {
    EXPECT_EQ(listed(read_text(R"({"realm":"training","realm":"service"})")),
              ": a key stands twice in one object\n");
}

TEST(pack_reader, a_key_written_twice_among_many_is_refused) {
    std::string text = R"({"realm":"training")";
    for (int i = 0; i < 100'000; ++i) text += ",\"k" + std::to_string(i) + "\":1";
    EXPECT_EQ(listed(read_text(text + R"(,"realm":"service"})")),
              ": a key stands twice in one object\n");
}

TEST(pack_reader, one_item_more_than_a_pack_may_have_is_refused) {
    auto pack = sample::pack_json();
    const auto item = pack["items"][2];  // told here and filed at a counter
    const std::string code = "99999999";
    const std::string body = item["implementation_code"].get<std::string>().substr(0, 19);
    const auto filled_up_to = [&](std::size_t count) {
        for (std::size_t i = pack["items"].size(); i < count; ++i) {
            auto another = item;
            another["code"] = code + std::to_string(1'000 + i);
            another["implementation_code"] = body + another["code"].get<std::string>();
            pack["items"].push_back(std::move(another));
        }
        return listed(sample::read(pack).problems);
    };
    EXPECT_EQ(filled_up_to(catalogue::items_max), "");
    EXPECT_EQ(filled_up_to(catalogue::items_max + 1),
              "/items: expected at most 5000, found 5001\n");
}

TEST(pack_reader, endless_nesting_is_refused_and_not_followed) {
    EXPECT_EQ(listed(read_text(std::string(1'000'000, '['))), ": nested deeper than 64\n");
    std::string condition;
    for (int i = 0; i < 100'000; ++i) condition += R"({"op":"not","args":[)";
    EXPECT_EQ(listed(read_text(condition)), ": nested deeper than 64\n");
}

TEST(pack_reader, a_huge_file_is_refused_unread) {
    EXPECT_EQ(listed(read_text(std::string(catalogue::pack_bytes_max + 1, ' '))),
              ": larger than 67108864 bytes\n");
}

TEST(pack_reader, bytes_that_are_not_utf8_are_refused) {
    EXPECT_EQ(read_text("{\"pack_id\": \"\xC3\x28\"}").size(), 1u);
}

// ---- the signed folder
// ---------------------------------------------------------------------------

class pack_folder : public testing::Test {
  protected:
    pack_folder() : folder_(testing::TempDir() + "cw_pack_" + std::to_string(::getpid())) {
        std::filesystem::create_directories(folder_);
        stage(sample::pack_json());
    }
    ~pack_folder() override { std::filesystem::remove_all(folder_); }

    // In place of the centre's key: the signature is the length of the pack.
    void stage(const json& pack) {
        const auto bytes = base::to_bytes(pack.dump());
        ASSERT_TRUE(base::write_file(folder_ + "/pack.json", bytes));
        ASSERT_TRUE(
            base::write_file(folder_ + "/pack.sig", base::to_bytes(std::to_string(bytes.size()))));
    }
    static base::Status verify(base::ByteView pack, base::ByteView signature) {
        if (std::to_string(pack.size()) == base::as_text(signature)) return {};
        return base::fail(base::FaultCode::SignatureWrong);
    }
    auto load(std::int64_t floor = 1, domain::Realm realm = domain::Realm::training) {
        return catalogue::load_pack(folder_, realm, floor, verify, &problems_);
    }
    base::FaultCode fault(std::int64_t floor = 1, domain::Realm realm = domain::Realm::training) {
        const auto loaded = load(floor, realm);
        return loaded ? base::FaultCode::InternalError : loaded.error().code;
    }

    std::string folder_;
    std::vector<PackProblem> problems_;
};

TEST_F(pack_folder, a_signed_pack_is_taken) {
    const auto loaded = load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(*loaded, sample::pack());
}

TEST_F(pack_folder, a_tampered_pack_is_refused_before_it_is_read) {
    auto bytes = base::read_file(folder_ + "/pack.json").value();
    bytes.push_back(' ');
    ASSERT_TRUE(base::write_file(folder_ + "/pack.json", bytes));
    EXPECT_EQ(fault(), base::FaultCode::PackTampered);
    EXPECT_TRUE(problems_.empty());
}

TEST_F(pack_folder, a_signed_pack_with_faults_is_refused_and_the_faults_are_listed) {
    auto pack = sample::pack_json();
    pack.erase("hours");
    stage(pack);
    EXPECT_EQ(fault(), base::FaultCode::PackInvalid);
    EXPECT_EQ(listed(problems_), "/hours: missing\n");
}

TEST_F(pack_folder, a_pack_of_the_other_realm_is_refused) {
    EXPECT_EQ(fault(1, domain::Realm::service), base::FaultCode::RealmMismatch);
}

TEST_F(pack_folder, an_older_pack_is_refused) {
    EXPECT_EQ(fault(sample::pack().version + 1), base::FaultCode::PackOutdated);
}

TEST_F(pack_folder, a_huge_pack_or_signature_is_not_read_into_memory) {
    for (const char* name : {"/pack.json", "/pack.sig"}) {
        stage(sample::pack_json());
        std::filesystem::resize_file(folder_ + name, catalogue::pack_bytes_max + 1);
        EXPECT_EQ(fault(), base::FaultCode::PackUnreadable) << name;
    }
}

TEST_F(pack_folder, a_missing_signature_is_unreadable) {
    std::filesystem::remove(folder_ + "/pack.sig");
    EXPECT_EQ(fault(), base::FaultCode::PackUnreadable);
}

}  // namespace
