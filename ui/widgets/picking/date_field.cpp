// Three boxes 年 月 日 that are one field: digits go from one to the next by themselves.
#include "base/messages.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/picking/date_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::widgets {

using screens::DateField;

namespace {

struct Box {
    base::MessageId unit;
    std::size_t from, digits;
};
constexpr std::array<Box, 3> boxes = {{{base::MessageId::date_year, 0, 4},
                                       {base::MessageId::date_month, 4, 2},
                                       {base::MessageId::date_day, 6, 2}}};

// Where the next digit goes.
std::size_t box_of(std::size_t digits) {
    return digits < 4 ? 0 : digits < 6 ? 1 : 2;
}

}  // namespace

Heights measure(const Context& c, const DateField& field, float width) {
    return Heights::fixed(answer_head_height(c, field.label, field.hint, width) +
                          c.theme.size.field + answer_error_height(c, field.error, width));
}

void draw(Context& c, const DateField& field, Rect area) {
    const auto& p = c.theme.colour;
    const float y = area.y + draw_answer_head(c, field.label, field.hint, area);
    const float unit_w =
        text_width(c, base::text(base::MessageId::date_year, c.locale), c.theme.type.small) +
        c.theme.px(20);
    const float gap = std::min(c.theme.px(16), area.w * 0.02F);
    const float room = std::min(area.w, c.theme.px(c.theme.large_type ? 960 : 780));
    // The year is as wide as its four digits ask, against two for the others.
    const float part = (room - 3 * unit_w - 2 * gap) / 8;
    const Rect whole{area.x, y, room, c.theme.size.field};

    std::string digits = field.value ? date_digits(*field.value) : std::string();
    Node described;
    described.id = field.id;
    described.role = Role::field;
    described.rect = described.hit = whole;
    described.value = field.value ? *field.value : std::string();
    described.sensitivity = field.sensitivity;
    described.selected = field.focused;
    if (c.activated(field.id)) {
        c.scratch.keyboard_hidden = false;
        c.animating = true;  // the keys appear in the next frame
        c.act(screens::Pressed{field.id});
    }
    const auto node = c.tree.add(std::move(described));
    const bool wrong = !field.error.empty();
    float x = area.x;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const float w = std::round(part * (i == 0 ? 3.6F : 2.2F));
        const Rect box{x, y, w, whole.h};
        const bool here = field.focused && box_of(digits.size()) == i;
        if (here) {
            c.canvas.box(box.inset(-3), p.focus, p.focus_edge, c.theme.px(3),
                         c.theme.size.radius_field + 3);
            c.canvas.fill(box.inset(c.theme.size.focus_ring), p.surface,
                          c.theme.size.radius_field - 2);
        } else {
            c.canvas.box(box, p.surface, wrong ? p.danger : p.border,
                         wrong ? c.theme.size.border_strong : c.theme.size.border,
                         c.theme.size.radius_field);
        }
        const Type& type = c.theme.type.row;
        const std::string shown =
            digits.size() > boxes[i].from ? digits.substr(boxes[i].from, boxes[i].digits) : "";
        write_in(c, node, {shown, type, p.text, Align::centre}, box);
        if (here) {
            const float caret = box.centre_x() + text_width(c, shown, type) / 2 + c.theme.px(4);
            c.canvas.fill({std::round(caret), std::round(box.centre_y() - type.line_height / 2),
                           c.theme.px(3), type.line_height},
                          p.text);
        }
        const Rect unit{box.right(), y, unit_w, whole.h};
        write_in(
            c, node,
            {base::text(boxes[i].unit, c.locale), c.theme.type.small, p.secondary, Align::centre},
            unit);
        x = unit.right() + gap;
    }
    base::wipe(digits);
    draw_answer_error(c, field.error, field.id, {area.x, whole.bottom(), area.w, 0});
}

}  // namespace ui::widgets
