#include "ui/shell/interface.hpp"

#include "tests/screens/gallery.hpp"
#include "ui/training_panel/training_panel.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

using base::Millis;
using ui::screens::Action;
using ui::screens::Pressed;
using ui::screens::Screen;
using ui::screens::TextEdited;
using ui::shell::Interface;

namespace {

class interface : public testing::Test {
  protected:
    interface() {
        Interface::Options options;
        options.icon_font = ICON_FONT;
        auto made = Interface::create(options, clock_);
        EXPECT_TRUE(made) << (made ? "" : made.error().safe_detail);
        if (made) ui_ = std::move(*made);
    }
    static Screen sample(const std::string& name) {
        for (Screen& screen : gallery::standard_screens())
            if (screen.name == name) return screen;
        return {};
    }
    void show(const Screen& screen) {
        ui_->frame(screen);
        clock_.forward(Millis{500});
    }
    // The action of a tap, which may need a second frame.
    std::optional<Action> tap(const Screen& screen, std::string_view what) {
        EXPECT_TRUE(ui_->tap(what)) << what << "\n" << ui_->tree().as_text();
        auto action = ui_->frame(screen);
        clock_.forward(Millis{200});
        if (!action) ui_->frame(screen);
        return action;
    }
    // Taps, and puts an edited text into the screen as the session would.
    std::optional<Action> type(Screen& screen, std::string_view what) {
        auto action = tap(screen, what);
        if (action) {
            if (const auto* edit = std::get_if<TextEdited>(&*action)) {
                for (auto& block : screen.blocks)
                    if (auto* field = std::get_if<ui::screens::Field>(&block))
                        if (field->id == edit->field) field->value = edit->text;
            }
        }
        return action;
    }

    base::ManualClock clock_{base::Instant{}};
    std::unique_ptr<Interface> ui_;
};

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

// A panel that is off says of a finger on `at` something else; the page's numbers mend it.
TEST_F(interface, a_page_that_knows_how_the_panel_is_off_gets_every_finger_where_it_is) {
    Screen screen = sample("home");
    ASSERT_FALSE(screen.name.empty());
    show(screen);
    const auto width = static_cast<float>(ui_->pixels()->width);
    const auto height = static_cast<float>(ui_->pixels()->height);
    // Mirrored, and five hundredths too low.
    const auto says = [&](ui::theme::Point finger) {
        return ui::theme::Point{width - finger.x, finger.y + 0.05F * height};
    };
    int tried = 0;
    const auto nodes = ui_->tree().nodes();
    for (const auto& node : nodes) {
        if (node.role != ui::widgets::Role::button || !node.enabled) continue;
        ++tried;
        const auto said = says({node.hit.centre_x(), node.hit.centre_y()});
        for (const bool mended : {false, true}) {
            screen.touch =
                mended ? domain::TouchMatrix{{-1, 0, 1, 0, 1, -0.05}} : domain::TouchMatrix{};
            ui_->frame(screen);
            clock_.forward(Millis{2000});
            ui_->press(said.x, said.y);
            ui_->release();
            const auto action = ui_->frame(screen);
            const bool hit = action && *action == Action{Pressed{node.id}};
            EXPECT_EQ(hit, mended) << node.id;
            clock_.forward(Millis{2000});
            ui_->frame(screen);
        }
    }
    EXPECT_GT(tried, 0);
}

TEST_F(interface, a_finger_that_numbers_put_beyond_the_edge_is_on_the_edge) {
    Screen screen = sample("home");
    screen.panel_test = ui::screens::PanelTest{};
    screen.panel_test->kind = ui::screens::PanelTest::Kind::cross;
    screen.panel_test->id = "panel_test";
    screen.touch.n = {1, 0, 0.1, 0, 1, 0.1};
    show(screen);
    ui_->press(1079, 1919);
    ui_->release();
    const auto action = ui_->frame(screen);
    ASSERT_TRUE(action && std::holds_alternative<ui::screens::SignatureDrawn>(*action));
    const auto& point =
        std::get<ui::screens::SignatureDrawn>(*action).strokes->lines.front().front();
    EXPECT_NEAR(point.x, 1, 0.002);
    EXPECT_NEAR(point.y, 1, 0.002);
}

TEST_F(interface, a_tap_on_a_tile_is_its_action) {
    const Screen home = sample("home");
    show(home);
    EXPECT_EQ(tap(home, "apply"), Action{Pressed{"apply"}});
    EXPECT_EQ(tap(home, "办事指南"), Action{Pressed{"guide"}});
}
TEST_F(interface, a_double_tap_does_not_press_what_the_next_page_shows_there) {
    show(sample("home"));
    const auto place = ui_->tree().find("apply")->hit;
    ui_->press(place.centre_x(), place.centre_y());
    ui_->release();
    EXPECT_TRUE(ui_->frame(sample("home")));
    ui_->press(place.centre_x(), place.centre_y());
    ui_->release();
    const Screen next = sample("rating");
    EXPECT_FALSE(ui_->frame(next));
    clock_.forward(Millis{100});
    ui_->press(place.centre_x(), place.centre_y());
    ui_->release();
    EXPECT_FALSE(ui_->frame(next));
}
TEST_F(interface, pinyin_typed_by_taps_becomes_the_whole_new_text) {
    Screen form = sample("form_address");
    show(form);
    for (const char* key : {"key.x", "key.i", "key.n", "key.w", "key.u"})
        EXPECT_FALSE(type(form, key)) << key;
    EXPECT_EQ(ui_->tree().find("door")->text, "三组大塘边\nxin'wu");
    const auto action = type(form, "新屋");
    ASSERT_TRUE(action);
    EXPECT_EQ(*std::get<TextEdited>(*action).text, "三组大塘边新屋");
    EXPECT_EQ(std::get<TextEdited>(*action).field, "door");
    const auto erased = type(form, "key.delete");
    ASSERT_TRUE(erased);
    EXPECT_EQ(*std::get<TextEdited>(*erased).text, "三组大塘边新");
}
TEST_F(interface, a_press_elsewhere_finishes_the_word_first) {
    Screen form = sample("form_address");
    show(form);
    for (const char* key : {"key.f", "key.u", "key.w", "key.u"}) type(form, key);
    EXPECT_TRUE(ui_->tap("next"));
    const auto edit = ui_->frame(form);
    ASSERT_TRUE(edit);
    EXPECT_EQ(*std::get<TextEdited>(*edit).text, "三组大塘边服务");
    EXPECT_TRUE(ui_->needs_another_frame());
    EXPECT_EQ(ui_->frame(form), Action{Pressed{"next"}});
}
TEST_F(interface, the_number_pad_types_digits_and_x_up_to_the_limit) {
    Screen form = sample("form_id_number");
    std::get<ui::screens::Field>(form.blocks[0]).max_code_points = 18;
    show(form);
    type(form, "key.1");
    const auto full = type(form, "key.X");
    ASSERT_TRUE(full);
    EXPECT_EQ(*std::get<TextEdited>(*full).text, "00000019400101001X");
    EXPECT_FALSE(type(form, "key.7"));
}
TEST_F(interface, a_hidden_keyboard_comes_back_with_a_tap_on_the_field) {
    Screen form = sample("form_address");
    show(form);
    tap(form, "key.hide");
    EXPECT_EQ(ui_->tree().find("key.q"), nullptr);
    EXPECT_EQ(tap(form, "door"), Action{Pressed{"door"}});
    EXPECT_TRUE(ui_->needs_another_frame());
    ui_->frame(form);
    EXPECT_NE(ui_->tree().find("key.q"), nullptr);
}
TEST_F(interface, a_stroke_on_the_pad_is_added_to_the_signature) {
    const Screen letter = sample("letter_sign");
    show(letter);
    const auto pad = ui_->tree().find("signature")->hit;
    ui_->press(pad.x + 100, pad.centre_y());
    ui_->move(pad.x + 200, pad.centre_y());
    ui_->frame(letter);
    ui_->move(pad.x + 300, pad.centre_y());
    ui_->release();
    const auto action = ui_->frame(letter);
    ASSERT_TRUE(action);
    const auto& drawn = std::get<ui::screens::SignatureDrawn>(*action);
    EXPECT_EQ(drawn.strokes->lines.size(), 12U);
    EXPECT_EQ(drawn.strokes->lines.back().size(), 3U);
    EXPECT_NEAR(drawn.strokes->width_mm, static_cast<double>(pad.w) / 4.034, 1);
    clock_.forward(Millis{500});
    ui_->frame(letter);
    const auto cleared = tap(letter, "重写");
    ASSERT_TRUE(cleared);
    EXPECT_TRUE(std::get<ui::screens::SignatureDrawn>(*cleared).strokes->empty());
}
TEST_F(interface, a_page_that_does_not_fit_is_shown_in_parts_with_its_buttons_on_the_last) {
    const Screen letter = sample("letter_conditions");
    show(letter);
    EXPECT_EQ(ui_->tree().find("next"), nullptr);
    EXPECT_FALSE(tap(letter, "part.on"));
    EXPECT_NE(ui_->tree().find("next"), nullptr);
    EXPECT_NE(ui_->tree().find("第14条"), nullptr);
}
TEST_F(interface, over_the_warning_any_touch_means_still_there) {
    const Screen idle = sample("receipt_idle");
    show(idle);
    ui_->press(30, 30);
    ui_->release();
    EXPECT_EQ(ui_->frame(idle), Action{Pressed{"stay"}});
    clock_.forward(Millis{1500});
    EXPECT_EQ(tap(idle, "leave"), Action{Pressed{"leave"}});
}
TEST_F(interface, the_same_page_gives_the_same_bytes) {
    const auto folder = std::filesystem::path(testing::TempDir());
    for (const Screen& screen : gallery::standard_screens()) {
        if (screen.name == "form_address") continue;
        ui_->end_session();
        ui_->frame(screen);
        const auto first = ui_->pixels();
        ASSERT_TRUE(ui_->screenshot(folder / "first.png"));
        ui_->end_session();
        ui_->frame(sample("home"));
        ui_->frame(screen);
        ASSERT_TRUE(ui_->screenshot(folder / "second.png"));
        EXPECT_EQ(*first, *ui_->pixels()) << screen.name;
        EXPECT_EQ(read(folder / "first.png"), read(folder / "second.png")) << screen.name;
    }
}
TEST_F(interface, after_the_end_of_a_session_nobody_is_in_the_tree) {
    show(sample("review"));
    EXPECT_NE(ui_->tree().find("三组大塘边"), nullptr);
    ui_->end_session();
    EXPECT_TRUE(ui_->tree().nodes().empty());
}
TEST_F(interface, an_idle_page_asks_for_no_frame) {
    const Screen home = sample("home");
    show(home);
    ui_->frame(home);
    EXPECT_FALSE(ui_->needs_another_frame());
}
TEST_F(interface, a_wake_ends_the_wait) {
    ui_->wake();
    const auto before = std::chrono::steady_clock::now();
    EXPECT_TRUE(ui_->wait(Millis{60'000}));
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(30));
}
TEST_F(interface, the_training_panel_sends_one_line_and_no_citizens_action) {
    ui::training_panel::TrainingPanel panel(
        "设备", {{"读卡器", {{"放上身份证", "card place wang"}, {"取走身份证", "card remove"}}},
                 {"打印机", {{"缺纸", "printer paper out"}}}});
    const Screen page = sample("training_question");
    const auto frame = [&] { return ui_->frame(page, {nullptr, &panel}); };
    frame();
    clock_.forward(Millis{500});
    EXPECT_TRUE(ui_->tap("training.handle"));
    EXPECT_FALSE(frame());
    clock_.forward(Millis{500});
    frame();
    EXPECT_TRUE(ui_->tap("放上身份证"));
    EXPECT_FALSE(frame());
    EXPECT_EQ(panel.take_command(), "card place wang");
    EXPECT_EQ(panel.take_command(), std::nullopt);
    clock_.forward(Millis{500});
    EXPECT_TRUE(ui_->tap("打印机"));
    EXPECT_FALSE(frame());
    EXPECT_EQ(panel.take_command(), std::nullopt) << "it opens the buttons of another device";
    clock_.forward(Millis{500});
    frame();
    EXPECT_EQ(ui_->tree().find("放上身份证"), nullptr);
    EXPECT_TRUE(ui_->tap("缺纸"));
    EXPECT_FALSE(frame());
    EXPECT_EQ(panel.take_command(), "printer paper out");
}

TEST_F(interface, personal_text_is_marked_in_the_tree) {
    show(sample("review"));
    EXPECT_EQ(ui_->tree().find("**兰")->sensitivity, ui::screens::Sensitivity::personal);
    EXPECT_EQ(ui_->tree().find("confirm")->sensitivity, ui::screens::Sensitivity::open);
}
