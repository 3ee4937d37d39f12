#include "ui/ime/zinnia_handwriting.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

using domain::Strokes;
using ui::ime::ZinniaHandwriting;

namespace {

const std::vector<std::vector<domain::StrokePoint>> three{
    {{0.15F, 0.27F}, {0.86F, 0.27F}}, {{0.2F, 0.5F}, {0.8F, 0.5F}}, {{0.1F, 0.77F}, {0.9F, 0.77F}}};
const std::vector<std::vector<domain::StrokePoint>> tree{
    {{0.13F, 0.33F}, {0.86F, 0.33F}},
    {{0.5F, 0.1F}, {0.5F, 0.93F}},
    {{0.5F, 0.33F}, {0.33F, 0.6F}, {0.13F, 0.8F}},
    {{0.5F, 0.33F}, {0.66F, 0.6F}, {0.9F, 0.8F}}};

Strokes written(std::vector<std::vector<domain::StrokePoint>> lines, float scale = 1,
                float right = 0, float down = 0) {
    Strokes strokes;
    strokes.aspect = 1;
    for (auto& line : lines)
        for (auto& p : line) p = {p.x * scale + right, p.y * scale + down};
    strokes.lines = std::move(lines);
    return strokes;
}

bool among(const std::vector<std::string>& all, std::size_t first, const std::string& wanted) {
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(first, all.size()));
    return std::find(all.begin(), end, wanted) != end;
}

}  // namespace

TEST(handwriting, a_simple_character_is_among_the_first) {
    ZinniaHandwriting handwriting;
    const auto found = handwriting.recognise(written(tree), 12);
    ASSERT_EQ(found.size(), 12U);
    EXPECT_EQ(found.front(), "木");
    EXPECT_TRUE(among(handwriting.recognise(written(three), 12), 3, "三"));
}
TEST(handwriting, it_does_not_matter_where_on_the_pad_and_how_large) {
    ZinniaHandwriting handwriting;
    const auto large = handwriting.recognise(written(tree), 12);
    EXPECT_EQ(handwriting.recognise(written(tree, 0.25F, 0.7F, 0.1F), 1),
              std::vector{large.front()});
    Strokes wide = written(tree, 0.5F, 0.2F, 0.2F);
    for (auto& line : wide.lines)
        for (auto& p : line) p.x /= 2;
    wide.aspect = 2;
    EXPECT_EQ(handwriting.recognise(wide, 1), std::vector{large.front()});
}
TEST(handwriting, what_one_person_writes_changes_nothing_for_the_next) {
    ZinniaHandwriting handwriting;
    const auto before = handwriting.recognise(written(three), 16);
    for (int i = 0; i < 20; ++i) handwriting.recognise(written(tree), 16);
    EXPECT_EQ(handwriting.recognise(written(three), 16), before);
}
TEST(handwriting, dots_scribbles_and_an_empty_pad_do_no_harm) {
    ZinniaHandwriting handwriting;
    EXPECT_TRUE(handwriting.recognise(Strokes{}, 12).empty());
    EXPECT_FALSE(handwriting.recognise(written({{{0.5F, 0.5F}}}), 12).empty());
    EXPECT_FALSE(handwriting.recognise(written({{{0.5F, 0.5F}, {0.5F, 0.5F}}}), 12).empty());
    EXPECT_NO_THROW(handwriting.recognise(written({{}}), 12));
    std::vector<std::vector<domain::StrokePoint>> scribble(200);
    for (std::size_t i = 0; i < scribble.size(); ++i)
        for (int j = 0; j < 500; ++j)
            scribble[i].push_back({static_cast<float>((j * 37 + static_cast<int>(i)) % 100) / 100.F,
                                   static_cast<float>((j * 53) % 100) / 100.F});
    EXPECT_LE(handwriting.recognise(written(scribble), 12).size(), 12U);
}
TEST(handwriting, without_a_model_it_is_not_offered) {
    ZinniaHandwriting missing("/nonexistent/model");
    missing.finish_preparing();
    EXPECT_FALSE(missing.offered());
    EXPECT_TRUE(missing.recognise(written(tree), 12).empty());
}
TEST(handwriting, a_broken_model_is_not_offered) {
    const std::string path = testing::TempDir() + "/broken.model";
    std::ofstream(path) << "this is not a model of handwriting, whatever its name says";
    ZinniaHandwriting broken(path);
    broken.finish_preparing();
    EXPECT_FALSE(broken.offered());
    EXPECT_TRUE(broken.recognise(written(tree), 12).empty());
}
