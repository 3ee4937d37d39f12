#include "ui/widgets/blocks.hpp"

#include <cmath>

namespace ui::widgets {

namespace {
float inner_width(const Context& c, float width) {
    return width - c.theme.px(88);
}
}  // namespace

Heights measure(const Context& c, const screens::Hero& hero, float width) {
    const float w = inner_width(c, width);
    float h = text_height(c, hero.title, c.theme.type.title, w) + c.theme.px(6) +
              text_height(c, hero.line, c.theme.type.row, w);
    if (!hero.note.empty()) h += c.theme.px(18) + text_height(c, hero.note, c.theme.type.small, w);
    return {h + c.theme.px(40), h + c.theme.px(84)};
}

void draw(Context& c, const screens::Hero& hero, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.gradient(area, p.gradient_from, p.gradient_to, c.theme.size.radius_card);
    const Heights own = measure(c, hero, area.w);
    const float x = area.x + c.theme.px(44), w = inner_width(c, area.w);
    float y = std::round(area.y + (area.h - (own.min - c.theme.px(40))) / 2);
    y += write(c, {hero.title, c.theme.type.title, p.on_action}, {x, y, w, 0}, Role::heading);
    y += c.theme.px(6);
    y += write(c, {hero.line, c.theme.type.row, p.on_action}, {x, y, w, 0});
    if (!hero.note.empty())
        write(c, {hero.note, c.theme.type.small, p.on_action}, {x, y + c.theme.px(18), w, 0});
}

}  // namespace ui::widgets
