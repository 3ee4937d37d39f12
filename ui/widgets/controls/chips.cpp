#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

Heights measure(const Context& c, const screens::Chips&, float) {
    return {std::max(c.theme.size.floor_target, c.theme.px(84)), c.theme.px(92)};
}

void draw(Context& c, const screens::Chips& chips, Rect area) {
    if (chips.chips.empty()) return;
    const float gap = c.theme.size.target_gap;
    const auto count = static_cast<float>(chips.chips.size());
    const float w = (area.w - gap * (count - 1)) / count;
    // Few chips keep their shape instead of becoming bars.
    const float each = std::floor(std::min(w, std::max(c.theme.px(480), area.w / 2)));
    float x = area.x + std::round((area.w - each * count - gap * (count - 1)) / 2);
    const auto& p = c.theme.colour;
    // All chips of a row speak in the same size: the smaller one when a word would not fit.
    const bool fits = std::all_of(chips.chips.begin(), chips.chips.end(), [&](const auto& chip) {
        const float sign = chip.icon.empty() ? 0 : c.theme.type.row.em + c.theme.px(12);
        return text_width(c, chip.text, c.theme.type.row) + sign + c.theme.px(32) <= each;
    });
    for (const screens::Button& chip : chips.chips) {
        const Rect rect{x, area.y, each, area.h};
        const auto node = control(c, chip.id, Role::chip, rect);
        c.canvas.box(rect, c.pressed(chip.id) ? p.tint_pressed : p.surface, p.border,
                     c.theme.size.border, area.h / 2);
        const Type& type = fits ? c.theme.type.row : c.theme.type.small;
        if (chip.icon.empty()) {
            write_in(c, node, {chip.text, type, p.text, Align::centre},
                     rect.inset(c.theme.px(8), 0));
        } else {
            const float words = text_width(c, chip.text, type), gap_in = c.theme.px(12);
            const float left = std::round(rect.centre_x() - (type.em + gap_in + words) / 2);
            icon(c, chip.icon, {left + type.em / 2, rect.centre_y()}, type.em, p.action);
            write_in(c, node, {chip.text, type, p.text},
                     {left + type.em + gap_in, rect.y, words + 1, rect.h});
        }
        x += each + gap;
    }
}

}  // namespace ui::widgets
