#include "base/messages.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ui::widgets {

namespace {

// Above the finger, or beside a column, while it rests on a button that does nothing here (UX-013).
void explain(Context& c, Rect button, Rect bar) {
    const auto& p = c.theme.colour;
    const auto words = base::text(base::MessageId::not_needed_here, c.locale);
    const Type& type = c.theme.type.body;
    const float w = std::min(c.theme.side_bar ? c.panel.w - bar.w : bar.w,
                             text_width(c, words, type) + c.theme.px(56));
    const float h = type.line_height + c.theme.px(28);
    const float apart = c.theme.px(28);
    const float x = std::clamp(button.centre_x() - w / 2, bar.x, bar.right() - w);
    const float beside =
        bar.x > c.panel.x + c.theme.px(100) ? bar.x - w - apart : bar.right() + apart;
    const Rect rect = c.theme.side_bar
                          ? Rect{std::round(beside), std::round(button.centre_y() - h / 2), w, h}
                          : Rect{std::round(x), button.y - h - apart, w, h};
    c.canvas.box(rect, p.surface, p.action, c.theme.size.border, c.theme.size.radius_button);
    const auto node = thing(c, Role::status, rect, "not_needed_here");
    write_in(c, node, {words, type, p.text, Align::centre}, rect);
}

struct UtilityInk {
    Colour sign, words;
};

UtilityInk draw_ground(Context& c, const screens::UtilityButton& button, Rect rect) {
    const auto& p = c.theme.colour;
    const bool pressed = c.pressed(button.id);
    if (button.boxed || c.theme.large_type) {
        c.canvas.box(rect, pressed ? p.tint_pressed : p.surface,
                     button.enabled ? p.border : c.theme.colour.separator, c.theme.size.border,
                     c.theme.size.radius_button);
    } else if (button.danger && button.enabled) {
        c.canvas.fill(rect,
                      pressed ? theme::mixed(p.danger_ground, p.danger, 0.15F) : p.danger_ground,
                      c.theme.size.radius_button);
    } else if (pressed) {
        c.canvas.fill(rect, p.tint_pressed, c.theme.size.radius_button);
    }
    // A button that does nothing here keeps its place and its words readable.
    if (!button.enabled)
        return {theme::mixed(p.surface, p.disabled, 0.45F),
                theme::mixed(p.surface, p.disabled, 0.92F)};
    if (button.danger) return {p.danger, p.danger};
    return {p.action, p.text};
}

float widest_word(const Context& c, std::string_view text, const Type& type) {
    float widest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        widest = std::max(widest, text_width(c, text.substr(at, end - at), type));
        at = end + 1;
    }
    return widest;
}

}  // namespace

void draw_utility_bar(Context& c, const std::vector<screens::UtilityButton>& buttons, Rect area) {
    c.canvas.fill(area, c.theme.colour.surface);
    c.canvas.fill({area.x, area.y, area.w, c.theme.px(2)}, c.theme.colour.separator);
    if (buttons.empty()) return;
    const float gap = c.theme.size.target_gap;
    const Rect inner = area.inset(c.theme.size.margin, c.theme.px(16));
    const auto count = static_cast<float>(buttons.size());
    const float w = std::floor((inner.w - gap * (count - 1)) / count);
    const Type& type = c.theme.type.small;
    float x = inner.x;
    std::optional<Rect> asked;  // one that does nothing here is pressed
    for (const auto& button : buttons) {
        const Rect rect{x, inner.y, w, inner.h};
        x += w + gap;
        const auto node = control(c, button.id, Role::utility_button, rect, button.enabled);
        const UtilityInk ink = draw_ground(c, button, rect);
        if (c.pressed(button.id) && !button.enabled) asked = rect;
        const float words = text_height(c, button.text, type, w - c.theme.px(8));
        const float size =
            std::min(c.theme.px(c.theme.large_type ? 52 : 40), rect.h - words - c.theme.px(8));
        const float y = std::round(rect.centre_y() - (size + words) / 2);
        icon(c, button.icon, {rect.centre_x(), y + size / 2}, size, ink.sign);
        write_in_top(c, node, {button.text, type, ink.words, Align::centre},
                     {rect.x + c.theme.px(4), y + size, w - c.theme.px(8), words});
    }
    if (asked) explain(c, *asked, inner);
}

void draw_utility_column(Context& c, const std::vector<screens::UtilityButton>& buttons,
                         Rect area) {
    c.canvas.fill(area, c.theme.colour.surface);
    const bool left = area.x <= c.panel.x;
    c.canvas.fill({left ? area.right() - c.theme.px(2) : area.x, area.y, c.theme.px(2), area.h},
                  c.theme.colour.separator);
    if (buttons.empty()) return;
    const float gap = c.theme.size.target_gap;
    const Rect inner = area.inset(c.theme.px(14), c.theme.px(14));
    const auto count = static_cast<float>(buttons.size());
    const float h = std::min(c.theme.px(132), std::floor((inner.h - gap * (count - 1)) / count));
    // What room there is stands between the buttons: 返回 above, 结束 below, as far apart as it
    // goes.
    const float step = count > 1 ? (inner.h - h) / (count - 1) : 0;
    // Two lines of short words must not need more than their own height.
    Type type = c.theme.type.small;
    type.line_height = std::round(std::min(type.em * 1.25F, (h - c.theme.px(12)) / 2));
    std::optional<Rect> asked;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const auto& button = buttons[i];
        const Rect rect{inner.x, std::round(inner.y + step * static_cast<float>(i)), inner.w, h};
        const auto node = control(c, button.id, Role::utility_button, rect, button.enabled);
        const UtilityInk ink = draw_ground(c, button, rect);
        if (c.pressed(button.id) && !button.enabled) asked = rect;
        // A word that fits is never broken in its middle.
        const bool tight = widest_word(c, button.text, type) > rect.w - 2 * c.theme.px(8);
        const float pad = c.theme.px(tight ? 4 : 8);
        // The sign above the words, else beside them; the words come first: where they need all
        // of the button, the sign becomes smaller or makes room.
        const float words = text_height(c, button.text, type, rect.w - 2 * pad);
        const float size = std::clamp(rect.h - 2 * c.theme.px(8) - words, c.theme.px(32),
                                      c.theme.px(c.theme.large_type ? 44 : 36));
        const float sign = size + pad, above = size + words;
        if (above <= rect.h - c.theme.px(8)) {
            const float y = std::round(rect.centre_y() - above / 2);
            icon(c, button.icon, {rect.centre_x(), y + size / 2}, size, ink.sign);
            write_in_top(c, node, {button.text, type, ink.words, Align::centre},
                         {rect.x + pad, y + size, rect.w - 2 * pad, words});
            continue;
        }
        const float beside = text_height(c, button.text, type, rect.w - sign - 2 * pad);
        const bool signed_too = beside <= rect.h - pad;
        const Rect room{rect.x + pad + (signed_too ? sign : 0), rect.y,
                        rect.w - 2 * pad - (signed_too ? sign : 0), rect.h};
        if (signed_too)
            icon(c, button.icon, {rect.x + pad + size / 2, rect.centre_y()}, size, ink.sign);
        write_in(c, node, {button.text, type, ink.words, signed_too ? Align::left : Align::centre},
                 room);
    }
    if (asked) explain(c, *asked, inner);
}

void draw_speech_bar(Context& c, const std::vector<screens::Button>& buttons, Rect area) {
    const float h = c.theme.size.floor_target, gap = c.theme.size.target_gap;
    float right = area.right() - c.theme.size.margin;
    for (auto button = buttons.rbegin(); button != buttons.rend(); ++button) {
        const float w = text_width(c, button->text, c.theme.type.body_bold) +
                        c.theme.type.body_bold.em + c.theme.px(60);
        draw_text_action(c, *button, {right - w, std::round(area.centre_y() - h / 2), w, h});
        right -= w + gap;
    }
}

}  // namespace ui::widgets
