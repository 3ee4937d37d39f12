// What hostile bytes, characters nobody has, missing fonts and a broken panel do to the interface:
// nothing that a citizen would notice more than needed.
#include "tests/screens/gallery.hpp"
#include "ui/screens/texts/every_text.hpp"
#include "ui/screens/texts/pseudo_locale.hpp"
#include "ui/shell/interface.hpp"
#include "ui/text/utf8.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

using base::Millis;
using ui::screens::Screen;
using ui::shell::Interface;
using ui::widgets::TouchKind;

namespace {

class bad_input : public testing::Test {
  protected:
    std::unique_ptr<Interface> make(const ui::text::FontStack::Files& fonts = {}) {
        Interface::Options options;
        options.icon_font = ICON_FONT;
        options.fonts = fonts;
        auto made = Interface::create(options, clock_);
        EXPECT_TRUE(made) << (made ? "" : made.error().safe_detail);
        return made ? std::move(*made) : nullptr;
    }
    static Screen page_of(const std::string& text) {
        Screen screen;
        screen.name = "page";
        screen.title = text;
        ui::screens::KeyValues card;
        card.rows.push_back({.label = "姓名", .value = text});
        screen.blocks.emplace_back(card);
        ui::screens::Field field;
        field.id = "field";
        field.label = text;
        field.value = base::SecretText(text);
        screen.blocks.emplace_back(field);
        screen.blocks.emplace_back(
            ui::screens::ButtonRow{{{"next", "下一题", ui::screens::ButtonLook::primary, ""}}});
        return screen;
    }
    static Screen sample(const std::string& name) {
        for (Screen& screen : gallery::standard_screens())
            if (screen.name == name) return screen;
        return {};
    }

    base::ManualClock clock_{base::Instant{}};
};

std::vector<std::string> hostile() {
    using namespace std::string_literals;
    std::vector<std::string> all{
        "\xFF\xFE\xFD",          "王\xE7\x8E",           "\xC0\x80",     "\xED\xA0\x80\xED\xB0\x80",
        "\xF4\x90\x80\x80",      "\xF8\x88\x80\x80\x80", "a\0b"s,        "\x1B[31m红",
        "\xE2\x80\xAE倒着写的",  "\xEF\xBF\xBF",         "\xC2\x85\x7F", "\x80\x80\x80\x80",
        std::string(300, '\xF0')};
    std::mt19937 random(20260822);
    for (int i = 0; i < 300; ++i) {
        std::string bytes;
        for (int n = 0; n < 40; ++n) bytes.push_back(static_cast<char>(random() & 0xFFU));
        all.push_back(bytes);
    }
    return all;
}

}  // namespace

TEST_F(bad_input, broken_utf8_never_reaches_the_screen_or_the_tree) {
    const auto ui = make();
    for (const std::string& bytes : hostile()) {
        ui->frame(page_of(bytes));
        for (const auto& node : ui->tree().nodes())
            for (const std::string* text : {&node.text, &node.value})
                EXPECT_EQ(ui::text::mended(*text), *text) << testing::PrintToString(bytes);
        EXPECT_FALSE(ui->tree().as_json().empty());
    }
    EXPECT_TRUE(ui->tap("next"));
}
TEST_F(bad_input, what_may_be_shown_is_left_as_it_is) {
    for (const char* text : {"王秀兰", "阿卜杜拉·买买提", "𠮷野家\n第二行", "Citizen é ¥ ①", ""}) {
        EXPECT_TRUE(ui::text::is_clean(text)) << text;
        EXPECT_EQ(ui::text::mended(text), text);
    }
}
TEST_F(bad_input, every_broken_byte_becomes_one_replacement_character) {
    EXPECT_EQ(ui::text::mended("a\xFF\xC3z"), "a\uFFFD\uFFFDz");
    EXPECT_EQ(ui::text::mended("\xE2\x80\xAE倒"), "\uFFFD倒");
}

TEST_F(bad_input, a_character_no_font_has_is_told_once_and_only_by_its_block) {
    const auto ui = make();
    ui->take_news();
    // Two that Unicode has not given out yet, and one of another; drawn many times, in two weights
    // and sizes.
    for (int i = 0; i < 5; ++i) ui->frame(page_of("\U0003134B\U0003134C\U000E0FFF"));
    const auto news = ui->take_news();
    EXPECT_EQ(news.missing_glyphs,
              (std::vector<ui::text::MissingGlyphs>{{"cjk_ext_g", 2}, {"plane_14", 1}}));
    ui->end_session();
    ui->forget_glyphs();
    ui->frame(page_of("\U0003134B\U0003134D"));
    EXPECT_EQ(ui->take_news().missing_glyphs,
              (std::vector<ui::text::MissingGlyphs>{{"cjk_ext_g", 1}}));
    ui->frame(page_of("\U0003134B\U0003134D"));
    EXPECT_TRUE(ui->take_news().empty());
}

TEST_F(bad_input, with_all_fonts_there_is_nothing_to_tell) {
    const auto ui = make();
    ui->frame(sample("home"));
    EXPECT_TRUE(ui->take_news().empty());
}
TEST_F(bad_input, a_missing_font_is_told_and_another_stands_in) {
    ui::text::FontStack::Files fonts;
    fonts.bold = "/nonexistent/NotoSansCJK-Bold.ttc";
    fonts.rare.push_back({"/nonexistent/Rare.ttf"});
    const auto ui = make(fonts);
    ui->frame(sample("home"));
    const auto news = ui->take_news();
    EXPECT_EQ(news.missing_fonts, (std::vector<std::string>{"Rare.ttf", "NotoSansCJK-Bold.ttc"}));
    ASSERT_TRUE(news.health);
    EXPECT_EQ(news.health->state, domain::DeviceState::degraded);
    EXPECT_EQ(news.health->fault->code, base::FaultCode::FontMissing);
    EXPECT_TRUE(news.missing_glyphs.empty());
    EXPECT_TRUE(ui->take_news().empty());
    EXPECT_TRUE(ui->tap("apply"));
}
TEST_F(bad_input, a_file_that_is_no_font_is_as_good_as_missing) {
    const auto path = std::filesystem::path(testing::TempDir()) / "rubbish.ttc";
    std::ofstream(path) << std::string(5000, 'x');
    ui::text::FontStack::Files fonts;
    fonts.regular = fonts.bold = path;
    const auto ui = make(fonts);
    ui->frame(sample("home"));
    EXPECT_EQ(ui->take_news().missing_fonts.size(), 2U);
    EXPECT_NE(ui->tree().find("我要办理"), nullptr);
}
TEST_F(bad_input, without_the_icons_the_words_stand_alone) {
    Interface::Options options;
    options.icon_font = "/nonexistent/icons.ttf";
    auto made = Interface::create(options, clock_);
    ASSERT_TRUE(made);
    (*made)->frame(sample("home"));
    EXPECT_EQ((*made)->take_news().missing_fonts, std::vector<std::string>{"icons.ttf"});
    EXPECT_TRUE((*made)->tap("我要办理"));
}
TEST_F(bad_input, no_font_at_all_is_the_one_fault_that_stops) {
    Interface::Options options;
    options.icon_font = ICON_FONT;
    options.fonts.regular = options.fonts.bold = "/nonexistent/font.ttc";
    options.fonts.substitutes = {"/nonexistent/other.ttf"};
    const auto made = Interface::create(options, clock_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, base::FaultCode::NoFont);
    EXPECT_EQ(base::entry(made.error().code).mender, base::Mender::technician);
}

TEST_F(bad_input, a_panel_that_floods_is_told_presses_nothing_and_is_told_well_again) {
    const auto ui = make();
    const Screen home = sample("home");
    ui->frame(home);
    clock_.forward(Millis{1000});
    const auto end = ui->tree().find("apply")->hit;
    int pressed = 0;
    for (int i = 0; i < 600; ++i) {
        const auto finger = static_cast<std::uint64_t>(i);
        const ui::theme::Point at{end.x + 40 + static_cast<float>(i * 37 % 200),
                                  end.y + 20 + static_cast<float>(i * 11 % 100)};
        ui->touch({TouchKind::down, finger, at, clock_.steady()});
        clock_.forward(Millis{2});
        ui->touch({TouchKind::up, finger, at, clock_.steady()});
        if (i > 100 && ui->frame(home)) ++pressed;
        if (i <= 100) ui->frame(home);
    }
    EXPECT_EQ(pressed, 0);
    const auto news = ui->take_news();
    ASSERT_TRUE(news.health);
    EXPECT_EQ(news.health->fault->code, base::FaultCode::TouchPanelFloods);
    clock_.forward(Millis{3000});
    ui->wait(Millis{0});
    const auto later = ui->take_news();
    ASSERT_TRUE(later.health);
    EXPECT_EQ(later.health->state, domain::DeviceState::ready);
    EXPECT_TRUE(ui->tap("apply"));
    EXPECT_TRUE(ui->frame(home));
}
TEST_F(bad_input, a_stuck_contact_on_a_button_does_not_press_it_and_is_told) {
    const auto ui = make();
    const Screen home = sample("home");
    ui->frame(home);
    clock_.forward(Millis{1000});
    const auto tile = ui->tree().find("apply")->hit;
    const ui::theme::Point at{tile.centre_x(), tile.centre_y()};
    ui->touch({TouchKind::down, 7, at, clock_.steady()});
    ui->frame(home);
    clock_.forward(Millis{31'000});
    ui->wait(Millis{0});
    EXPECT_EQ(ui->take_news().health->fault->code, base::FaultCode::TouchPanelStuck);
    EXPECT_FALSE(ui->frame(home));
    // Another finger uses the terminal meanwhile.
    EXPECT_TRUE(ui->tap("progress"));
    EXPECT_EQ(ui->frame(home), ui::screens::Action{ui::screens::Pressed{"progress"}});
    clock_.forward(Millis{1500});
    ui->touch({TouchKind::up, 7, at, clock_.steady()});
    EXPECT_FALSE(ui->frame(home));
}

TEST_F(bad_input, the_atlas_stays_bounded_through_a_thousand_rare_names) {
    const auto ui = make();
    ui->warm_glyphs("姓名下一题请核对");
    while (ui->wait(Millis{1}) && ui->needs_another_frame()) ui->frame(sample("home"));
    std::mt19937 random(7);
    std::uniform_int_distribution<char32_t> rare(0x20000, 0x2A6DF);
    for (int person = 0; person < 1000; ++person) {
        std::string name;
        for (int i = 0; i < 12; ++i) ui::text::append(name, rare(random));
        ui->frame(page_of(name));
        ui->end_session();
        if (person % 3 == 0) {
            ui->frame(sample("home"));
            ui->forget_glyphs();
        }
        ui->wait(Millis{1});
        const auto size = ui->atlas_size();
        ASSERT_LE(size.w, 2048) << person;
        ASSERT_LE(size.h, 2048) << person;
    }
}
TEST_F(bad_input, glyphs_made_ahead_change_no_pixel) {
    const Screen page = sample("review");
    auto cold = make();
    cold->frame(page);
    const auto expected = cold->pixels();
    cold.reset();
    const auto warm = make();
    warm->frame(Screen{});
    std::string texts;
    struct Collect {
        std::string& into;
        void words(const std::string& text) { into += text; }
        void value(const std::string& text) { into += text; }
        void secret(const base::SecretText&) {}
    } collect{texts};
    ui::screens::every_text(page, collect);
    warm->warm_glyphs(texts);
    for (int turn = 0; turn < 200; ++turn) warm->wait(Millis{1});
    warm->frame(page);
    EXPECT_TRUE(*expected == *warm->pixels());
    warm->forget_glyphs();
    warm->frame(page);
    EXPECT_TRUE(*expected == *warm->pixels());
}

TEST(pseudo_locale, a_text_is_longer_by_the_part_asked_for_and_bracketed) {
    EXPECT_EQ(ui::text::code_points(ui::screens::pseudo("请把身份证放在读卡区", 0.4)), 14U);
    EXPECT_EQ(ui::screens::pseudo("我要办理", 1.0), "⟦我要办理我要⟧");
    EXPECT_EQ(ui::screens::pseudo("", 0.4), "");
    EXPECT_EQ(ui::screens::pseudo("\n", 5), "⟦\n⟧");
}
TEST(pseudo_locale, words_grow_and_values_stay) {
    Screen screen;
    screen.title = "核对";
    screen.header.who = "**兰";
    ui::screens::KeyValues card;
    card.rows.push_back({.label = "手机号码", .value = "138 0013 8000"});
    screen.blocks.emplace_back(card);
    ui::screens::lengthen(screen, 1.0);
    EXPECT_EQ(screen.title, "⟦核对⟧");
    EXPECT_EQ(screen.header.who, "**兰");
    const auto& row = std::get<ui::screens::KeyValues>(screen.blocks[0]).rows[0];
    EXPECT_EQ(row.label, "⟦手机号码手机⟧");
    EXPECT_EQ(row.value, "138 0013 8000");
}
