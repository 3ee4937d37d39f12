// Whatever is touched shows it at once (UX-013): in the first frame after the finger came down,
// which is the next one the loop draws. Time stands still here, so nothing can come later.
#include "tests/screens/gallery.hpp"
#include "ui/shell/interface.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using base::Millis;
using ui::screens::Screen;
using ui::shell::Interface;
using ui::widgets::Node;
using ui::widgets::Role;

namespace {

class pressed_look : public testing::Test {
  protected:
    pressed_look() {
        Interface::Options options;
        options.icon_font = ICON_FONT;
        auto made = Interface::create(options, clock_);
        EXPECT_TRUE(made) << (made ? "" : made.error().safe_detail);
        if (made) ui_ = std::move(*made);
        ui_->finish_preparing_input();
    }
    void settle(const Screen& screen) {
        for (int i = 0; i < 3; ++i) {
            ui_->frame(screen);
            clock_.forward(Millis{500});
        }
    }
    domain::Picture pixels() { return ui_->pixels().value_or(domain::Picture{}); }
    static bool differ(const domain::Picture& a, const domain::Picture& b, const Node& node) {
        if (a.rgb.size() != b.rgb.size()) return true;
        const auto bytes = a.rgb.size() / static_cast<std::size_t>(a.width * a.height);
        for (int y = int(node.rect.y); y < int(node.rect.bottom()); ++y) {
            const auto from = static_cast<std::ptrdiff_t>(
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) +
                 static_cast<std::size_t>(node.rect.x)) *
                bytes);
            const auto row =
                static_cast<std::ptrdiff_t>(static_cast<std::size_t>(node.rect.w) * bytes);
            if (!std::equal(a.rgb.begin() + from, a.rgb.begin() + from + row, b.rgb.begin() + from))
                return true;
        }
        return false;
    }
    void every_control_of(const Screen& screen) {
        settle(screen);
        const domain::Picture before = pixels();
        ASSERT_FALSE(before.empty());
        const std::vector<Node> nodes = ui_->tree().nodes();
        for (const Node& node : nodes) {
            // A pad answers with ink.
            if (!node.interactive() || node.role == Role::signature_pad ||
                node.role == Role::writing_pad || node.role == Role::scroller)
                continue;
            ui_->press(node.hit.centre_x(), node.hit.centre_y());
            ui_->frame(screen);
            EXPECT_TRUE(differ(before, pixels(), node))
                << screen.name << " " << node.id << (node.enabled ? "" : " (does nothing here)");
            ui_->touch({ui::widgets::TouchKind::cancel, 0, {}, clock_.steady()});
            settle(screen);
        }
    }

    base::ManualClock clock_{base::Instant{}};
    std::unique_ptr<Interface> ui_;
};

}  // namespace

TEST_F(pressed_look, is_drawn_in_the_first_frame_for_every_control_in_every_look) {
    for (const char* name : {"home", "form_address", "form_account", "comfort"})
        for (Screen& screen : gallery::standard_screens()) {
            if (screen.name != name) continue;
            every_control_of(screen);
            screen.comfort.contrast = domain::Contrast::high;
            every_control_of(screen);
        }
    for (Screen& screen : gallery::elder_screens())
        if (screen.name == "form_address" || screen.name == "home") every_control_of(screen);
}
TEST_F(pressed_look, of_a_button_that_does_nothing_here_says_so_while_it_is_pressed) {
    for (const Screen& screen : gallery::standard_screens()) {
        if (screen.name != "home") continue;
        settle(screen);
        const auto& nodes = ui_->tree().nodes();
        const auto asleep = std::find_if(nodes.begin(), nodes.end(),
                                         [](const Node& node) { return !node.enabled; });
        ASSERT_NE(asleep, nodes.end());
        ui_->press(asleep->hit.centre_x(), asleep->hit.centre_y());
        ui_->frame(screen);
        ASSERT_NE(ui_->tree().find("not_needed_here"), nullptr);
        ui_->release();
        EXPECT_FALSE(ui_->frame(screen));
        EXPECT_EQ(ui_->tree().find("not_needed_here"), nullptr);
    }
}
