// Upright: one column.
#include "ui/screens/layout/layout.hpp"
#include "ui/screens/stack.hpp"
#include "ui/widgets/keyboard.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {

using theme::Rect;
using widgets::Context;
using widgets::Heights;

namespace {

// Of what was found: a name and a note, each in one line.
float found_row(const Context& c) {
    return c.theme.type.label.line_height + c.theme.type.small.line_height + c.theme.px(20) +
           c.theme.size.gap_min;
}

// The keys and the field stay where they are, however much was found: whoever types looks at both.
void draw_search(Context& c, const Screen& screen, Rect room, const Field& field) {
    const auto& size = c.theme.size;
    const Rect column{room.x + size.margin, room.y, room.w - 2 * size.margin, room.h};
    const float title = title_height(c, screen, column.w);
    const float headed = title + c.theme.px(title > 0 ? 28 : 0);
    const float bottom_pad = c.theme.px(32);  // 8 mm clear of the keys (UX-139)
    const Heights keys = widgets::measure_keyboard(c, field, room.w);
    const auto blocks = essential(screen);
    std::vector<const Block*> above = blocks;
    std::erase_if(above, [](const Block* block) { return is_found(*block); });
    const float asks = Stack(c, above, column.w).heights().preferred + size.gap;

    const float bottom = room.bottom() - bottom_pad;
    const float highest = room.y + c.theme.px(28) + headed;
    const float lowest = bottom - keys.min - asks - found_row(c) * static_cast<float>(few_found);
    const float top = std::round(std::max(highest, std::min(c.reach_top, lowest)));
    const float rows = found_row(c) * static_cast<float>(enough_found);
    const float keyboard =
        std::round(std::clamp(bottom - top - asks - rows, keys.min, keys.preferred));
    Stack stack(c, blocks, column.w);
    Rect area{column.x, top, column.w, bottom - top - keyboard};
    stack.shorten(area.h, 1);
    const int parts = stack.divide(area.h);
    if (parts == 1) area.h = std::min(area.h, stack.heights().preferred);
    draw_title(c, screen, {column.x, top - headed, column.w, title});
    stack.draw(c, c.scratch.part, parts, area);
    widgets::draw_keyboard(c, field, {room.x, room.bottom() - keyboard, room.w, keyboard});
}

}  // namespace

void draw_portrait(Context& c, const Screen& screen, Rect room, const Field* field) {
    if (field && field->keyboard == Keyboard::search) return draw_search(c, screen, room, *field);
    const auto& size = c.theme.size;
    const Rect column{room.x + size.margin, room.y, room.w - 2 * size.margin, room.h};
    const float title = title_height(c, screen, column.w);
    const float title_gap = title > 0 ? c.theme.px(28) : 0;
    const float top_pad = c.theme.px(title > 0 && screen.steps.names.empty() ? 40
                                     : screen.steps.names.empty()            ? 28
                                                                             : 20);
    // The field in use keeps 8 mm clear of the keys (UX-139).
    const float bottom_pad = c.theme.px(field ? 32 : 28);

    Stack whole(c, pointers(screen.blocks), column.w);
    Stack* stack = &whole;
    std::optional<Stack> short_stack;
    float keyboard = 0;
    if (field) {
        const Heights keys = widgets::measure_keyboard(c, *field, room.w);
        const float blocks = room.h - top_pad - bottom_pad - title - title_gap;
        if (whole.heights().min > blocks - keys.min) {
            short_stack.emplace(c, essential(screen), column.w);
            stack = &*short_stack;
        }
        const float left = blocks - stack->heights().preferred;
        keyboard = std::clamp(left, keys.min, keys.preferred);
    }
    const float bottom = room.bottom() - keyboard - bottom_pad;
    float y = room.y + top_pad;
    if (screen.low) {
        // The question stands directly above its answers, all of it within reach.
        const float needed = title + title_gap + stack->heights().preferred;
        y = std::max(y, std::min(c.reach_top - c.theme.px(12), bottom - needed));
    } else if (title > 0) {
        // Room above and below the heading, as far as the page has it to give.
        const float slack = bottom - y - title - title_gap - stack->heights().preferred;
        y += std::clamp(slack * 0.2F, 0.F, c.theme.px(28));
    }
    draw_title(c, screen, {column.x, y, column.w, title});
    y += title + title_gap;
    if (title > 0) {
        const float slack = bottom - y - stack->heights().preferred;
        y += std::clamp(slack * 0.2F, 0.F, c.theme.px(16));
    }
    const Rect area{column.x, y, column.w, bottom - y};
    stack->draw(c, c.scratch.part, stack->divide(area.h), area);
    if (field)
        widgets::draw_keyboard(c, *field, {room.x, room.bottom() - keyboard, room.w, keyboard});
}

}  // namespace ui::screens
