#include "base/messages.hpp"
#include "ui/widgets/blocks.hpp"

#include <algorithm>

namespace ui::widgets {

using screens::Button;
using screens::ButtonLook;

float pager_height(const Context& c) {
    return c.theme.px(c.theme.large_type && !c.theme.low ? 104 : 84);
}

float pager_height(const Context& c, float width) {
    const float w = (width - c.theme.size.gap_min) / 2 - c.theme.px(40);
    float h = pager_height(c);
    for (const auto id : {base::MessageId::part_back, base::MessageId::part_on})
        h = std::max(h, text_height(c, base::text(id, c.locale), c.theme.type.label, w) +
                            c.theme.px(12));
    return h;
}

int draw_pager(Context& c, std::string_view prefix, int page, int pages, Rect area) {
    const int last = pages - 1;
    const int shown = std::clamp(page, 0, last);
    const auto word = [&c](base::MessageId id) { return std::string(base::text(id, c.locale)); };
    const std::string name(prefix);
    Button back{name + ".back", word(base::MessageId::part_back), ButtonLook::secondary,
                "chevron-left"};
    Button on{name + ".on", word(base::MessageId::part_on), ButtonLook::secondary, "chevron-right"};
    const std::string text =
        base::text(base::MessageId::part_of, c.locale,
                   {{"part", std::to_string(shown + 1)}, {"parts", std::to_string(last + 1)}});
    const auto& small = c.theme.type.small;
    const float caption = text_width(c, text, small) + c.theme.px(32);
    const auto widest = [&] { return std::max(button_width(c, back), button_width(c, on)); };
    // In a narrow column the signs go first, then the caption.
    if (2 * widest() + caption > area.w) back.icon = on.icon = "";
    const float w = std::min(widest(), (area.w - c.theme.size.gap_min) / 2);

    int turned = 0;
    const auto turn = [&](const Button& button, int by, Rect rect) {
        const auto before = c.action;
        if (c.activated(button.id)) {
            turned = by;
            c.animating = true;
        }
        draw_button(c, button, rect);
        c.action = before;  // turning is this page's own business
    };
    float left = area.x, right = area.right();
    if (shown > 0) {
        turn(back, -1, {left, area.y, w, area.h});
        left += w;
    }
    if (shown < last) {
        turn(on, +1, {right - w, area.y, w, area.h});
        right -= w;
    }
    if (right - left >= caption)
        write(c, {text, small, c.theme.colour.secondary, Align::centre},
              {left, area.y + (area.h - small.line_height) / 2, right - left, area.h});
    return turned;
}

}  // namespace ui::widgets
