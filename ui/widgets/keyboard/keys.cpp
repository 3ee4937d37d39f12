#include "ui/widgets/keyboard/keys.hpp"

#include "ui/text/utf8.hpp"
#include "ui/widgets/keyboard/editing.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

namespace {

void write_caption_and_label(Context& c, SemanticTree::Handle node, const Key& key, Rect rect) {
    const auto& p = c.theme.colour;
    const Type& small = c.theme.type.small;
    const Type& large = c.theme.type.heading;
    const Type label{large.em, large.line_height, theme::Weight::regular};
    const float between = c.theme.px(2);
    if (rect.h < small.line_height + between + label.line_height + c.theme.px(8)) {
        // On a low key they stand side by side.
        const Type& row = c.theme.type.row;
        return write_in(c, node, {key.caption + " " + key.label, row, p.text, Align::centre}, rect);
    }
    const float height = small.line_height + between + label.line_height;
    const float y = std::round(rect.centre_y() - height / 2);
    write_in_top(c, node, {key.caption, small, p.secondary, Align::centre},
                 {rect.x, y, rect.w, small.line_height});
    write_in_top(c, node, {key.label, label, p.text, Align::centre},
                 {rect.x, y + small.line_height + between, rect.w, label.line_height});
}

}  // namespace

void draw_key_face(Context& c, const Key& key, Rect rect) {
    const auto& p = c.theme.colour;
    Node described;
    described.id = key.id;
    described.role = Role::key;
    described.rect = described.hit = rect;
    described.repeats = key.id == "key.delete";
    const auto node = c.tree.add(std::move(described));
    const bool pressed = c.pressed(key.id);
    const bool plain = key.look == KeyLook::letter;
    const bool on = key.id == "key.shift" && c.scratch.capitals;
    const Colour ground = pressed ? p.tint_pressed
                          : on    ? p.tint
                          : plain ? p.surface
                                  : p.key_function;
    c.canvas.box(rect, ground, pressed || on ? p.action : c.theme.colour.separator,
                 c.theme.large_type ? c.theme.px(2) : c.theme.px(1), c.theme.size.radius_button);
    if (!key.icon.empty()) {
        icon(c, key.icon, {rect.centre_x(), rect.centre_y()}, c.theme.px(48), p.text);
        c.tree[node].text = key.label;
    } else if (!key.caption.empty()) {
        write_caption_and_label(c, node, key, rect);
    } else {
        const bool sign = text::code_points(key.label) == 1;
        const Type& type = sign ? c.theme.type.heading : c.theme.type.row;
        const Type regular{type.em, type.line_height, theme::Weight::regular};
        write_in(c, node, {key.label, regular, p.text, Align::centre}, rect);
    }
}

void draw_key(Context& c, const screens::Field& field, const Key& key, Rect rect) {
    draw_key_face(c, key, rect);
    if (c.activated(key.id)) press_key(c, field, key.id, key.label);
}

void draw_rows(Context& c, const screens::Field& field, const Layout& layout, Rect area,
               KeyGaps gaps, float tallest) {
    const auto count = static_cast<float>(layout.rows.size());
    const float key_h = std::min((area.h - gaps.down * (count - 1)) / count, tallest);
    const float unit = (area.w + gaps.across) / layout.units;
    float y = area.y;
    for (const Row& row : layout.rows) {
        float at = row.indent_units;
        for (const Key& key : row.keys) {
            const float left = std::round(area.x + at * unit);
            const float right = std::round(area.x + (at + key.units) * unit - gaps.across);
            draw_key(c, field, key, {left, std::round(y), right - left, std::floor(key_h)});
            at += key.units;
        }
        y += key_h + gaps.down;
    }
}

}  // namespace ui::widgets
