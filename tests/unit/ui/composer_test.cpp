#include "ui/ime/nine_key.hpp"
#include "ui/ime/rime_composer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using ui::ime::Composition;
using ui::ime::RimeComposer;
using ui::ime::Script;
using ui::ime::TextComposer;

namespace {

Composition typed(RimeComposer& composer, std::string_view letters) {
    composer.clear();
    for (const char letter : letters) EXPECT_TRUE(composer.type(letter)) << letter;
    return composer.composition();
}

std::string chosen(RimeComposer& composer, const std::string& wanted) {
    const auto all = composer.composition().candidates;
    const auto at = std::find(all.begin(), all.end(), wanted);
    if (at == all.end()) return {};
    return composer.choose(static_cast<std::size_t>(at - all.begin())).value_or("");
}

bool contains(const std::vector<std::string>& all, const std::string& wanted) {
    return std::find(all.begin(), all.end(), wanted) != all.end();
}

}  // namespace

TEST(pinyin, a_word_is_offered_divided_and_in_simplified_characters) {
    RimeComposer composer({});
    const Composition now = typed(composer, "fuwu");
    EXPECT_EQ(now.letters, "fu'wu");
    ASSERT_FALSE(now.candidates.empty());
    EXPECT_EQ(now.candidates.front(), "服务");
    EXPECT_EQ(chosen(composer, "服务"), "服务");
    EXPECT_TRUE(composer.composition().letters.empty());
}
TEST(pinyin, a_part_is_chosen_and_the_rest_stays) {
    RimeComposer composer({});
    typed(composer, "sanzudatangbian");
    EXPECT_EQ(chosen(composer, "三组"), "");
    EXPECT_NE(composer.composition().letters.find("da'tang'bian"), std::string::npos);
}
TEST(pinyin, erasing_takes_letters_back) {
    RimeComposer composer({});
    typed(composer, "fu");
    composer.erase();
    EXPECT_EQ(composer.composition().letters, "f");
    composer.erase();
    EXPECT_TRUE(composer.composition().letters.empty());
}
TEST(nine_keys, digits_become_words_and_show_what_they_are_read_as) {
    RimeComposer composer({});
    composer.use(Script::nine_key);
    const Composition now = typed(composer, "3898");
    ASSERT_FALSE(now.candidates.empty());
    EXPECT_EQ(now.candidates.front(), "服务");
    EXPECT_EQ(now.letters, "fu'wu");
    EXPECT_EQ(chosen(composer, "服务"), "服务");
    EXPECT_TRUE(composer.composition().letters.empty());
}
TEST(nine_keys, a_reading_narrows_the_candidates) {
    RimeComposer composer({});
    composer.use(Script::nine_key);
    Composition now = typed(composer, "94664");
    EXPECT_EQ(now.readings.front(), "xiong");
    EXPECT_EQ(now.readings.at(1), "zhong");
    EXPECT_TRUE(contains(now.candidates, "雄"));
    composer.read_as(1);
    now = composer.composition();
    EXPECT_TRUE(contains(now.candidates, "中"));
    EXPECT_FALSE(contains(now.candidates, "雄"));
    EXPECT_TRUE(now.readings.empty());
    for (const char key : std::string_view("486")) composer.type(key);
    EXPECT_EQ(composer.composition().candidates.front(), "中国");
}
TEST(nine_keys, a_piece_chosen_before_a_reading_is_kept) {
    RimeComposer composer({});
    composer.use(Script::nine_key);
    typed(composer, "72698326");
    EXPECT_EQ(chosen(composer, "三组"), "");
    Composition now = composer.composition();
    const auto reading = std::find(now.readings.begin(), now.readings.end(), "dan");
    ASSERT_NE(reading, now.readings.end());
    composer.read_as(static_cast<std::size_t>(reading - now.readings.begin()));
    EXPECT_EQ(composer.composition().letters.substr(0, 9), "三组dan");
    EXPECT_EQ(chosen(composer, "单"), "三组单");
}
TEST(nine_keys, with_every_key_erased_the_piece_is_still_there_to_take) {
    RimeComposer composer({});
    composer.use(Script::nine_key);
    typed(composer, "72698326");
    chosen(composer, "三组");
    composer.read_as(0);
    for (int i = 0; i < 4; ++i) composer.erase();
    EXPECT_EQ(composer.composition().candidates, std::vector<std::string>{"三组"});
    EXPECT_EQ(chosen(composer, "三组"), "三组");
    EXPECT_TRUE(composer.composition().letters.empty());
}
TEST(nine_keys, letters_and_strange_signs_are_not_taken) {
    RimeComposer composer({});
    composer.use(Script::nine_key);
    for (const char key : std::string_view("a1' \n\xC3")) EXPECT_FALSE(composer.type(key)) << key;
}
TEST(nine_keys, what_the_digits_mean_follows_the_hint_as_far_as_it_fits) {
    EXPECT_EQ(ui::ime::spelled("946'98", "xin yu"), "xin'yu");
    EXPECT_EQ(ui::ime::spelled("726'98'326", "san zu"), "san'zu'326");
    EXPECT_EQ(ui::ime::spelled("94", "xin"), "xi");
    EXPECT_EQ(ui::ime::spelled("94", "ba"), "94");
    EXPECT_EQ(ui::ime::spelled("946", ""), "946");
    EXPECT_EQ(ui::ime::spelled("xin'98", "xin yu"), "xin'yu");
    EXPECT_EQ(ui::ime::spelled("", "xin"), "");
}
TEST(nine_keys, syllables_come_longest_first) {
    EXPECT_EQ(ui::ime::syllables_at_start("64"), (std::vector<std::string>{"mi", "ni", "o"}));
    EXPECT_TRUE(ui::ime::syllables_at_start("9").empty());
    EXPECT_EQ(ui::ime::digit_of('z'), '9');
    EXPECT_EQ(ui::ime::digit_of('1'), '\0');
}
TEST(strokes, a_rare_character_is_found_by_its_strokes) {
    RimeComposer composer({});
    composer.use(Script::strokes);
    EXPECT_EQ(typed(composer, "hspn").candidates.front(), "木");
    EXPECT_EQ(composer.composition().letters, "一丨丿丶");
    // 㬎: seldom, but in names.
    EXPECT_TRUE(contains(typed(composer, "szhhzznzznnnnn").candidates, "㬎"));
    EXPECT_EQ(chosen(composer, "㬎"), "㬎");
}
TEST(strokes, strokes_that_nothing_is_written_with_give_no_candidate) {
    RimeComposer composer({});
    composer.use(Script::strokes);
    EXPECT_TRUE(typed(composer, "zzzzzzzzzzzzzz").candidates.empty());
    composer.erase();
    EXPECT_EQ(composer.composition().letters.size(), 13 * std::string("乛").size());
}
TEST(scripts, another_script_begins_with_nothing) {
    RimeComposer composer({});
    typed(composer, "fuwu");
    composer.use(Script::strokes);
    EXPECT_TRUE(composer.composition().letters.empty());
    composer.use(Script::pinyin);
    EXPECT_TRUE(composer.composition().letters.empty());
}
TEST(scripts, without_its_data_a_script_is_not_offered_and_the_others_go_on) {
    const auto here = std::filesystem::path(testing::TempDir()) / "rime_without_strokes";
    std::filesystem::remove_all(here);
    std::filesystem::create_directories(here / "build");
    for (const auto& file : std::filesystem::directory_iterator("/usr/share/rime-data/build"))
        if (!file.path().filename().string().starts_with("stroke"))
            std::filesystem::create_symlink(file.path(), here / "build" / file.path().filename());
    RimeComposer composer({here, "/tmp"});
    composer.finish_preparing();
    EXPECT_FALSE(composer.offers(Script::strokes));
    EXPECT_TRUE(composer.offers(Script::nine_key));
    composer.use(Script::strokes);
    EXPECT_FALSE(composer.type('h'));
    EXPECT_TRUE(composer.composition().candidates.empty());
    composer.use(Script::pinyin);
    EXPECT_EQ(typed(composer, "fuwu").candidates.front(), "服务");
}
TEST(scripts, a_table_that_is_rubbish_is_a_script_not_offered) {
    const auto here = std::filesystem::path(testing::TempDir()) / "rime_broken_strokes";
    std::filesystem::remove_all(here);
    std::filesystem::create_directories(here / "build");
    for (const auto& file : std::filesystem::directory_iterator("/usr/share/rime-data/build"))
        if (!file.path().filename().string().starts_with("stroke"))
            std::filesystem::create_symlink(file.path(), here / "build" / file.path().filename());
    for (const char* name : {"stroke.table.bin", "stroke.prism.bin"})
        std::ofstream(here / "build" / name) << "this is not a table of strokes";
    RimeComposer composer({here, "/tmp"});
    composer.finish_preparing();
    EXPECT_FALSE(composer.offers(Script::strokes));
    composer.use(Script::pinyin);
    EXPECT_EQ(typed(composer, "fuwu").candidates.front(), "服务");
}
TEST(pinyin, nothing_is_learnt_from_one_person_to_the_next) {
    std::vector<std::string> before;
    {
        RimeComposer composer({});
        before = typed(composer, "xinwu").candidates;
        for (int i = 0; i < 12; ++i) {
            typed(composer, "xinwu");
            ASSERT_EQ(chosen(composer, "新屋"), "新屋");
        }
        EXPECT_EQ(typed(composer, "xinwu").candidates, before);
    }
    RimeComposer after_a_restart({});
    EXPECT_EQ(typed(after_a_restart, "xinwu").candidates, before);
}
TEST(pinyin, without_its_data_it_says_so_and_takes_nothing) {
    RimeComposer composer({"/nonexistent", "/tmp"});
    composer.prepare();
    EXPECT_FALSE(composer.type('a'));
    EXPECT_EQ(composer.state(), TextComposer::State::unavailable);
}
