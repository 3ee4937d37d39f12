// What pages say, and to whom, whatever the state.
#include "base/bytes.hpp"
#include "seen_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace app {
namespace {

TEST(pages, no_page_shows_a_whole_name_or_number) {
    for (const auto& [name, page] : every_page())
        for (const auto& text : look_at(page.screen).texts) {
            EXPECT_EQ(text.find("王秀兰"), std::string::npos) << name << ": " << text;
            EXPECT_EQ(text.find("19430518"), std::string::npos) << name << ": " << text;
        }
}

TEST(pages, english_pages_hold_no_chinese_but_names_and_what_was_typed) {
    // Values typed by the citizen and the card's address stay as they are.
    const std::set<std::string> kept{"示例县示例镇示例村三组", "三组大塘边新屋", "**兰", "中文",
                                     "中文 (Chinese)"};
    // So do the words of the centre, which has one language.
    const std::vector<std::string> of_the_centre{"示例县政务服务中心",
                                                 "示例镇人民路 1 号",
                                                 "东街便民服务中心",
                                                 "东街 8 号",
                                                 "社会保险参保缴费证明",
                                                 "2025年12月 – 2026年11月",
                                                 "示例县医疗保障局",
                                                 "示例县自然资源局",
                                                 "居民医保缴费",
                                                 "不动产登记费",
                                                 "示例医保〔2026〕1 号",
                                                 "示例医保〔2026〕3 号：低保对象减半",
                                                 "示例价费〔2026〕2 号",
                                                 "示例政发〔2026〕5 号：免收",
                                                 "已经办好，请带身份证来取。",
                                                 "等了两个月"};
    for (const auto& [name, page] : every_page()) {
        if (name.find(" en") == std::string::npos) continue;
        for (auto text : look_at(page.screen).texts) {
            if (kept.contains(text)) continue;
            for (const auto& words : of_the_centre)
                while (text.find(words) != std::string::npos)
                    text.erase(text.find(words), words.size());
            for (const char32_t c : base::code_points(text))
                EXPECT_FALSE(c >= 0x4E00 && c <= 0x9FFF) << name << ": " << text;
        }
    }
}

TEST(pages, unknown_and_kept_are_never_called_submitted) {
    for (const auto& [name, page] : every_page()) {
        if (name.starts_with("progress")) continue;
        for (const auto& text : look_at(page.screen).texts) {
            EXPECT_EQ(text.find("已提交"), std::string::npos) << name;
            EXPECT_EQ(text.find("已受理"), std::string::npos) << name;
        }
    }
}

TEST(pages, no_page_needs_a_telephone) {
    int codes = 0;
    for (const auto& [name, page] : every_page()) {
        if (name.starts_with("maintain_")) continue;  // those who have a telephone for their work
        for (const auto& block : page.screen.blocks)
            if (const auto* card = std::get_if<KeyValues>(&block); card && !card->qr_text.empty()) {
                ++codes;
                EXPECT_TRUE(std::any_of(card->rows.begin(), card->rows.end(), [](const auto& row) {
                    return row.strong;
                })) << name;
            }
    }
    EXPECT_GT(codes, 0);
    int asked = 0;
    for (const auto& item : session::samples::pack().items)
        for (const auto& form_page : item.form)
            for (const auto& field : form_page.fields)
                if (field.type == catalogue::FieldType::phone) {
                    ++asked;
                    EXPECT_FALSE(field.required) << field.key;
                }
    EXPECT_GT(asked, 0);
}

}  // namespace
}  // namespace app
