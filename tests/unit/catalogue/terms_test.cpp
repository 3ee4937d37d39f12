// What an item says beside its form: read as it stands, and refused with its place where it is
// wrong.
#include "sample.hpp"

#include <algorithm>
#include <stdexcept>

namespace {

using catalogue::PackProblem;
using sample::json;

std::string listed(const std::vector<PackProblem>& problems) {
    std::string text;
    for (const auto& problem : problems) text += problem.place + ": " + problem.text + "\n";
    return text;
}

const char* const permit = "990123001000";      // a promise, class B, several deliveries
const char* const allowances = "990511002000";  // decided where the household is
const char* const shop = "000131128000";        // class A, done at once, several trades

std::size_t number_of(const json& pack, const std::string& code) {
    for (std::size_t i = 0; i < pack["items"].size(); ++i)
        if (pack["items"][i]["code"] == code) return i;
    throw std::runtime_error("no item " + code);
}

const catalogue::ServiceItem& item_of(const char* code) {
    return *sample::pack().find_item(code);
}

TEST(terms, are_read_as_they_stand) {
    using namespace catalogue;
    const auto& terms = item_of(permit).terms;
    EXPECT_EQ(terms.process_kind, ProcessKind::promise);
    EXPECT_EQ(terms.once_mode, 4);
    EXPECT_EQ(terms.lenient, LenientClass::b);
    EXPECT_EQ(terms.levels, (std::vector{Level::county, Level::town}));
    EXPECT_EQ(terms.delivery, (std::vector{Delivery::post, Delivery::counter, Delivery::elicence,
                                           Delivery::kiosk}));
    EXPECT_EQ(item_of(permit).letter.ordinary_days, 20);
    const auto& offices = item_of(allowances).terms;
    ASSERT_TRUE(offices.receiving_office && offices.deciding_office);
    EXPECT_EQ(offices.receiving_office->credit_code, "11000101DEM000110Q");
    EXPECT_EQ(offices.deciding_field, "r.home_div");
    EXPECT_EQ(offices.deciding_there.zh, "户籍地县级民政局");
}

TEST(terms, that_are_left_out_mean_what_they_meant_before) {
    EXPECT_EQ(sample::item().terms, catalogue::ItemTerms{});
    EXPECT_TRUE(sample::item().terms.taken_on(sample::today));
    EXPECT_EQ(sample::item().letter.ordinary_days, 0);
    const auto content = sample::submission_json();
    EXPECT_EQ(content["item"].size(), 3u);
}

TEST(terms, of_two_deliveries_and_more_make_a_question_and_for_the_post_a_page) {
    const auto& item = item_of(permit);
    ASSERT_FALSE(item.situation.empty());
    EXPECT_EQ(item.situation.back().id, catalogue::delivery_question);
    EXPECT_EQ(item.situation.back().options.size(), 4u);
    EXPECT_EQ(item.form.back().id, "delivery_to");
    const catalogue::Facts post{{"delivery", std::string("post")}};
    const catalogue::Facts counter{{"delivery", std::string("counter")}};
    for (const auto& field : item.form.back().fields) {
        EXPECT_TRUE(field.key.starts_with(catalogue::delivery_fields)) << field.key;
        EXPECT_TRUE(catalogue::is_visible(field, post));
        EXPECT_FALSE(catalogue::is_visible(field, counter));
    }
    // One way only is no choice.
    auto pack = sample::pack_json();
    const auto at = number_of(pack, permit);
    pack["items"][at]["delivery"] = json::array({"counter"});
    const auto read = sample::read(pack);
    EXPECT_EQ(listed(read.problems), "");
    EXPECT_NE(read.pack.items[at].situation.back().id, catalogue::delivery_question);
    EXPECT_NE(read.pack.items[at].form.back().id, "delivery_to");
}

// One fault put into the item: the only problem there is, and its place below the item.
struct TermsFault {
    const char* name;
    const char* item;
    const char* patch;  // RFC 7396
    const char* place;
    const char* says;
};
std::ostream& operator<<(std::ostream& out, const TermsFault& fault) {
    return out << fault.name;
}

class terms_with : public testing::TestWithParam<TermsFault> {};

TEST_P(terms_with, is_one_problem_with_its_place) {
    const auto& fault = GetParam();
    auto pack = sample::pack_json();
    const auto at = number_of(pack, fault.item);
    pack["items"][at].merge_patch(json::parse(fault.patch));
    const auto problems = sample::read(pack).problems;
    ASSERT_EQ(problems.size(), 1u) << listed(problems);
    EXPECT_EQ(problems.front().place, "/items/" + std::to_string(at) + fault.place);
    EXPECT_NE(problems.front().text.find(fault.says), std::string::npos) << listed(problems);
}

INSTANTIATE_TEST_SUITE_P(
    fault, terms_with,
    testing::Values(TermsFault{"a_kind_nobody_knows", shop, R"({"process_kind": "magic"})",
                               "/process_kind", "review, instant, record, promise, query"},
                    TermsFault{"what_is_done_at_once_and_takes_two_days", shop,
                               R"({"promised_days": 2})", "/promised_days", "at once"},
                    TermsFault{"a_fifth_way_of_one_way", shop, R"({"once_mode": 5})", "/once_mode",
                               "expected 1 to 4"},
                    TermsFault{"class_a_with_a_paper_that_follows", permit,
                               R"({"lenient": "A", "materials": [
            {"code": "M1", "source": "later", "lenient_days": 5,
             "name": {"zh": "卫生管理制度", "en": "Hygiene rules"}}]})",
                               "/materials/0/source", "class A"},
                    TermsFault{"a_level_twice", shop, R"({"levels": ["town", "town"]})",
                               "/levels/1", "stands twice"},
                    TermsFault{"a_level_nobody_knows", shop, R"({"levels": ["moon"]})", "/levels/0",
                               "county, town, village"},
                    TermsFault{"an_end_before_the_beginning", shop,
                               R"({"effective_from": "2026-05-01", "ends_on": "2026-04-30"})",
                               "/ends_on", "before effective_from"},
                    TermsFault{"a_pause_without_a_day", shop, R"({"state": "paused"})", "/ends_on",
                               "missing: the last day"},
                    TermsFault{"a_day_that_is_none", shop, R"({"effective_from": "2026-02-30"})",
                               "/effective_from", "expected a date"},
                    TermsFault{"a_credit_code_with_a_wrong_end", allowances,
                               R"({"receiving_office": {"credit_code": "11000101DEM000110R"}})",
                               "/receiving_office/credit_code", "not a credit code"},
                    TermsFault{"a_household_that_decides_without_offices_here", allowances,
                               R"({"deciding_office": null})", "/deciding_by/field",
                               "names the receiving and the deciding office"},
                    TermsFault{"a_household_nobody_asks_for", allowances,
                               R"({"deciding_by": {"field": "p.phone"}})", "/deciding_by/field",
                               "no field for a division"},
                    TermsFault{"a_delivery_nobody_knows", shop, R"({"delivery": ["pigeon"]})",
                               "/delivery/0", "counter, kiosk, post, elicence, agent"},
                    TermsFault{"a_delivery_twice", shop, R"({"delivery": ["post", "post"]})",
                               "/delivery/1", "stands twice"},
                    TermsFault{"an_ordinary_way_that_is_quicker_than_promised", allowances,
                               R"({"letter": {"ordinary_days": 10}})", "/letter/ordinary_days",
                               "shorter than"},
                    TermsFault{"an_ordinary_way_beside_a_promise_that_is_always_given",
                               "001031003000", R"({"letter": {"ordinary_days": 10}})",
                               "/letter/ordinary_days", "unknown key"},
                    TermsFault{"a_class_of_what_is_filed_at_a_counter", "992011001000",
                               R"({"lenient": "A"})", "/lenient", "only for what is filed here"}),
    [](const auto& each) { return std::string(each.param.name); });

// The same for one field.
json field_of_trades(json& pack) {
    for (auto& page : pack["items"][number_of(pack, shop)]["form"])
        for (auto& field : page["fields"])
            if (field["key"] == "shop.scope") return field;
    return {};
}

std::string problem_of_trades(const char* patch) {
    auto pack = sample::pack_json();
    auto field = field_of_trades(pack);
    field.merge_patch(json::parse(patch));
    for (auto& page : pack["items"][number_of(pack, shop)]["form"])
        for (auto& each : page["fields"])
            if (each["key"] == "shop.scope") each = field;
    const auto problems = sample::read(pack).problems;
    return problems.empty() ? std::string() : problems.front().text;
}

TEST(trades, are_several_of_a_list_that_a_page_holds) {
    EXPECT_EQ(problem_of_trades("{}"), "");
    EXPECT_EQ(problem_of_trades(R"({"picks": null})"), "missing");
    EXPECT_EQ(problem_of_trades(R"({"picks": {"least": 3, "most": 2}})"), "more than most");
    EXPECT_EQ(problem_of_trades(R"({"options": [
        {"value": "a", "label": {"zh": "甲", "en": "A"}},
        {"value": "b", "label": {"zh": "乙", "en": "B"}}]})"),
              "more than there are options");
    EXPECT_EQ(problem_of_trades(R"({"picks": {"least": 1, "most": 2}, "options": [
        {"value": "a,b", "label": {"zh": "甲", "en": "A"}},
        {"value": "c", "label": {"zh": "乙", "en": "B"}}]})"),
              "a comma stands between the values and in none");
    EXPECT_EQ(problem_of_trades(R"({"type": "choice"})"), "expected at most 8, found 12");
}

}  // namespace
