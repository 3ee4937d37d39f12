// What is said of a page, from its semantic tree.
#include "ui/speech/prompts.hpp"
#include "ui/speech/spoken_text.hpp"
#include "ui/widgets/key_walk.hpp"

#include <gtest/gtest.h>

using namespace ui::speech;
using namespace ui::widgets;
using base::Locale;

namespace {

Node node(Role role, std::string id, std::string text, bool control = false) {
    Node n;
    n.role = role;
    n.id = std::move(id);
    n.text = std::move(text);
    n.rect = {0, 0, 100, 100};
    if (control) n.hit = n.rect;
    return n;
}

std::vector<std::string> texts(const Prompts& prompts) {
    std::vector<std::string> out;
    for (const Prompt& prompt : prompts) out.push_back(prompt.text);
    return out;
}

// A page with a head, a title, a masked number, two answers and a bar.
class speech_text : public testing::Test {
  protected:
    speech_text() {
        tree.begin("situation");
        tree.add(node(Role::status, "time", "09:41"));
        tree.content_begins();
        tree.add(node(Role::heading, "title", "您是给谁办？"));
        Node number = node(Role::text, "", "身份证号码\n000***********0023");
        number.sensitivity = ui::screens::Sensitivity::personal;
        tree.add(number);
        tree.add(node(Role::choice, "self", "给我自己办", true));
        Node other = node(Role::choice, "other", "替别人办\n比如替父母办", true);
        other.selected = true;
        tree.add(other);
        tree.content_ends();
        tree.add(node(Role::utility_button, "help", "求助", true));
        tree.page_ends();
    }
    SemanticTree tree;
};

}  // namespace

TEST(spoken_text, a_prompt_holds_one_sentence_and_at_most_24_hanzi) {
    const auto prompts = in_prompts(
        "能领多少：80–89 周岁每月 100 元，90–99 周岁每月 200 元，100 周岁及以上每月 500 "
        "元。不收费。",
        Locale::zh);
    ASSERT_GE(prompts.size(), 2U);
    for (const auto& prompt : prompts) EXPECT_LE(hanzi_in(prompt), most_hanzi) << prompt;
    EXPECT_EQ(in_prompts("不收费。每月发放。", Locale::zh),
              (std::vector<std::string>{"不收费。", "每月发放。"}));
}
TEST(spoken_text, words_without_a_comma_are_cut_all_the_same) {
    std::string line;
    for (int i = 0; i < 60; ++i) line += "字";
    const auto prompts = in_prompts(line, Locale::zh);
    ASSERT_EQ(prompts.size(), 3U);
    EXPECT_EQ(hanzi_in(prompts[0]), most_hanzi);
}
TEST(spoken_text, a_mask_is_one_word_and_its_stars_are_said_only_when_spelled) {
    EXPECT_EQ(in_prompts("**兰", Locale::zh), std::vector<std::string>{"已隐藏兰"});
    EXPECT_EQ(spelled("**兰", Locale::zh), std::vector<std::string>{"星号 星号 兰"});
}
TEST(spoken_text, long_numbers_are_read_digit_by_digit) {
    EXPECT_EQ(for_voice("账号 62170001"), "账号 6 2 1 7 0 0 0 1 ");
    EXPECT_EQ(for_voice("2026 年"), "2026 年");
}
TEST(spoken_text, nothing_is_said_of_signs_alone) {
    EXPECT_TRUE(in_prompts("· —", Locale::zh).empty());
    EXPECT_TRUE(in_prompts("", Locale::zh).empty());
}

TEST_F(speech_text, a_page_says_its_title_first_and_then_what_can_be_chosen) {
    const auto said = texts(of_page(tree, Locale::zh));
    ASSERT_GE(said.size(), 5U);
    EXPECT_EQ(said.front(), "您是给谁办？");
    EXPECT_NE(std::find(said.begin(), said.end(), "有 2 项可选"), said.end());
    EXPECT_NE(std::find(said.begin(), said.end(), "给我自己办"), said.end());
    EXPECT_EQ(std::find(said.begin(), said.end(), "09:41"), said.end()) << "the head is no content";
}
TEST_F(speech_text, the_loudspeaker_says_a_hint_once_instead_of_personal_words) {
    const auto open =
        texts(for_loudspeaker(of_page(tree, Locale::zh), InPlaceOfPersonal::hint, Locale::zh));
    for (const auto& text : open) EXPECT_EQ(text.find("23"), std::string::npos) << text;
    EXPECT_EQ(std::count(open.begin(), open.end(), "个人信息，请看屏幕或插耳机"), 1);
    EXPECT_EQ(std::count(open.begin(), open.end(), "给我自己办"), 1);
}
TEST_F(speech_text, a_stop_says_name_kind_state_and_place) {
    const auto at = *node_at(tree, "other");
    EXPECT_EQ(texts(of_stop(tree, at, Locale::zh)),
              (std::vector<std::string>{"替别人办", "比如替父母办", "选项", "已选中",
                                        "第 4 项，共 6 项"}));
    const auto aloud = texts(
        for_loudspeaker(of_stop(tree, at, Locale::zh), InPlaceOfPersonal::nothing, Locale::zh));
    EXPECT_EQ(std::count(aloud.begin(), aloud.end(), "已选中"), 0)
        << "an answer is the person's own";
}
TEST_F(speech_text, the_keys_go_round_through_texts_and_controls_in_reading_order) {
    KeyWalk walk;
    std::vector<std::string> way;
    for (int i = 0; i < 7; ++i) {
        walk.move(tree, true);
        way.push_back(walk.place);
    }
    EXPECT_EQ(way,
              (std::vector<std::string>{"title", "#0", "self", "other", "help", "time", "title"}));
    walk.move(tree, false);
    EXPECT_EQ(walk.place, "time");
}
TEST_F(speech_text, what_does_nothing_here_is_no_stop) {
    Node off = node(Role::utility_button, "back", "返回", true);
    off.enabled = false;
    tree.add(off);
    tree.page_ends();
    for (const auto stop : key_stops(tree)) EXPECT_NE(tree.nodes()[stop].id, "back");
}
TEST_F(speech_text, over_an_overlay_the_keys_and_the_voice_stay_in_it) {
    tree.add(node(Role::dialog, "stay.anywhere", "", true));
    tree.add(node(Role::heading, "", "您还在吗？"));
    tree.add(node(Role::primary_button, "stay", "继续使用", true));
    tree.page_ends();
    EXPECT_EQ(key_stops(tree).size(), 2U);
    EXPECT_EQ(texts(of_page(tree, Locale::zh)),
              (std::vector<std::string>{"您还在吗？", "继续使用"}));
}
TEST_F(speech_text, an_error_names_the_item_it_is_about) {
    Node field = node(Role::field, "b.account", "6217", true);
    field.label = "账号";
    field.value = "6217";
    field.selected = true;
    field.sensitivity = ui::screens::Sensitivity::personal;
    tree.add(field);
    const auto error = tree.add(node(Role::status, "b.account.error", "应是 12 至 19 位数字"));
    tree.content_ends();
    tree.page_ends();
    EXPECT_EQ(texts(of_tiding(tree, error, Locale::zh)),
              std::vector<std::string>{"账号：应是 12 至 19 位数字"});
    const auto told = tidings(tree);
    EXPECT_NE(std::find(told.begin(), told.end(), error), told.end());
}
TEST_F(speech_text, the_best_of_what_a_search_found_is_said_as_it_comes) {
    Node best = node(Role::choice, "item:1", "高龄津贴申领\n也叫 老人补贴", true);
    best.news = true;
    const auto first = tree.add(best);
    const auto second = tree.add(node(Role::choice, "item:2", "养老待遇认证", true));
    tree.content_ends();
    tree.page_ends();
    const auto told = tidings(tree);
    EXPECT_NE(std::find(told.begin(), told.end(), first), told.end());
    EXPECT_EQ(std::find(told.begin(), told.end(), second), told.end());
}
TEST_F(speech_text, a_key_of_a_personal_field_is_not_said_aloud) {
    Node field = node(Role::field, "b.account", "", true);
    field.selected = true;
    field.sensitivity = ui::screens::Sensitivity::personal;
    tree.add(field);
    const auto key = tree.add(node(Role::key, "key.7", "7", true));
    tree.content_ends();
    tree.page_ends();
    EXPECT_EQ(texts(of_stop(tree, key, Locale::zh)), std::vector<std::string>{"7"});
    EXPECT_TRUE(
        for_loudspeaker(of_stop(tree, key, Locale::zh), InPlaceOfPersonal::nothing, Locale::zh)
            .empty());
}
TEST_F(speech_text, on_a_key_what_was_typed_is_spelled_character_by_character) {
    Node field = node(Role::field, "b.account", "", true);
    field.value = "三组8号";
    field.selected = true;
    tree.add(field);
    const auto key = tree.add(node(Role::key, "key.7", "7", true));
    tree.content_ends();
    tree.page_ends();
    EXPECT_EQ(texts(spelling_of(tree, key, Locale::zh)), std::vector<std::string>{"三 组 8 号"});
}
TEST_F(speech_text, candidates_that_sound_alike_are_told_apart_by_their_places) {
    tree.add(node(Role::candidate, "candidate.back", "", true));
    const auto first = tree.add(node(Role::candidate, "candidate.0", "张", true));
    const auto second = tree.add(node(Role::candidate, "candidate.1", "章", true));
    tree.add(node(Role::candidate, "candidate.next", "", true));
    tree.content_ends();
    tree.page_ends();
    EXPECT_EQ(texts(of_stop(tree, first, Locale::zh)),
              (std::vector<std::string>{"张", "候选字", "第 1 项，共 2 项"}));
    EXPECT_EQ(texts(of_stop(tree, second, Locale::zh)),
              (std::vector<std::string>{"章", "候选字", "第 2 项，共 2 项"}));
}
