#include "tests/screens/compare.hpp"

#include <gtest/gtest.h>

namespace {
domain::Picture plain(int width, int height) {
    domain::Picture p;
    p.width = width;
    p.height = height;
    p.rgb.assign(static_cast<std::size_t>(width * height * 3), 200);
    return p;
}
}  // namespace

TEST(compare, equal_pictures_are_the_same_and_write_nothing) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "compare-same";
    EXPECT_TRUE(comparison::pictures(plain(40, 30), plain(40, 30), folder, "page").same);
    EXPECT_FALSE(std::filesystem::exists(folder / "page.actual.png"));
}
TEST(compare, a_difference_is_said_in_words_and_shown_in_pictures) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "compare-different";
    domain::Picture actual = plain(40, 30);
    for (int x = 5; x < 15; ++x) actual.rgb[static_cast<std::size_t>((7 * 40 + x) * 3)] = 0;
    const auto verdict = comparison::pictures(actual, plain(40, 30), folder, "page");
    EXPECT_FALSE(verdict.same);
    EXPECT_EQ(verdict.words, "page: 10 of 1200 pixels differ, between (5, 7) and (14, 7)");
    for (const char* kind : {"actual", "expected", "difference"})
        EXPECT_TRUE(std::filesystem::exists(folder / (std::string("page.") + kind + ".png")));
}
TEST(compare, another_size_is_a_difference) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "compare-size";
    const auto verdict = comparison::pictures(plain(40, 30), plain(30, 40), folder, "page");
    EXPECT_EQ(verdict.words, "page: 40×30 instead of 30×40");
}
