// What services are found by, as it stands in a pack: read, and refused with its place where it is
// wrong.
#include "sample.hpp"

#include <algorithm>

namespace {

using catalogue::PackProblem;
using sample::json;

json words(const char* zh, const char* en) {
    return {{"zh", zh}, {"en", en}};
}

// One item filed here, one filed at a counter, a table, a notice, and a column of them.
json pack_json() {
    json pack = sample::pack_json();
    json here;
    for (const auto& item : pack["items"])
        if (item["code"] == sample::item_code) here = item;
    here["keywords"] = json::parse(R"([{"zh": "老人补贴", "pinyin": "lao ren bu tie"}])");
    here["audiences"] = json::array({"person"});
    here["topics"] = json::array({"elderly_care"});
    json counter;
    for (const char* key : {"summary", "icon", "guide"}) counter[key] = here[key];
    counter["code"] = "990511001999";
    counter["implementation_code"] = "11000101DEM000110Q4990511001999";
    counter["version"] = 1;
    counter["name"] = words("社保卡24小时补办", "Social security card, again");
    counter["name_pinyin"] = "she bao ka 24 xiao shi bu ban";
    counter["keywords"] = json::array();
    counter["audiences"] = json::array({"person", "organisation"});
    counter["topics"] = json::array({"elderly_care"});
    counter["handling"] = "counter";
    pack["items"] = json::array({here, counter});
    pack["topics"] = json::parse(
        R"([{"id": "elderly_care", "icon": "list", "name": {"zh": "养老", "en": "Old age"}}])");
    pack["documents"] = json::parse(R"([
        {"id": "agents", "icon": "list", "title": {"zh": "中介服务", "en": "Agents"},
         "summary": {"zh": "收费和时间", "en": "Fees and times"},
         "publisher": {"zh": "示例县", "en": "Sample County"}, "published_on": "2026-11-01",
         "order": "shuffled",
         "table": {"columns": [{"zh": "名称", "en": "Name"}, {"zh": "收费", "en": "Fee"}],
                   "rows": [[{"zh": "甲", "en": "A"}, {"zh": "100 元", "en": "100 yuan"}],
                            [{"zh": "乙", "en": "B"}, {"zh": "90 元", "en": "90 yuan"}]]}},
        {"id": "notice", "icon": "list", "title": {"zh": "通知", "en": "Notice"},
         "summary": {"zh": "一条", "en": "One"},
         "publisher": {"zh": "示例县", "en": "Sample County"}, "published_on": "2026-11-02",
         "sections": [{"heading": {"zh": "一", "en": "One"}, "lines": [{"zh": "正文", "en": "Text"}]}]}
    ])");
    pack["columns"] = json::parse(R"([
        {"id": "park", "icon": "list", "title": {"zh": "园区事园区办", "en": "The park"},
         "note": {"zh": "园区企业", "en": "For the park"},
         "valid_from": "2026-01-01", "valid_to": "2026-12-31",
         "items": ["990511001999"], "documents": ["notice"]}
    ])");
    pack["home"] = json::parse(R"([
        {"id": "services", "action": "services", "icon": "list", "title": {"zh": "办理", "en": "Apply"}},
        {"id": "search", "action": "search", "icon": "list", "title": {"zh": "找", "en": "Find"}},
        {"id": "park", "action": "column", "column_id": "park", "icon": "list",
         "title": {"zh": "园区", "en": "Park"}},
        {"id": "open", "action": "documents", "icon": "list", "title": {"zh": "公开", "en": "Open"}}
    ])");
    pack["elder_home"] = json::array({pack["home"][0]});
    return pack;
}

std::string listed(const std::vector<PackProblem>& problems) {
    std::string text;
    for (const auto& problem : problems) text += problem.place + ": " + problem.text + "\n";
    return text;
}

// The item of the sample county that is printed, with one change.
std::string proof_with(const char* field, const json& value) {
    json pack = sample::pack_json();
    for (auto& item : pack["items"])
        if (item["code"] == "992014001000") item[field] = value;
    return listed(sample::read(pack).problems);
}

TEST(finding_in_a_pack, a_proof_names_its_paper_and_files_nothing) {
    const auto* item = sample::pack().find_item("992014001000");
    ASSERT_NE(item, nullptr);
    EXPECT_EQ(item->handling, catalogue::Handling::proof);
    EXPECT_EQ(item->proof, (catalogue::ProofWanted{"social_insurance", 3}));
    EXPECT_EQ(item->situation.size(), 1u);
    EXPECT_TRUE(item->form.empty());
    EXPECT_NE(proof_with("letter", json::object()).find("nothing is filed for a proof"),
              std::string::npos);
    EXPECT_NE(proof_with("proof", {{"type", "x"}, {"copies_max", 0}}).find("copies_max"),
              std::string::npos);
    EXPECT_NE(proof_with("handling", "counter").find("proof"), std::string::npos);
}

TEST(finding_in_a_pack, is_read_as_it_stands) {
    const auto read = sample::read(pack_json());
    EXPECT_EQ(listed(read.problems), "");
    const auto& pack = read.pack;
    const auto* here = pack.find_item(sample::item_code);
    const auto* counter = pack.find_item("990511001999");
    ASSERT_TRUE(here != nullptr && counter != nullptr);
    EXPECT_EQ(here->handling, catalogue::Handling::here);
    EXPECT_EQ(here->keywords, (std::vector<catalogue::Keyword>{{"老人补贴", "lao ren bu tie"}}));
    EXPECT_EQ(counter->handling, catalogue::Handling::counter);
    EXPECT_EQ(counter->audiences,
              (std::vector{catalogue::Audience::person, catalogue::Audience::organisation}));
    EXPECT_FALSE(counter->guide.materials.empty());
    EXPECT_TRUE(counter->form.empty());
    ASSERT_NE(pack.find_document("agents"), nullptr);
    EXPECT_EQ(pack.find_document("agents")->order, catalogue::RowOrder::shuffled);
    EXPECT_EQ(pack.find_document("agents")->table.rows[1][1].zh, "90 元");
    EXPECT_EQ(pack.find_document("notice")->sections.size(), 1u);
    EXPECT_EQ(pack.find_document("nothing"), nullptr);
    ASSERT_NE(pack.find_column("park"), nullptr);
    EXPECT_EQ(pack.find_column("park")->documents, std::vector<std::string>{"notice"});
    EXPECT_EQ(pack.find_column("nowhere"), nullptr);
    EXPECT_EQ(pack.home[2].column_id, "park");
    EXPECT_EQ(pack.home[3].action, catalogue::TileAction::documents);
}

TEST(a_column, holds_on_its_first_and_last_day_and_between) {
    using namespace std::chrono_literals;
    catalogue::Column column;
    EXPECT_TRUE(column.holds_on(2026y / 11 / 22));
    column.valid_from = "2026-11-22";
    EXPECT_FALSE(column.holds_on(2026y / 11 / 21));
    EXPECT_TRUE(column.holds_on(2026y / 11 / 22));
    EXPECT_TRUE(column.holds_on(2036y / 1 / 1));
    column.valid_to = "2026-11-23";
    EXPECT_TRUE(column.holds_on(2026y / 11 / 23));
    EXPECT_FALSE(column.holds_on(2026y / 11 / 24));
    column.valid_to = "soon";
    EXPECT_FALSE(column.holds_on(2026y / 11 / 22));
}

// One fault put into the pack: the only problem there is, and the place the technician is told.
struct FindingFault {
    const char* name;
    const char* patch;  // RFC 6902
    const char* place;
    const char* says;
};
std::ostream& operator<<(std::ostream& out, const FindingFault& fault) {
    return out << fault.name;
}

class finding_with : public testing::TestWithParam<FindingFault> {};

TEST_P(finding_with, is_one_problem_with_its_place) {
    const auto& fault = GetParam();
    const auto problems = sample::read(pack_json().patch(json::parse(fault.patch))).problems;
    ASSERT_EQ(problems.size(), 1u) << listed(problems);
    EXPECT_EQ(problems.front().place, fault.place);
    EXPECT_NE(problems.front().text.find(fault.says), std::string::npos) << listed(problems);
}

#define REPLACE(path, value) R"([{"op":"replace","path":")" path R"(","value":)" value "}]"
#define ADD(path, value) R"([{"op":"add","path":")" path R"(","value":)" value "}]"
#define REMOVE(path) R"([{"op":"remove","path":")" path R"("}])"
#define REMOVE_BOTH(one, two) \
    R"([{"op":"remove","path":")" one R"("},{"op":"remove","path":")" two R"("}])"
#define COPY(from, path) R"([{"op":"copy","from":")" from R"(","path":")" path R"("}])"
#define I "/items/0"
#define NAME I "/name_pinyin"

INSTANTIATE_TEST_SUITE_P(
    fault, finding_with,
    testing::Values(
        FindingFault{"no_pinyin", REMOVE(NAME), NAME, "missing"},
        FindingFault{"a_syllable_too_few", REPLACE(NAME, R"("gao ling jin tie shen")"), NAME,
                     "fewer syllables"},
        FindingFault{"a_syllable_too_many", REPLACE(NAME, R"("gao ling jin tie shen ling a")"),
                     NAME, "more syllables"},
        FindingFault{"a_capital", REPLACE(NAME, R"("Gao ling jin tie shen ling")"), NAME,
                     "a to z without its tone"},
        FindingFault{"syllables_in_one_piece", REPLACE(NAME, R"("gaoling jin tie shen ling le")"),
                     NAME, "then a space"},
        FindingFault{"a_character_for_a_syllable", REPLACE(NAME, R"("高 ling jin tie shen ling")"),
                     NAME, "a to z"},
        FindingFault{"an_umlaut", ADD(I "/keywords/1", R"({"zh":"女","pinyin":"nü"})"),
                     I "/keywords/1/pinyin", "ü written v"},
        FindingFault{"digits_read_aloud",
                     REPLACE("/items/1/name_pinyin", R"("she bao ka er xiao shi bu ban")"),
                     "/items/1/name_pinyin", "stand for themselves"},
        FindingFault{"digits_cut_in_two",
                     REPLACE("/items/1/name_pinyin", R"("she bao ka 2 4 xiao shi bu ban")"),
                     "/items/1/name_pinyin", "in one piece"},
        FindingFault{"a_keyword_of_marks", ADD(I "/keywords/1", R"({"zh":"！！","pinyin":"a"})"),
                     I "/keywords/1/pinyin", "without a character"},
        FindingFault{"a_keyword_twice", COPY(I "/keywords/0", I "/keywords/1"), I "/keywords/1/zh",
                     "stands twice"},
        FindingFault{"no_keywords", REMOVE(I "/keywords"), I "/keywords", "missing"},
        FindingFault{"nobody_it_is_for", REPLACE(I "/audiences", "[]"), I "/audiences",
                     "at least 1"},
        FindingFault{"an_audience_nobody_knows", ADD(I "/audiences/1", R"("cats")"),
                     I "/audiences/1", "person, organisation"},
        FindingFault{"an_audience_twice", ADD(I "/audiences/1", R"("person")"), I "/audiences/1",
                     "stands twice"},
        FindingFault{"a_topic_nobody_knows", ADD(I "/topics/1", R"("moon")"), I "/topics/1",
                     "no topic has this id"},
        FindingFault{"a_topic_twice_on_an_item", ADD(I "/topics/1", R"("elderly_care")"),
                     I "/topics/1", "stands twice"},
        FindingFault{"a_topic_that_is_no_text", ADD(I "/topics/1", "7"), I "/topics/1",
                     "expected a text"},
        FindingFault{"an_item_of_no_topic", REPLACE(I "/topics", "[]"), I "/topics", "at least 1"},
        FindingFault{"a_topic_without_items",
                     ADD("/topics/1", R"({"id":"x","icon":"x","name":{"zh":"空","en":"x"}})"),
                     "/topics/1/id", "no item is of this topic"},
        FindingFault{"a_topic_twice", COPY("/topics/0", "/topics/1"), "/topics/1/id",
                     "stands twice"},
        FindingFault{"a_counter_item_without_a_guide", REMOVE("/items/1/guide"), "/items/1/guide",
                     "missing"},
        FindingFault{"a_document_without_its_day", REMOVE("/documents/0/published_on"),
                     "/documents/0/published_on", "missing"},
        FindingFault{"a_document_of_no_day",
                     REPLACE("/documents/0/published_on", R"("2026-02-30")"),
                     "/documents/0/published_on", "expected a date"},
        FindingFault{"a_document_nobody_answers_for", REMOVE("/documents/1/publisher"),
                     "/documents/1/publisher", "missing"},
        FindingFault{"a_document_of_nothing", REMOVE("/documents/1/sections"), "/documents/1",
                     "neither sections nor a table"},
        FindingFault{"a_document_twice", COPY("/documents/0", "/documents/1"), "/documents/1/id",
                     "stands twice"},
        FindingFault{"a_cell_too_many",
                     ADD("/documents/0/table/rows/0/2", R"({"zh":"丙","en":"C"})"),
                     "/documents/0/table/rows/0", "expected 2 cells, one for each column, found 3"},
        FindingFault{"a_cell_too_few", REMOVE("/documents/0/table/rows/1/0"),
                     "/documents/0/table/rows/1", "found 1"},
        FindingFault{"a_cell_without_english", REMOVE("/documents/0/table/rows/1/0/en"),
                     "/documents/0/table/rows/1/0/en", "missing"},
        FindingFault{"a_table_without_rows", REPLACE("/documents/0/table/rows", "[]"),
                     "/documents/0/table/rows", "at least 1"},
        FindingFault{"a_notice_shuffled", ADD("/documents/1/order", R"("shuffled")"),
                     "/documents/1/order", "only a table"},
        FindingFault{"the_dearest_first", REPLACE("/documents/0/order", R"("dearest")"),
                     "/documents/0/order", "as_written, shuffled"},
        FindingFault{"a_column_twice", COPY("/columns/0", "/columns/1"), "/columns/1/id",
                     "stands twice"},
        FindingFault{"a_column_of_an_unknown_item",
                     REPLACE("/columns/0/items/0", R"("990511001998")"), "/columns/0/items/0",
                     "no item has this code"},
        FindingFault{"a_column_with_an_item_twice", ADD("/columns/0/items/1", R"("990511001999")"),
                     "/columns/0/items/1", "stands twice"},
        FindingFault{"a_column_of_an_unknown_document", REPLACE("/columns/0/documents/0", R"("x")"),
                     "/columns/0/documents/0", "no document has this id"},
        FindingFault{"a_column_of_nothing", REMOVE_BOTH("/columns/0/items", "/columns/0/documents"),
                     "/columns/0", "neither an item nor a document"},
        FindingFault{"a_column_that_ends_before_it_begins",
                     REPLACE("/columns/0/valid_to", R"("2025-12-31")"), "/columns/0/valid_to",
                     "before valid_from"},
        FindingFault{"a_column_that_begins_on_no_day",
                     REPLACE("/columns/0/valid_from", R"("2026-02-30")"), "/columns/0/valid_from",
                     "expected a date"},
        FindingFault{"a_tile_to_an_unknown_column", REPLACE("/home/2/column_id", R"("nowhere")"),
                     "/home/2/column_id", "no column has this id"},
        FindingFault{"a_tile_without_its_column", REMOVE("/home/2/column_id"), "/home/2/column_id",
                     "missing"},
        FindingFault{"a_column_on_another_tile", ADD("/home/0/column_id", R"("park")"),
                     "/home/0/column_id", "only the tile of a column"},
        FindingFault{"a_tile_to_documents_that_are_not_there",
                     REMOVE_BOTH("/documents", "/columns/0/documents"), "/home/3/action",
                     "no documents"}),
    [](const testing::TestParamInfo<FindingFault>& each) { return std::string(each.param.name); });

TEST(finding_in_a_pack, what_is_filed_at_a_counter_has_nothing_of_filing) {
    const json pack = pack_json();
    for (const char* key :
         {"identity_level", "filing_date", "promised_days", "reply_days", "situation", "facts",
          "stops", "form", "materials", "letter", "next_step"}) {
        json wrong = pack;
        wrong["items"][1][key] = pack["items"][0][key];
        EXPECT_EQ(listed(sample::read(wrong).problems),
                  "/items/1/" + std::string(key) + ": only for what is filed here\n");
    }
}

TEST(finding_in_a_pack, a_handling_nobody_knows_is_refused) {
    json pack = pack_json();
    pack["items"][1]["handling"] = "post";
    EXPECT_NE(listed(sample::read(pack).problems)
                  .find("/items/1/handling: expected one of: here, counter, proof\n"),
              std::string::npos);
}

TEST(finding_in_a_pack, materials_that_can_be_anything_are_refused) {
    for (const char* name : {"其他材料", "身份证等材料", "有关部门要求的证明", "其他相关证明"}) {
        json pack = pack_json();
        pack["items"][1]["guide"]["materials"][0]["name"]["zh"] = name;
        const auto problems = sample::read(pack).problems;
        ASSERT_EQ(problems.size(), 1u) << listed(problems);
        EXPECT_EQ(problems.front().place, "/items/1/guide/materials/0/name/zh");
        EXPECT_NE(problems.front().text.find("name each material"), std::string::npos);
    }
    json pack = pack_json();
    json& filed = pack["items"][0];
    const std::string before = filed["materials"][0]["name"]["zh"];
    filed["materials"][0]["name"]["zh"] = "其他材料";
    for (auto& row : filed["guide"]["materials"])
        if (row["name"]["zh"] == before) row["name"]["zh"] = "其他材料";
    const auto problems = sample::read(pack).problems;
    EXPECT_EQ(problems.size(), 2u) << listed(problems);
    EXPECT_NE(listed(problems).find("/items/0/materials/0/name/zh: catch-all"), std::string::npos);
}

TEST(finding_in_a_pack, lists_longer_than_a_page_can_show_are_refused) {
    const auto grown = [](const json::json_pointer& list, std::size_t size) {
        json pack = pack_json();
        const json first = pack[list][0];
        while (pack[list].size() < size) pack[list].push_back(first);
        return listed(sample::read(pack).problems);
    };
    const auto says = [&](const char* list, std::size_t most) {
        const json::json_pointer at(list);
        const std::string complaint = std::string(list) + ": expected at most ";
        EXPECT_EQ(grown(at, most).find(complaint), std::string::npos) << list;
        EXPECT_NE(grown(at, most + 1).find(complaint), std::string::npos) << list;
    };
    says("/topics", 24);
    says("/columns", 12);
    says("/items/0/keywords", 20);
    says("/items/0/topics", 5);
    says("/items/0/audiences", 2);
    says("/documents/0/table/columns", 4);
}

}  // namespace
