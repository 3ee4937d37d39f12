#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Strip;

namespace {

struct Layout {
    float words_x = 0, words_w = 0, button_w = 0, words_h = 0;
};

Layout layout_of(const Context& c, const Strip& strip, float width) {
    Layout l;
    l.words_x = strip.icon.empty() ? c.theme.px(36) : c.theme.px(c.theme.large_type ? 196 : 150);
    if (strip.button) l.button_w = std::max(button_width(c, *strip.button), c.theme.px(240));
    l.words_w =
        width - l.words_x - c.theme.px(36) - (strip.button ? l.button_w + c.theme.px(24) : 0);
    l.words_h = text_height(c, strip.title, c.theme.type.heading, l.words_w);
    if (!strip.note.empty()) l.words_h += text_height(c, strip.note, c.theme.type.small, l.words_w);
    return l;
}

}  // namespace

Heights measure(const Context& c, const Strip& strip, float width) {
    const float words = layout_of(c, strip, width).words_h;
    return {std::max(words + c.theme.px(24), c.theme.px(116)),
            std::max(words + c.theme.px(56), c.theme.px(c.theme.large_type ? 220 : 160))};
}

void draw(Context& c, const Strip& strip, Rect area) {
    const auto& p = c.theme.colour;
    const Layout l = layout_of(c, strip, area.w);
    ToneColours tone = tone_colours(p, strip.tone);
    if (c.theme.large_type) tone = {p.text, p.selected_ground, p.border};
    c.canvas.box(area, tone.ground, tone.border, c.theme.size.border + 1, c.theme.size.radius_card);
    if (!strip.icon.empty())
        icon(c, strip.icon, {area.x + l.words_x / 2 + c.theme.px(4), area.centre_y()},
             c.theme.size.icon_large + c.theme.px(8), c.theme.large_type ? p.action : tone.text);
    const bool coloured = strip.tone == screens::Tone::warn || strip.tone == screens::Tone::danger;
    const Colour ink = coloured ? tone.text : p.text;
    const auto node = thing(c, Role::card, area);
    c.tree[node].sensitivity = strip.sensitivity;
    float y = std::round(area.centre_y() - l.words_h / 2);
    y += write_in_top(c, node, {strip.title, c.theme.type.heading, ink},
                      {area.x + l.words_x, y, l.words_w, 0});
    write_in_top(c, node, {strip.note, c.theme.type.small, coloured ? ink : p.secondary},
                 {area.x + l.words_x, y, l.words_w, 0});
    if (strip.button) {
        const float h = std::min(c.theme.px(96), area.h - c.theme.px(24));
        draw_button(c, *strip.button,
                    {area.right() - c.theme.px(36) - l.button_w,
                     std::round(area.centre_y() - h / 2), l.button_w, h});
    }
}

}  // namespace ui::widgets
