#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Strip;

namespace {

struct Layout {
    float words_x = 0, button_w = 0, words_w = 0, words_h = 0;
    bool icon = false, button_below = false;
};

float pad(const Context& c) {
    return c.theme.px(36);
}
float button_height(const Context& c) {
    return c.theme.px(96);
}

Layout layout_of(const Context& c, const Strip& strip, float width) {
    Layout l;
    if (strip.button) l.button_w = std::max(button_width(c, *strip.button), c.theme.px(240));
    // In large type upright the words need the whole width, and the button comes down to the hand.
    l.button_below = strip.button && c.theme.large_type && !c.landscape;
    l.icon = !strip.icon.empty();
    const auto place_words = [&] {
        l.words_x = l.icon ? c.theme.px(c.theme.large_type ? 196 : 150) : pad(c);
        l.words_w = width - l.words_x - pad(c) -
                    (strip.button && !l.button_below ? l.button_w + c.theme.px(24) : 0);
    };
    // A narrow column is for the words: the button goes below them, then the sign goes.
    const auto narrow = [&] { return l.words_w < 8 * c.theme.type.heading.em; };
    place_words();
    if (narrow() && strip.button) l.button_below = true;
    place_words();
    if (narrow()) l.icon = false;
    place_words();
    l.words_h = text_height(c, strip.title, c.theme.type.heading, l.words_w);
    if (!strip.note.empty()) l.words_h += text_height(c, strip.note, c.theme.type.small, l.words_w);
    return l;
}

// Of all that stands in the strip.
float content_height(const Context& c, const Layout& l) {
    return l.words_h + (l.button_below ? c.theme.size.gap_min + button_height(c) : 0);
}

}  // namespace

Heights measure(const Context& c, const Strip& strip, float width) {
    const float content = content_height(c, layout_of(c, strip, width));
    return {std::max(content + c.theme.px(24), c.theme.px(116)),
            std::max(content + c.theme.px(56), c.theme.px(c.theme.large_type ? 220 : 160))};
}

void draw(Context& c, const Strip& strip, Rect area) {
    const auto& p = c.theme.colour;
    const Layout l = layout_of(c, strip, area.w);
    ToneColours tone = tone_colours(p, strip.tone);
    if (c.theme.large_type) tone = {p.text, p.selected_ground, p.border};
    c.canvas.box(area, tone.ground, tone.border, c.theme.size.border + 1, c.theme.size.radius_card);
    if (l.icon)
        icon(c, strip.icon, {area.x + l.words_x / 2 + c.theme.px(4), area.centre_y()},
             c.theme.size.icon_large + c.theme.px(8), c.theme.large_type ? p.action : tone.text);
    const bool coloured = strip.tone == screens::Tone::warn || strip.tone == screens::Tone::danger;
    const Colour ink = coloured ? tone.text : p.text;
    const auto node = thing(c, Role::card, area);
    c.tree[node].sensitivity = strip.sensitivity;
    float y = std::round(area.centre_y() - content_height(c, l) / 2);
    y += write_in_top(c, node, {strip.title, c.theme.type.heading, ink},
                      {area.x + l.words_x, y, l.words_w, 0});
    y += write_in_top(c, node, {strip.note, c.theme.type.small, coloured ? ink : p.secondary},
                      {area.x + l.words_x, y, l.words_w, 0});
    if (!strip.button) return;
    if (l.button_below) {
        draw_button(c, *strip.button,
                    {area.x + l.words_x, y + c.theme.size.gap_min, std::max(l.button_w, l.words_w),
                     button_height(c)});
        return;
    }
    const float h = std::min(button_height(c), area.h - c.theme.px(24));
    draw_button(
        c, *strip.button,
        {area.right() - pad(c) - l.button_w, std::round(area.centre_y() - h / 2), l.button_w, h});
}

}  // namespace ui::widgets
