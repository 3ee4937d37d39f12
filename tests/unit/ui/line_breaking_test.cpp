#include "ui/text/line_breaking.hpp"

#include "ui/text/missing_glyph.hpp"
#include "ui/text/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

// Hanzi are one wide, everything of ASCII half.
float advance(char32_t c) {
    return c < 0x80 ? 0.5F : 1;
}

std::string broken(std::string_view text, float width, float indent = 0) {
    std::string all;
    for (const auto& line : ui::text::break_lines(text, width, advance, indent)) {
        if (!all.empty()) all += '|';
        all += line.text;
    }
    return all;
}

}  // namespace

TEST(line_breaking, hanzi_break_anywhere) {
    EXPECT_EQ(broken("示例县政务服务中心", 5), "示例县政务|服务中心");
}
TEST(line_breaking, a_comma_never_begins_a_line) {
    EXPECT_EQ(broken("没有网络也能申报，联网后自动送达到", 8),
              "没有网络也能申|报，联网后自动|送达到");
}
TEST(line_breaking, closing_signs_stay_with_their_word) {
    for (const char* sign :
         {"。", "；", "：", "？", "！", "）", "》", "】", "”", "’", "…", "—", "％"}) {
        const std::string text = std::string("一二三四五") + sign + "六七八九十";
        for (const auto& line : ui::text::break_lines(text, 5, advance))
            EXPECT_FALSE(line.text.starts_with(sign)) << sign;
    }
}
TEST(line_breaking, opening_brackets_never_end_a_line) {
    for (const char* sign : {"（", "《", "【", "“", "‘", "￥"}) {
        const std::string text = std::string("一二三四") + sign + "五六七八九";
        for (const auto& line : ui::text::break_lines(text, 5, advance))
            EXPECT_FALSE(line.text.ends_with(sign)) << sign;
    }
}
TEST(line_breaking, latin_words_and_numbers_stay_whole) {
    EXPECT_EQ(broken("编号 L3K7-90F2 请抄下来", 5.5F), "编号|L3K7-90F2|请抄下来");
    EXPECT_EQ(broken("save and continue", 6), "save and|continue");
}
TEST(line_breaking, a_word_wider_than_the_line_is_cut) {
    EXPECT_EQ(broken("aaaaaaaaaa", 2), "aaaa|aaaa|aa");
}
TEST(line_breaking, a_new_line_always_breaks_and_blank_lines_stay) {
    EXPECT_EQ(broken("一\n\n二", 9), "一||二");
}
TEST(line_breaking, the_first_line_leaves_room_for_a_lead) {
    EXPECT_EQ(broken("一二三四五六七八九十", 6, 3), "一二三|四五六七八|九十");
}
TEST(line_breaking, one_character_is_not_left_alone) {
    EXPECT_EQ(broken("津贴发放和走访按这个地址办理共六题", 16),
              "津贴发放和走访按这个地址|办理共六题");
}
TEST(line_breaking, nothing_is_lost_at_any_width) {
    const std::string text =
        "二、没有在其他地方领取同类津贴（含县外）；30 日内告知 village@example 的“村”。……完";
    std::string letters;
    for (const char c : text)
        if (c != ' ') letters += c;
    for (float width = 1; width < 60; width += 0.5F) {
        std::string all;
        for (const auto& line : ui::text::break_lines(text, width, advance))
            for (const char c : line.text)
                if (c != ' ') all += c;
        EXPECT_EQ(all, letters) << width;
    }
}

TEST(utf8, bad_bytes_become_replacement_characters) {
    std::size_t at = 0;
    EXPECT_EQ(ui::text::next_code_point("\xC0\xAF", at), U'\uFFFD');
    EXPECT_EQ(at, 1U);
    EXPECT_EQ(ui::text::code_points("\xF0\xA0\x85\xA4王\xE7"), 3U);
}
TEST(utf8, the_last_code_point_is_dropped_whole) {
    std::string text = "王𠅤";
    ui::text::drop_last(text);
    EXPECT_EQ(text, "王");
}
TEST(missing_glyph, shows_its_code_point_inside_the_box) {
    const ui::theme::Rect box{10, 20, 40, 40};
    const auto parts = ui::text::missing_glyph(U'\U000323AF', box);
    EXPECT_GT(parts.size(), 40U);
    for (const auto& part : parts) {
        EXPECT_GE(part.x, box.x);
        EXPECT_LE(part.right(), box.right());
        EXPECT_GE(part.y, box.y);
        EXPECT_LE(part.bottom(), box.bottom());
    }
}
