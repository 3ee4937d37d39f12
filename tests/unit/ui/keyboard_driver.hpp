// Types on the keyboard of a real Interface by the names of its keys, and puts edited texts back
// into the screen as the session would.
#pragma once

#include "tests/screens/gallery.hpp"
#include "ui/shell/interface.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace keyboard_driver {

using ui::screens::Field;
using ui::screens::Screen;
using ui::screens::TextEdited;

struct Panel {
    int width = 1080, height = 1920;
};

enum class Theme { standard, elder };

inline Screen form(Theme theme = Theme::standard) {
    for (Screen& screen :
         theme == Theme::elder ? gallery::elder_screens() : gallery::standard_screens())
        if (screen.name == "form_address") return screen;
    return {};
}

inline Field& field_of(Screen& screen) {
    for (auto& block : screen.blocks)
        if (auto* field = std::get_if<Field>(&block); field && field->focused) return *field;
    throw std::logic_error("no field in use");
}

class Driver {
  public:
    explicit Driver(Screen screen, Panel panel = {}, ui::shell::Interface::Options options = {})
        : screen_(std::move(screen)) {
        options.width = panel.width;
        options.height = panel.height;
        options.icon_font = ICON_FONT;
        auto made = ui::shell::Interface::create(options, clock_);
        EXPECT_TRUE(made) << (made ? "" : made.error().safe_detail);
        if (made) ui_ = std::move(*made);
        ui_->finish_preparing_input();
        settle();
    }

    ui::shell::Interface& ui() { return *ui_; }
    Screen& screen() { return screen_; }
    std::string text() { return field_of(screen_).value ? *field_of(screen_).value : ""; }
    const ui::widgets::Node* node(std::string_view id) { return ui_->tree().find(id); }

    void frame() {
        if (const auto action = ui_->frame(screen_))
            if (const auto* edit = std::get_if<TextEdited>(&*action))
                field_of(screen_).value = edit->text;
    }
    void settle() {
        for (int i = 0; i < 6; ++i) {
            frame();
            clock_.forward(base::Millis{300});
        }
    }
    void tap(std::string_view id) {
        ASSERT_TRUE(ui_->tap(id)) << id << "\n" << ui_->tree().as_text();
        settle();
    }
    // The finger rests on it, as frames go by.
    void hold(std::string_view id, base::Millis how_long) {
        const auto* key = node(id);
        ASSERT_NE(key, nullptr) << id;
        ui_->press(key->hit.centre_x(), key->hit.centre_y());
        for (base::Millis held{0}; held < how_long; held += base::Millis{50}) {
            frame();
            clock_.forward(base::Millis{50});
        }
        ui_->release();
        settle();
    }
    void keys(std::string_view each) {
        for (const char key : each) tap(std::string("key.") + key);
    }
    // Each stroke as points in hundredths of the pad.
    void stroke(const std::vector<ui::theme::Point>& points) {
        const auto* pad = node("writing_pad");
        ASSERT_NE(pad, nullptr);
        const auto rect = pad->rect;
        bool first = true;
        for (const auto& p : points) {
            const float x = rect.x + p.x / 100 * rect.w, y = rect.y + p.y / 100 * rect.h;
            first ? ui_->press(x, y) : ui_->move(x, y);
            first = false;
        }
        ui_->release();
        settle();
    }
    void write_three() {
        stroke({{30, 25}, {50, 25}, {70, 25}});
        stroke({{35, 50}, {50, 50}, {65, 50}});
        stroke({{25, 78}, {50, 78}, {75, 78}});
    }
    std::vector<std::string> candidates() {
        std::vector<std::string> all;
        for (const auto& n : ui_->tree().nodes())
            if (n.role == ui::widgets::Role::candidate && n.id != "candidate.next" &&
                n.id != "candidate.back")
                all.push_back(n.text);
        return all;
    }

  private:
    base::ManualClock clock_{base::Instant{}};
    Screen screen_;
    std::unique_ptr<ui::shell::Interface> ui_;
};

}  // namespace keyboard_driver
