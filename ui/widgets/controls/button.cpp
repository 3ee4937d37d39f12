#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

namespace ui::widgets {

using screens::Button;
using screens::ButtonLook;

namespace {

struct Look {
    Colour ground, border, text;
    float border_width;
};

Look look_of(const Context& c, const Button& button, bool pressed) {
    const auto& p = c.theme.colour;
    const float border = c.theme.size.border;
    switch (button.look) {
        case ButtonLook::primary: {
            const Colour ground = pressed ? p.action_pressed : p.action;
            return {ground, ground, p.on_action, border};
        }
        case ButtonLook::danger:
            return {pressed ? theme::mixed(p.danger_ground, p.danger, 0.2F) : p.danger_ground,
                    p.danger, p.danger, border};
        case ButtonLook::quiet:
            return {pressed ? p.tint_pressed : p.page, pressed ? p.tint_pressed : p.page, p.action,
                    0};
        case ButtonLook::secondary:
        case ButtonLook::equal:
            break;
    }
    return {pressed ? p.tint_pressed : p.surface, p.action, p.action, border};
}

// What a button asks of its row: a primary is drawn wider than one secondary.
float weight_of(const Context& c, const Button& button, bool mixed) {
    const float words = button_width(c, button);
    if (!mixed) return 1;
    return button.look == ButtonLook::primary ? std::max(words, c.theme.px(480)) : words;
}

using Buttons = std::span<const Button>;

float gaps(const Context& c, Buttons buttons) {
    return c.theme.size.gap * static_cast<float>(std::max<std::size_t>(buttons.size(), 1) - 1);
}

bool is_primary(const Button& button) {
    return button.look == ButtonLook::primary;
}

std::vector<float> widths_of(const Context& c, Buttons buttons, float width) {
    const bool mixed = buttons.size() > 1 && std::ranges::count_if(buttons, is_primary) == 1;
    std::vector<float> widths, words;
    float sum = 0;
    for (const Button& button : buttons) {
        widths.push_back(weight_of(c, button, mixed));
        words.push_back(button_width(c, button));
        sum += widths.back();
    }
    const float room = width - gaps(c, buttons);
    bool fits = true;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        widths[i] = std::round(room * widths[i] / sum);
        fits = fits && widths[i] >= words[i];
    }
    // Where a share is less than its words need and the row has room for all, each has its own.
    const float rest = room - std::accumulate(words.begin(), words.end(), 0.F);
    if (fits || rest < 0 || !mixed) return widths;
    for (float& w : words) w = std::floor(w + rest / static_cast<float>(words.size()));
    return words;
}

// Where they do not fit side by side, the one that goes on, the last, has a line of its own.
std::vector<Buttons> lines_of(const Context& c, const screens::ButtonRow& row, float width) {
    const Buttons all = row.buttons;
    float words = gaps(c, all);
    for (const Button& button : all) words += button_width(c, button);
    if (all.size() < 2 || !is_primary(all.back()) || words <= width) return {all};
    return {all.first(all.size() - 1), all.last(1)};
}

// Words that need two lines need a taller row.
float height_of(const Context& c, Buttons buttons, float width) {
    float tallest = c.theme.size.primary;
    const std::vector<float> widths = widths_of(c, buttons, width);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const float sign = buttons[i].icon.empty() ? 0 : c.theme.type.label.em + c.theme.px(16);
        const float words =
            text_height(c, buttons[i].text, c.theme.type.label, widths[i] - c.theme.px(40) - sign);
        tallest = std::max(tallest, words + c.theme.px(24));
    }
    return tallest;
}

}  // namespace

float button_width(const Context& c, const Button& button) {
    float width = text_width(c, button.text, c.theme.type.label) + c.theme.px(64);
    if (!button.icon.empty()) width += c.theme.type.label.em + c.theme.px(16);
    return width;
}

void draw_button(Context& c, const Button& button, Rect rect) {
    const bool primary = button.look == ButtonLook::primary;
    const auto node = control(c, button.id, primary ? Role::primary_button : Role::button, rect);
    const bool pressed = c.pressed(button.id);
    const Look look = look_of(c, button, pressed);
    if (look.border_width > 0) {
        c.canvas.box(rect, look.ground, look.border, look.border_width, c.theme.size.radius_button);
    } else if (pressed) {
        c.canvas.fill(rect, look.ground, c.theme.size.radius_button);
    }
    const Type& type = c.theme.type.label;
    const float sink = pressed ? c.theme.px(2) : 0;
    Rect inner = rect.inset(c.theme.px(20), 0).moved(0, sink);
    if (button.icon.empty())
        return write_in(c, node, {button.text, type, look.text, Align::centre}, inner);

    const float size = type.em, gap = c.theme.px(16);
    const float words = std::min(text_width(c, button.text, type), inner.w - size - gap);
    const float left = std::round(rect.centre_x() - (size + gap + words) / 2);
    icon(c, button.icon, {left + size / 2, rect.centre_y() + sink}, size, look.text);
    write_in(c, node, {button.text, type, look.text},
             {left + size + gap, inner.y, words + 1, inner.h});
}

float text_action_width(const Context& c, const Button& button) {
    const Type& type = c.theme.type.body_bold;
    const float sign = button.icon.empty() ? 0 : type.em + c.theme.px(12);
    return text_width(c, button.text, type) + sign + c.theme.px(48);
}

void draw_text_action(Context& c, const Button& button, Rect rect) {
    const auto node = control(c, button.id, Role::link, rect);
    if (c.pressed(button.id))
        c.canvas.fill(rect.inset(c.theme.px(4)), c.theme.colour.tint_pressed,
                      c.theme.size.radius_field);
    const Type& type = c.theme.type.body_bold;
    if (button.icon.empty()) {
        write_in(c, node, {button.text, type, c.theme.colour.action, Align::centre}, rect);
        return;
    }
    const float gap = c.theme.px(12);
    const float words = text_width(c, button.text, type);
    const float left = std::round(rect.centre_x() - (type.em + gap + words) / 2);
    icon(c, button.icon, {left + type.em / 2, rect.centre_y()}, type.em, c.theme.colour.action);
    write_in(c, node, {button.text, type, c.theme.colour.action},
             {left + type.em + gap, rect.y, words + 1, rect.h});
}

Heights measure(const Context& c, const screens::ButtonRow& row, float width) {
    const bool equal = std::any_of(row.buttons.begin(), row.buttons.end(),
                                   [](const Button& b) { return b.look == ButtonLook::equal; });
    if (equal) return {c.theme.px(120), c.theme.size.equal_button};
    Heights all;
    for (const Buttons line : lines_of(c, row, width)) {
        const float between = all.min > 0 ? c.theme.size.gap_min : 0;
        const float height = height_of(c, line, width);
        all.min += between + std::max(c.theme.px(96), height - c.theme.px(16));
        all.preferred += between + height;
    }
    return all;
}

void draw(Context& c, const screens::ButtonRow& row, Rect area) {
    const auto lines = lines_of(c, row, area.w);
    float natural = 0;
    for (const Buttons line : lines) natural += height_of(c, line, area.w);
    const float given = area.h - c.theme.size.gap_min * static_cast<float>(lines.size() - 1);
    float y = area.y;
    for (const Buttons line : lines) {
        const float h = std::floor(given * height_of(c, line, area.w) / natural);
        const std::vector<float> widths = widths_of(c, line, area.w);
        float x = area.x;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (!line[i].id.empty()) draw_button(c, line[i], {x, y, widths[i], h});
            x += widths[i] + c.theme.size.gap;
        }
        y += h + c.theme.size.gap_min;
    }
}

}  // namespace ui::widgets
