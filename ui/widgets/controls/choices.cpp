#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Choice;
using screens::Choices;
using screens::ChoiceStyle;

namespace {

bool side_by_side(const Choices& choices) {
    return choices.style == ChoiceStyle::pair;
}
// Rows with a sign of their own and room around their words.
bool faces(const Choices& choices) {
    return choices.style == ChoiceStyle::rows && !choices.radio;
}

float mark_room(const Context& c, const Choices& choices, const Choice& choice) {
    if (choices.radio) return c.theme.px(c.theme.large_type ? 76 : 64);
    if (choice.icon.empty()) return 0;
    return choices.style == ChoiceStyle::rows ? c.theme.px(132) : c.theme.px(80);
}

float padding(const Context& c, const Choices& choices) {
    return c.theme.px(faces(choices) ? 32 : choices.style == ChoiceStyle::found ? 24 : 28);
}

float content_height(const Context& c, const Choices& choices, const Choice& choice, float width) {
    const float words = width - 2 * padding(c, choices) - mark_room(c, choices, choice);
    float h = text_height(c, choice.title, c.theme.type.label, words);
    if (!choice.note.empty()) h += text_height(c, choice.note, c.theme.type.small, words);
    return h;
}

float column_width(const Context& c, const Choices& choices, float width) {
    if (!side_by_side(choices)) return width;
    const auto count = static_cast<float>(std::max<std::size_t>(1, choices.choices.size()));
    return std::floor((width - c.theme.size.gap * (count - 1)) / count);
}

Heights row_heights(const Context& c, const Choices& choices, float width) {
    const float each = column_width(c, choices, width);
    float tallest = 0;
    for (const Choice& choice : choices.choices)
        tallest = std::max(tallest, content_height(c, choices, choice, each));
    const float least = std::max(c.theme.size.list_row, tallest + c.theme.px(20));
    if (choices.style == ChoiceStyle::found) return Heights::fixed(least);
    const float floor = c.theme.px(c.theme.large_type ? 128 : (faces(choices) ? 148 : 116));
    return {least, std::max(floor, tallest + c.theme.px(48))};
}

void draw_one(Context& c, const Choices& choices, const Choice& choice, Rect rect) {
    const auto& p = c.theme.colour;
    const auto node = control(c, choice.id, Role::choice, rect);
    c.tree[node].selected = choice.selected;
    // Who does not see the list hears the best of it as they type.
    c.tree[node].news = choices.style == ChoiceStyle::found && &choice == &choices.choices.front();
    const Colour ground = c.pressed(choice.id) ? p.tint_pressed
                          : choice.selected    ? p.selected_ground
                                               : p.surface;
    const bool quiet = !side_by_side(choices) && !choices.radio && !choice.selected;
    const Colour edge = choice.selected ? p.action : (quiet ? p.border_quiet : p.border);
    const float width = choice.selected                ? c.theme.size.border_strong + 1
                        : quiet && !c.theme.large_type ? c.theme.px(1)
                                                       : c.theme.size.border;
    c.canvas.box(rect, ground, edge, width, c.theme.size.radius_card);

    const float pad = padding(c, choices), mark = mark_room(c, choices, choice);
    if (choices.radio) {
        const float r = c.theme.px(c.theme.large_type ? 22 : 18);
        const Point centre{std::round(rect.x + pad + r), std::round(rect.centre_y())};
        c.canvas.ring(centre, {r - 1.5F, r - 1.5F}, choice.selected ? p.action : p.border,
                      c.theme.px(3));
        if (choice.selected) c.canvas.disc(centre, r * 0.55F, p.action);
    } else if (!choice.icon.empty()) {
        icon(c, choice.icon, {rect.x + pad + mark * 0.4F, rect.centre_y()},
             std::min(c.theme.size.icon_large, rect.h - c.theme.px(24)), p.action);
    }
    const bool centred = mark == 0 && side_by_side(choices);
    const Rect words{rect.x + pad + mark, rect.y, rect.w - 2 * pad - mark, rect.h};
    const float title_h = text_height(c, choice.title, c.theme.type.label, words.w);
    const float y = std::round(
        rect.centre_y() -
        (title_h +
         (choice.note.empty() ? 0 : text_height(c, choice.note, c.theme.type.small, words.w))) /
            2);
    const Align align = centred ? Align::centre : Align::left;
    write_in_top(c, node, {choice.title, c.theme.type.label, p.text, align},
                 {words.x, y, words.w, title_h});
    write_in_top(c, node, {choice.note, c.theme.type.small, p.secondary, align},
                 {words.x, y + title_h, words.w, rect.bottom() - y - title_h});
}

}  // namespace

Heights measure(const Context& c, const Choices& choices, float width) {
    const Heights row = row_heights(c, choices, width);
    if (side_by_side(choices)) return row;
    const auto count = static_cast<float>(choices.choices.size());
    return {count * row.min + (count - 1) * c.theme.size.gap_min,
            count * row.preferred + (count - 1) * c.theme.size.target_gap};
}

void draw(Context& c, const Choices& choices, Rect area) {
    const auto count = static_cast<float>(choices.choices.size());
    if (side_by_side(choices)) {
        const float w = column_width(c, choices, area.w);
        float x = area.x;
        for (const Choice& choice : choices.choices) {
            draw_one(c, choices, choice, {x, area.y, w, area.h});
            x += w + c.theme.size.gap;
        }
        return;
    }
    const bool roomy = area.h >= measure(c, choices, area.w).preferred - 1;
    const float gap = roomy ? c.theme.size.target_gap : c.theme.size.gap_min;
    const float h = (area.h - gap * (count - 1)) / std::max(1.0F, count);
    float y = area.y;
    for (const Choice& choice : choices.choices) {
        draw_one(c, choices, choice, {area.x, std::round(y), area.w, std::floor(h)});
        y += h + gap;
    }
}

}  // namespace ui::widgets
