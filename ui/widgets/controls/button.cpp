#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>
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

std::vector<float> widths_of(const Context& c, const screens::ButtonRow& row, float width) {
    const auto primaries = std::count_if(row.buttons.begin(), row.buttons.end(), [](const auto& b) {
        return b.look == ButtonLook::primary;
    });
    const bool mixed = primaries == 1 && row.buttons.size() > 1;
    const float gaps =
        c.theme.size.gap * static_cast<float>(std::max<std::size_t>(row.buttons.size(), 1) - 1);
    std::vector<float> widths;
    float sum = 0;
    for (const Button& button : row.buttons) {
        widths.push_back(weight_of(c, button, mixed));
        sum += widths.back();
    }
    for (float& w : widths) w = std::round((width - gaps) * w / sum);
    return widths;
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
    // Words that need two lines need a taller row.
    float tallest = c.theme.size.primary;
    const std::vector<float> widths = widths_of(c, row, width);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const Button& button = row.buttons[i];
        const float sign = button.icon.empty() ? 0 : c.theme.type.label.em + c.theme.px(16);
        const float words =
            text_height(c, button.text, c.theme.type.label, widths[i] - c.theme.px(40) - sign);
        tallest = std::max(tallest, words + c.theme.px(24));
    }
    return {std::max(c.theme.px(96), tallest - c.theme.px(16)), tallest};
}

void draw(Context& c, const screens::ButtonRow& row, Rect area) {
    const std::vector<float> widths = widths_of(c, row, area.w);
    float x = area.x;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (!row.buttons[i].id.empty())
            draw_button(c, row.buttons[i], {x, area.y, widths[i], area.h});
        x += widths[i] + c.theme.size.gap;
    }
}

}  // namespace ui::widgets
