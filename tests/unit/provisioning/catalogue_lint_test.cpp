// kiosk-technician catalogue lint: every fault of a pack, where it stands and how it is mended.
#include "catalogue_desk.hpp"
#include "provisioning/catalogue_tools/advice.hpp"

#include <sys/stat.h>

#include <map>
#include <set>
#include <sstream>

namespace {

using namespace desk;
using sample::json;

class catalogue_lint : public Desk {};

TEST_F(catalogue_lint, lists_every_fault_with_its_line_and_column_and_the_way_to_mend_it) {
    std::string text = county_text();
    text = with(text, "\"built_on\": \"2", "\"built_on\": \"x");
    text = with(text, "\"en\": \"Sample County Government Service Centre\"", "\"en\": \"\"");
    text = with(text, "\"brand_mark\": \"民\"", "\"brand_mark\": \"民民\"");
    text = with(text, "\"identity_level\"", "\"identity_levl\"");
    const std::string file = pack_of("several", text) + "/pack.json";
    EXPECT_EQ(tools::lint(folder + "/several", false, clock, say, complain), went_wrong);

    const auto told = [&](const std::string& where, const std::string& what) {
        const auto at = text.find(where);
        ASSERT_NE(at, std::string::npos) << where;
        EXPECT_TRUE(has_said(file + editor_place(text, at) + " " + what))
            << file << editor_place(text, at) << " " << what << "\n"
            << everything();
    };
    told("\"built_on\"", "/built_on：这里要写日期。改法：写成 2026-11-22 这样");
    // Columns are counted in characters, and Chinese ones stand before this.
    told("\"en\": \"\"", "/organisation/en：文字是空的。改法：写上文字");
    told("\"brand_mark\"", "/brand_mark：这里只写一个字。改法：留一个字");
    told("\"identity_levl\"", "/items/0/identity_levl：没有这个键。改法：看是不是拼错了");
    // What is missing stands where the item begins which it is missing in.
    const auto items = text.find("\n  \"items\": [");
    ASSERT_NE(items, std::string::npos);
    EXPECT_TRUE(has_said(file + editor_place(text, text.find('{', items)) +
                         " /items/0/identity_level：缺这一项。改法：补上这一项"))
        << everything();
    EXPECT_NE(said.back().find("有 5 个问题"), std::string::npos) << everything();
}

TEST_F(catalogue_lint, tells_a_program_the_same_in_one_line_of_json) {
    const std::string text =
        with(county_text(), "\"brand_mark\": \"民\"", "\"brand_mark\": \"民民\"");
    const std::string file = pack_of("json", text) + "/pack.json";
    EXPECT_EQ(tools::lint(file, true, clock, say, complain), went_wrong);
    ASSERT_EQ(said.size(), 1U);
    const auto told = json::parse(said[0]);
    EXPECT_EQ(told["file"], file);
    EXPECT_EQ(told["bytes"], text.size());
    EXPECT_EQ(told["items"], sample::pack().items.size());
    ASSERT_EQ(told["problems"].size(), 1U);
    const auto& problem = told["problems"][0];
    EXPECT_EQ(problem["place"], "/brand_mark");
    EXPECT_EQ(problem["said"], "expected one character");
    EXPECT_EQ(":" + problem["line"].dump() + ":" + problem["column"].dump() + ":",
              editor_place(text, text.find("\"brand_mark\"")));
    EXPECT_EQ(problem["mend"], "留一个字");
}

TEST_F(catalogue_lint, a_pack_without_a_fault_is_told_its_size) {
    EXPECT_EQ(tools::lint(sample::pack_folder, false, clock, say, complain), went_well)
        << everything();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(has_said(std::to_string(sample::pack().items.size()) + " 个事项，" +
                         std::to_string(county_text().size()) + " 字节"));
    EXPECT_TRUE(has_said("没有问题"));
}

TEST_F(catalogue_lint, what_is_no_json_is_told_where_it_ends_to_be) {
    // A comma lost behind Chinese text: the parser stumbles over the next key.
    const std::string text =
        with(county_text(), "\"brand_mark\": \"民\",", "\"brand_mark\": \"民\"");
    pack_of("torn", text);
    EXPECT_EQ(tools::lint(folder + "/torn", false, clock, say, complain), went_wrong);
    const auto line =
        2 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(text.find("\"brand_mark\"")),
                       '\n');
    EXPECT_TRUE(has_said("/pack.json:" + std::to_string(line) + ":")) << everything();
    EXPECT_TRUE(has_said("从这里起不是 JSON")) << everything();
}

TEST_F(catalogue_lint, a_key_that_stands_twice_is_told_where_it_stands_again) {
    const std::string text = with(county_text(), "\"brand_mark\": \"民\",",
                                  "\"brand_mark\": \"民\", \"brand_mark\": \"市\",");
    const std::string file = pack_of("twice", text) + "/pack.json";
    EXPECT_EQ(tools::lint(file, false, clock, say, complain), went_wrong);
    EXPECT_TRUE(has_said(file + editor_place(text, text.rfind("\"brand_mark\"")) +
                         " /brand_mark：同一个对象里，一个键写了两次"))
        << everything();
}

TEST_F(catalogue_lint, what_is_no_ordinary_file_is_not_waited_for) {
    const std::string pipe = folder + "/pack.json";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const auto& path : {pipe, folder, folder + "/nowhere.json"}) {
        forget();
        EXPECT_EQ(tools::lint(path, false, clock, say, complain), could_not) << path;
        EXPECT_TRUE(said.empty());
        EXPECT_TRUE(has_complained("FileUnreadable")) << everything();
    }
}

// A place without its numbers: /items/*/form/*/title.
std::string kind_of_place(const std::string& place) {
    std::string out;
    std::istringstream parts(place);
    for (std::string part; std::getline(parts, part, '/');)
        out += (part.find_first_not_of("0123456789") == std::string::npos ? "*" : part) + "/";
    return out;
}

// Everything in the pack once of each kind of place.
void collect(const json& here, const std::string& place, std::map<std::string, std::string>& out) {
    out.emplace(kind_of_place(place), place);
    if (here.is_object())
        for (const auto& [key, value] : here.items()) collect(value, place + "/" + key, out);
    if (here.is_array())
        for (std::size_t i = 0; i < here.size(); ++i)
            collect(here[i], place + "/" + std::to_string(i), out);
}

TEST(catalogue_advice, what_an_item_says_of_itself_beside_its_form_is_explained_too) {
    for (const char* text :
         {"lies before effective_from", "what is done at once has 1 day at most",
          "class A: nothing may follow later", "not a credit code (GB 32100)",
          "names the receiving and the deciding office of this place, too",
          "no field for a division has this key",
          "asked already: the list of deliveries makes this question",
          "out. belongs to the list of deliveries", "shorter than the days that are promised",
          "more than most", "more than there are options",
          "a comma stands between the values and in none",
          "missing: the last day on which it was taken"})
        EXPECT_TRUE(provisioning::catalogue_tools::has_advice_on(text)) << text;
}

TEST(catalogue_advice, every_fault_of_every_part_of_a_pack_is_explained_in_chinese) {
    json pack = sample::pack_json();
    // Fewer villages and items read faster and are no other kinds of place.
    auto& units = pack["divisions"]["units"];
    while (units.size() > 8) units.erase(units.size() - 1);
    while (pack["items"].size() > 1) pack["items"].erase(pack["items"].size() - 1);
    std::map<std::string, std::string> places;
    collect(pack, "", places);
    std::set<std::string> unexplained, explained;
    for (const auto& [kind, place] : places) {
        if (place.empty()) continue;
        const json::json_pointer at(place);
        for (const auto& wrong : {json(), json(""), json(-7), json("x x"), json::array(),
                                  json::object(), json::array({1, 1}), json(true)}) {
            json broken = pack;
            broken[at] = wrong;
            for (const auto& problem : sample::read(broken).problems)
                (provisioning::catalogue_tools::has_advice_on(problem.text) ? explained
                                                                            : unexplained)
                    .insert(problem.text);
        }
    }
    EXPECT_GT(explained.size(), 25U);
    std::string without;
    for (const auto& text : unexplained) without += text + "\n";
    EXPECT_EQ(without, "") << "give each of these a row in advice.cpp";
}

}  // namespace
