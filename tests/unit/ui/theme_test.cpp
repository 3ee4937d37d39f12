#include "ui/theme/theme.hpp"

#include "ui/theme/icons.hpp"

#include <gtest/gtest.h>

#include <set>

using ui::theme::contrast;
using ui::theme::make_theme;

TEST(theme, body_text_has_seven_to_one_and_secondary_four_and_a_half) {
    const auto p = make_theme(domain::Comfort{}, 4.034F, false).colour;
    for (const auto& ground : {p.surface, p.page, p.tint}) {
        EXPECT_GE(contrast(p.text, ground), 7);
        EXPECT_GE(contrast(p.secondary, ground), 4.5);
        EXPECT_GE(contrast(p.action, ground), 7);
    }
    EXPECT_GE(contrast(p.on_action, p.action), 7);
    EXPECT_GE(contrast(p.danger, p.danger_ground), 7);
    EXPECT_GE(contrast(p.success, p.success_ground), 7);
    EXPECT_GE(contrast(p.warn_text, p.warn_ground), 7);
    EXPECT_GE(contrast(p.border, p.page), 3);
}
TEST(theme, elder_text_has_ten_to_one_everywhere) {
    const auto p = make_theme(domain::Comfort::for_elders(), 4.034F, false).colour;
    for (const auto& ink : {p.text, p.secondary, p.action, p.danger, p.success, p.warn_text})
        EXPECT_GE(contrast(ink, p.surface), 10);
    EXPECT_GE(contrast(p.text, p.selected_ground), 10);
}
TEST(theme, high_contrast_text_has_twenty_one_to_one_and_its_controls_ten) {
    domain::Comfort high;
    high.contrast = domain::Contrast::high;
    const auto p = make_theme(high, 4.034F, false).colour;
    for (const auto& ink : {p.text, p.secondary, p.border}) EXPECT_GE(contrast(ink, p.page), 20.9);
    for (const auto& ink : {p.action, p.danger, p.success, p.warn_text, p.info})
        EXPECT_GE(contrast(ink, p.surface), 10);
    EXPECT_GE(contrast(p.on_action, p.action), 10);
    EXPECT_GE(contrast(p.text, p.tint_pressed), 10);
    EXPECT_GE(contrast(p.disabled, p.surface), 7);
}
TEST(theme, each_text_size_is_larger_than_the_one_before_and_elders_never_have_the_smallest) {
    domain::Comfort comfort;
    float before = 0;
    for (const auto size :
         {domain::TextSize::standard, domain::TextSize::large, domain::TextSize::largest}) {
        comfort.text = size;
        const float body = make_theme(comfort, 4.034F, false).type.body.em;
        EXPECT_GT(body, before);
        before = body;
    }
    comfort = domain::Comfort::for_elders();
    comfort.text = domain::TextSize::standard;
    EXPECT_GE(make_theme(comfort, 4.034F, false).type.body.em, 40);
}
TEST(theme, a_theme_has_at_most_seven_text_sizes) {
    for (const auto& kind : {domain::Comfort{}, domain::Comfort::for_elders()}) {
        const auto t = make_theme(kind, 4.034F, false).type;
        const std::set<float> sizes = {t.display.em, t.title.em,     t.heading.em, t.label.em,
                                       t.row.em,     t.row_bold.em,  t.body.em,    t.body_bold.em,
                                       t.small.em,   t.small_bold.em};
        EXPECT_LE(sizes.size(), 7U);
    }
}
TEST(theme, sizes_are_the_same_in_millimetres_on_every_panel) {
    for (const float px_per_mm : {4.034F, 5.56F, 3.21F}) {
        const auto theme = make_theme(domain::Comfort{}, px_per_mm, false);
        EXPECT_NEAR(theme.size.primary / px_per_mm, 112 / 4.034F, 0.2);
        EXPECT_NEAR(theme.type.title.em / px_per_mm, 52 / 4.034F, 0.2);
    }
}
TEST(icons, every_name_is_found_and_an_unknown_one_is_nothing) {
    for (const auto& icon : ui::theme::icons())
        EXPECT_EQ(ui::theme::icon(icon.name), icon.code_point) << icon.name;
    EXPECT_EQ(ui::theme::icon("no-such-icon"), char32_t{0});
}
