// The page nobody stands before: few words on a dark ground, at another place every minute. A touch
// anywhere brings the page below back and does nothing else.
#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

namespace {
constexpr Colour night = theme::rgb(0x0B1B33);
constexpr Colour words = theme::rgb(0xE8EDF4);
constexpr Colour quiet_words = theme::rgb(0xA9B6C6);
}  // namespace

void draw_attract(Context& c, const screens::Attract& attract, int place, int places) {
    c.canvas.fill(c.panel, night);
    Node ground;
    ground.id = "attract";
    ground.role = Role::dialog;
    ground.rect = ground.hit = c.panel;
    const auto node = c.tree.add(std::move(ground));
    const float w = std::min(c.panel.w - 2 * c.theme.size.margin, c.theme.px(1200));
    const float x = c.panel.x + std::round((c.panel.w - w) / 2);
    const auto height = [&](const std::string& text, const Type& type) {
        return text.empty() ? 0 : text_height(c, text, type, w);
    };
    const float gap = c.theme.px(32);
    const float all = height(attract.title, c.theme.type.display) +
                      height(attract.line, c.theme.type.heading) +
                      height(attract.note, c.theme.type.body) + 2 * gap;
    const float room = c.panel.h - all - 2 * c.theme.px(120);
    float y = c.panel.y + c.theme.px(120) +
              std::round(std::max(0.F, room) * static_cast<float>(place) /
                         static_cast<float>(std::max(1, places - 1)));
    const auto put = [&](const std::string& text, const Type& type, Colour colour) {
        y += write_in_top(c, node, {text, type, colour, Align::centre}, {x, y, w, 0}) + gap;
    };
    put(attract.title, c.theme.type.display, words);
    put(attract.line, c.theme.type.heading, words);
    put(attract.note, c.theme.type.body, quiet_words);
}

}  // namespace ui::widgets
