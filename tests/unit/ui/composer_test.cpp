#include "ui/ime/rime_composer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using ui::ime::Composition;
using ui::ime::RimeComposer;
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
