#include "catalogue/search.hpp"

#include "catalogue/spelling.hpp"
#include "sample.hpp"

#include <random>
#include <set>

namespace {

using catalogue::find_services;
using catalogue::Pack;
using catalogue::ServiceItem;

ServiceItem item(const std::string& name, const std::string& pinyin,
                 std::vector<catalogue::Keyword> keywords = {}) {
    ServiceItem item;
    item.name = {name, "English"};
    item.name_pinyin = pinyin;
    item.keywords = std::move(keywords);
    return item;
}

const Pack& county() {
    static const Pack pack = [] {
        Pack made;
        made.items = {
            item("不动产登记", "bu dong chan deng ji", {{"房产证", "fang chan zheng"}}),
            item("社会保障卡补办", "she hui bao zhang ka bu ban", {{"社保卡", "she bao ka"}}),
            item("高龄津贴申领", "gao ling jin tie shen ling", {{"老人补贴", "lao ren bu tie"}}),
            item("旅馆业许可（新办）", "lv guan ye xu ke xin ban"),
            item("ETC办理", "etc ban li"),
            item("24小时药店查询", "24 xiao shi yao dian cha xun"),
        };
        return made;
    }();
    return pack;
}

struct Search {
    const char* query;
    const char* name;
    const char* by;  // "" where the name itself fits best
};
std::ostream& operator<<(std::ostream& out, const Search& search) {
    return out << search.query;
}

class somebody_who_asks_for : public testing::TestWithParam<Search> {};

TEST_P(somebody_who_asks_for, finds_it_first) {
    const auto found = find_services(county(), GetParam().query, 5);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().item->name.zh, GetParam().name);
    EXPECT_EQ(found.front().by == nullptr ? "" : found.front().by->zh, GetParam().by);
}

constexpr const char *allowance = "高龄津贴申领", *elders = "老人补贴";

INSTANTIATE_TEST_SUITE_P(
    golden, somebody_who_asks_for,
    testing::Values(Search{"老人补贴", allowance, elders}, Search{"老人", allowance, elders},
                    Search{"lrbt", allowance, elders}, Search{"lr", allowance, elders},
                    Search{"laoren", allowance, elders}, Search{"lao re", allowance, elders},
                    Search{"laorenbutie", allowance, elders}, Search{"LAO'REN", allowance, elders},
                    Search{"laorenbt", allowance, elders}, Search{"lrbutie", allowance, elders},
                    Search{"老人bt", allowance, elders}, Search{"l人bu贴", allowance, elders},
                    Search{"ｌｒＢＴ", allowance, elders}, Search{"　老·人 ", allowance, elders},
                    Search{"人补", allowance, elders}, Search{"renbu", allowance, elders},
                    Search{"高龄津贴申领", allowance, ""}, Search{"津贴", allowance, ""},
                    Search{"gljt", allowance, ""}, Search{"gaoljintie", allowance, ""},
                    Search{"jintie", allowance, ""}, Search{"高ljt", allowance, ""},
                    Search{"sbk", "社会保障卡补办", "社保卡"},
                    Search{"shbk", "社会保障卡补办", "社保卡"},
                    Search{"shhbzhk", "社会保障卡补办", ""}, Search{"fczh", "不动产登记", "房产证"},
                    Search{"bdc", "不动产登记", ""}, Search{"lvguan", "旅馆业许可（新办）", ""},
                    Search{"luguan", "旅馆业许可（新办）", ""},
                    Search{"lüguan", "旅馆业许可（新办）", ""},
                    Search{"许可新办", "旅馆业许可（新办）", ""}, Search{"etcbl", "ETC办理", ""},
                    Search{"Ｅｔｃ办", "ETC办理", ""}, Search{"24xs", "24小时药店查询", ""},
                    Search{"２４小时", "24小时药店查询", ""}));

TEST(search, of_nothing_that_could_be_looked_for_finds_nothing) {
    for (const char* query :
         {"", " ", "　", "!!!", "！？。", "···", "'", "😀", "\xff", "老\xe4\xba"})
        EXPECT_TRUE(find_services(county(), query, 5).empty()) << query;
    EXPECT_TRUE(find_services(county(), std::string(1 << 20, 'l'), 5).empty());
}

TEST(search, finds_nothing_where_a_syllable_is_broken_off_before_the_end) {
    for (const char* query : {"larenbt", "laorebt", "老补", "lrbtx", "补老"})
        EXPECT_TRUE(find_services(county(), query, 5).empty()) << query;
}

std::vector<std::string> names(const std::vector<catalogue::Found>& found) {
    std::vector<std::string> out;
    for (const auto& each : found) out.push_back(each.item->name.zh);
    return out;
}

TEST(search, puts_what_fits_better_first_and_keeps_the_packs_order_among_equals) {
    Pack pack;
    pack.items = {item("查社保", "cha she bao"),
                  item("参保证明", "can bao zheng ming", {{"社保证明", "she bao zheng ming"}}),
                  item("社保卡补办", "she bao ka bu ban"),
                  item("养老保险", "yang lao bao xian", {{"社保", "she bao"}}),
                  item("社保", "she bao")};
    using Names = std::vector<std::string>;
    EXPECT_EQ(names(find_services(pack, "社保", 9)),
              (Names{"社保", "养老保险", "社保卡补办", "参保证明", "查社保"}));
    EXPECT_EQ(names(find_services(pack, "sb", 9)),
              (Names{"社保卡补办", "社保", "参保证明", "养老保险", "查社保"}));
    EXPECT_EQ(names(find_services(pack, "社保", 2)), (Names{"社保", "养老保险"}));
    EXPECT_TRUE(find_services(pack, "社保", 0).empty());
}

bool finds(const Pack& pack, const std::string& query, const ServiceItem& wanted) {
    for (const auto& found : find_services(pack, query, pack.items.size()))
        if (found.item == &wanted) return true;
    return false;
}

std::string initials(const std::string& zh, const std::string& pinyin) {
    std::vector<catalogue::Sound> sounds;
    EXPECT_EQ(catalogue::spell(zh, pinyin, sounds), catalogue::SpellingFault::none) << zh;
    std::string out;
    for (const auto& sound : sounds)
        out += sound.syllable.empty() ? base::utf8_from_code_points({&sound.character, 1})
                                      : std::string(sound.syllable.substr(0, 1));
    return out;
}

// By the characters, by the initials, and by the pinyin after every key pressed.
void is_found_by(const Pack& pack, const ServiceItem& wanted, const std::string& zh,
                 const std::string& pinyin) {
    EXPECT_TRUE(finds(pack, zh, wanted)) << zh;
    EXPECT_TRUE(finds(pack, initials(zh, pinyin), wanted)) << zh;
    for (std::size_t typed = 1; typed <= pinyin.size(); ++typed)
        EXPECT_TRUE(finds(pack, pinyin.substr(0, typed), wanted)) << pinyin.substr(0, typed);
}

TEST(search, finds_every_item_by_its_name_its_initials_and_every_keyword) {
    for (const Pack* pack : {&county(), &sample::pack()})
        for (const ServiceItem& each : pack->items) {
            is_found_by(*pack, each, each.name.zh, each.name_pinyin);
            for (const auto& keyword : each.keywords)
                is_found_by(*pack, each, keyword.zh, keyword.pinyin);
        }
}

TEST(search, the_sample_county_has_what_people_call_the_old_age_allowance) {
    for (const char* query : {"老人补贴", "lrbt", "laoren"}) {
        const auto found = find_services(sample::pack(), query, 3);
        ASSERT_FALSE(found.empty()) << query;
        EXPECT_EQ(found.front().item->code, sample::item_code) << query;
    }
}

TEST(search, looks_through_the_english_names_where_nothing_chinese_fits) {
    Pack pack;
    pack.items = {item("高龄津贴", "gao ling jin tie"), item("社保卡", "she bao ka")};
    pack.items[0].name.en = "Old-age allowance";
    pack.items[1].name.en = "Social security card (lingering)";
    EXPECT_EQ(names(find_services(pack, "Old age al", 9)), (std::vector<std::string>{"高龄津贴"}));
    EXPECT_EQ(names(find_services(pack, "card", 9)), (std::vector<std::string>{"社保卡"}));
    EXPECT_EQ(names(find_services(pack, "ling", 9)), (std::vector<std::string>{"高龄津贴"}));
    for (const char* query : {"ca", "llowance", "agecard", "cards"})
        EXPECT_TRUE(find_services(pack, query, 9).empty()) << query;
}

TEST(search, goes_through_two_thousand_items) {
    Pack pack;
    for (int i = 1000; i < 3000; ++i)
        pack.items.push_back(item("第" + std::to_string(i) + "号事项",
                                  "di " + std::to_string(i) + " hao shi xiang",
                                  {{"办" + std::to_string(i), "ban " + std::to_string(i)}}));
    for (const char* query : {"第2999号", "d2999h", "2999", "ban2999", "di2999haosx"}) {
        const auto found = find_services(pack, query, 20);
        ASSERT_EQ(found.size(), 1u) << query;
        EXPECT_EQ(found.front().item, &pack.items.back()) << query;
    }
    EXPECT_EQ(find_services(pack, "d", 20).size(), 20u);
    EXPECT_EQ(find_services(pack, "第", 5000).size(), 2000u);
}

TEST(search, answers_whatever_bytes_are_typed_with_items_of_the_pack_each_once) {
    std::mt19937 random(7);
    const std::vector<std::string> pieces{"老", "人", "补贴", "社", "l", "re", "bu", "tie",
                                          " ",  "2",  "4",    "！", "E", "a",  "ü",  "Ｌ"};
    for (int round = 0; round < 20'000; ++round) {
        std::string query;
        for (auto left = random() % 60; left > 0; --left)
            if (round % 2 == 0)
                query += pieces[random() % pieces.size()];
            else
                query += static_cast<char>(random());
        std::set<const ServiceItem*> seen;
        for (const auto& found : find_services(county(), query, 4)) {
            EXPECT_TRUE(seen.insert(found.item).second);
            EXPECT_TRUE(found.item >= county().items.data() &&
                        found.item < county().items.data() + county().items.size());
        }
        EXPECT_LE(seen.size(), 4u);
    }
}

TEST(search, an_item_whose_pinyin_is_missing_is_still_found_by_its_characters) {
    Pack pack;
    pack.items = {item("社保", "")};
    EXPECT_EQ(find_services(pack, "社", 1).size(), 1u);
    EXPECT_TRUE(find_services(pack, "sb", 1).empty());
}

}  // namespace
