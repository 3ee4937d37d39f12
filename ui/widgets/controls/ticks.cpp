#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Tick;
using screens::Ticks;

namespace {

float words_left(const Context& c) {
    return c.theme.px(c.theme.large_type ? 108 : 92);
}
float words_width(const Context& c, float width) {
    return width - words_left(c) - c.theme.size.card_padding;
}

Heights row_heights(const Context& c, const Tick& tick, float width) {
    const float words = text_height(c, tick.text, c.theme.type.row, words_width(c, width));
    return {std::max(c.theme.size.list_row, words + c.theme.px(16)),
            std::max(c.theme.size.list_row + c.theme.px(4), words + c.theme.px(36))};
}

float title_height(const Context& c, const Ticks& ticks, float width) {
    return ticks.title.empty()
               ? c.theme.px(16)
               : c.theme.px(24) + text_height(c, ticks.title, c.theme.type.label,
                                              width - 2 * c.theme.size.card_padding);
}

float footnote_height(const Context& c, const Ticks& ticks, float width) {
    if (ticks.footnote.empty()) return c.theme.px(16);
    return c.theme.px(28) + text_height(c, ticks.footnote, c.theme.type.small,
                                        width - 2 * c.theme.size.card_padding);
}

void draw_box(Context& c, Point centre, bool ticked, bool pressed) {
    const auto& p = c.theme.colour;
    const float side = c.theme.px(c.theme.large_type ? 48 : 40);
    const Rect square{std::round(centre.x - side / 2), std::round(centre.y - side / 2), side, side};
    if (!ticked) {
        c.canvas.box(square, pressed ? p.tint_pressed : p.surface, p.border, c.theme.px(3),
                     c.theme.size.radius_field);
        return;
    }
    c.canvas.fill(square, pressed ? p.action_pressed : p.action, c.theme.size.radius_field);
    const Point points[] = {{square.x + side * 0.24F, square.y + side * 0.52F},
                            {square.x + side * 0.43F, square.y + side * 0.70F},
                            {square.x + side * 0.77F, square.y + side * 0.32F}};
    c.canvas.stroke(points, p.on_action, c.theme.px(5));
}

}  // namespace

Heights measure(const Context& c, const Ticks& ticks, float width) {
    Heights all = Heights::fixed(title_height(c, ticks, width) + footnote_height(c, ticks, width));
    for (const Tick& tick : ticks.ticks) {
        const Heights row = row_heights(c, tick, width);
        all.min += row.min + c.theme.size.gap_min;
        all.preferred += row.preferred + c.theme.size.gap_min;
    }
    return all;
}

void draw(Context& c, const Ticks& ticks, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const float pad = c.theme.size.card_padding;
    const float title = title_height(c, ticks, area.w);
    write(c, {ticks.title, c.theme.type.label, p.text},
          {area.x + pad, area.y + c.theme.px(20), area.w - 2 * pad, title}, Role::heading);
    const float foot = footnote_height(c, ticks, area.w);

    const Heights all = measure(c, ticks, area.w);
    const float spread = all.preferred > all.min
                             ? std::clamp((area.h - all.min) / (all.preferred - all.min), 0.F, 1.F)
                             : 1;
    float y = area.y + title + c.theme.size.gap_min / 2;
    for (const Tick& tick : ticks.ticks) {
        const Heights row = row_heights(c, tick, area.w);
        const float h = std::floor(row.min + (row.preferred - row.min) * spread);
        const Rect rect{area.x + c.theme.px(16), std::round(y), area.w - c.theme.px(32), h};
        const auto node = control(c, tick.id, Role::tick, rect);
        c.tree[node].selected = tick.ticked;
        const bool pressed = c.pressed(tick.id);
        if (pressed) c.canvas.fill(rect, p.tint, c.theme.size.radius_button);
        draw_box(c, {area.x + words_left(c) / 2 + c.theme.px(6), rect.centre_y()}, tick.ticked,
                 pressed);
        write_in(c, node, {tick.text, c.theme.type.row, p.text},
                 {area.x + words_left(c), rect.y, words_width(c, area.w), h});
        y += h + c.theme.size.gap_min;
    }
    write(c, {ticks.footnote, c.theme.type.small, p.secondary},
          {area.x + pad, area.bottom() - foot + c.theme.px(8), area.w - 2 * pad, foot});
}

}  // namespace ui::widgets
