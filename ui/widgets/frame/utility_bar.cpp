#include "base/messages.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ui::widgets {

namespace {

// Above the finger, while it rests on a button that does nothing on this page (UX-013).
void explain(Context& c, Rect button, Rect bar) {
    const auto& p = c.theme.colour;
    const auto words = base::text(base::MessageId::not_needed_here, c.locale);
    const Type& type = c.theme.type.body;
    const float w = std::min(bar.w, text_width(c, words, type) + c.theme.px(56));
    const float h = type.line_height + c.theme.px(28);
    const float x = std::clamp(button.centre_x() - w / 2, bar.x, bar.right() - w);
    const Rect rect{std::round(x), button.y - h - c.theme.px(28), w, h};
    c.canvas.box(rect, p.surface, p.action, c.theme.size.border, c.theme.size.radius_button);
    const auto node = thing(c, Role::status, rect, "not_needed_here");
    write_in(c, node, {words, type, p.text, Align::centre}, rect);
}

}  // namespace

void draw_utility_bar(Context& c, const std::vector<screens::UtilityButton>& buttons, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.fill(area, p.surface);
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
        const bool pressed = c.pressed(button.id);
        if (pressed && !button.enabled) asked = rect;
        const bool boxed = button.boxed || c.theme.elder;
        if (boxed) {
            c.canvas.box(rect, pressed ? p.tint_pressed : p.surface,
                         button.enabled ? p.border : c.theme.colour.separator, c.theme.size.border,
                         c.theme.size.radius_button);
        } else if (button.danger && button.enabled) {
            c.canvas.fill(
                rect, pressed ? theme::mixed(p.danger_ground, p.danger, 0.15F) : p.danger_ground,
                c.theme.size.radius_button);
        } else if (pressed) {
            c.canvas.fill(rect, p.tint_pressed, c.theme.size.radius_button);
        }
        const bool danger = button.danger;
        // A button that does nothing here keeps its place and its words readable.
        const Colour faint = theme::mixed(p.surface, p.disabled, 0.45F);
        const Colour sign = !button.enabled ? faint : danger ? p.danger : p.action;
        const Colour ink = !button.enabled ? theme::mixed(p.surface, p.disabled, 0.92F)
                           : danger        ? p.danger
                                           : p.text;
        const float size = c.theme.px(c.theme.elder ? 52 : 40);
        const float words = text_height(c, button.text, type, w - c.theme.px(8));
        const float total = size + words;
        const float y = std::round(rect.centre_y() - total / 2);
        icon(c, button.icon, {rect.centre_x(), y + size / 2}, size, sign);
        write_in_top(c, node, {button.text, type, ink, Align::centre},
                     {rect.x + c.theme.px(4), y + size, w - c.theme.px(8), words});
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
