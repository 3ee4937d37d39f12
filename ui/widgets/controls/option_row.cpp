#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::OptionRow;

namespace {

// The label stands beside its options where both have room, above them otherwise.
float label_width(const Context& c, const OptionRow& row) {
    return c.theme.px(64) + text_width(c, row.label, c.theme.type.label) + c.theme.px(24);
}
float option_width(const Context& c, std::size_t options, float room) {
    const auto count = static_cast<float>(std::max<std::size_t>(1, options));
    return std::floor((room - c.theme.size.target_gap * (count - 1)) / count);
}
bool beside(const Context& c, const OptionRow& row, float width) {
    const float label = std::max(label_width(c, row), c.theme.px(c.theme.large_type ? 340 : 280));
    const float each = option_width(c, row.options.size(), width - label);
    return each >= c.theme.size.list_row &&
           std::all_of(row.options.begin(), row.options.end(), [&](const auto& option) {
               return text_width(c, option.text, c.theme.type.row_bold) + c.theme.px(24) <= each;
           });
}

float words_height(const Context& c, const OptionRow::Option& option, float each) {
    return text_height(c, option.text, c.theme.type.row_bold, each - c.theme.px(16));
}

// Options below their label: where the words of one have no room in a row of all, in as many rows
// as it takes; in the end one below the other, as high as they need.
struct Grid {
    std::size_t columns = 1, rows = 1;
    float each = 0, height = 0;  // of one option
};
Grid grid_of(const Context& c, const OptionRow& row, float width) {
    const std::size_t count = std::max<std::size_t>(1, row.options.size());
    Grid grid;
    for (grid.rows = 1; grid.rows <= count; ++grid.rows) {
        grid.columns = (count + grid.rows - 1) / grid.rows;
        grid.each = option_width(c, grid.columns, width);
        grid.height = c.theme.size.list_row;
        for (const auto& option : row.options)
            grid.height = std::max(grid.height, words_height(c, option, grid.each));
        if (grid.height <= c.theme.size.list_row) break;
    }
    grid.rows = (count + grid.columns - 1) / grid.columns;
    return grid;
}

float grid_height(const Context& c, const Grid& grid) {
    const auto rows = static_cast<float>(grid.rows);
    return rows * grid.height + (rows - 1) * c.theme.size.target_gap;
}

// Lines of a label that needs two stand apart like those of a paragraph.
Type label_type(const Context& c, const OptionRow& row, float width) {
    Type type = c.theme.type.label;
    if (text_width(c, row.label, type) > width - c.theme.px(64))
        type.line_height = std::max(type.line_height, std::ceil(type.em * 1.36F));
    return type;
}
float label_above(const Context& c, const OptionRow& row, float width) {
    const Type type = label_type(c, row, width);
    return text_height(c, row.label, type, width - c.theme.px(64)) + c.theme.px(8);
}

void draw_option(Context& c, const OptionRow::Option& option, Rect rect) {
    const auto& p = c.theme.colour;
    const auto node = control(c, option.id, Role::choice, rect);
    c.tree[node].selected = option.selected;
    const Colour ground = c.pressed(option.id) ? p.tint_pressed
                          : option.selected    ? p.action
                                               : p.surface;
    c.canvas.box(rect, ground, option.selected ? p.action : p.border, c.theme.size.border,
                 c.theme.size.radius_button);
    const Type& type = option.selected ? c.theme.type.row_bold : c.theme.type.row;
    const Colour ink = option.selected && !c.pressed(option.id) ? p.on_action : p.text;
    const Rect words = rect.inset(c.theme.px(8), 0);
    if (!option.selected) return write_in(c, node, {option.text, type, ink, Align::centre}, words);
    // Of two options, which one is dark says nothing to who sees no colours: a tick does, or a line
    // below the word where a tick has no room.
    const float mark = std::round(type.em * 0.9F), gap = c.theme.px(8);
    const float width = text_width(c, option.text, type);
    if (mark + gap + width > words.w) {
        write_in(c, node, {option.text, type, ink, Align::centre}, words);
        c.canvas.fill({rect.centre_x() - c.theme.px(18), rect.bottom() - c.theme.px(10),
                       c.theme.px(36), c.theme.px(4)},
                      ink, c.theme.px(2));
        return;
    }
    const float left = std::round(rect.centre_x() - (mark + gap + width) / 2);
    icon(c, "check", {left + mark / 2, rect.centre_y()}, mark, ink);
    write_in(c, node, {option.text, type, ink},
             {left + mark + gap, rect.y, words.right() - left - mark - gap, rect.h});
}

}  // namespace

Heights measure(const Context& c, const OptionRow& row, float width) {
    const float options = c.theme.size.list_row;
    if (beside(c, row, width)) return {options, options + c.theme.px(12)};
    const float all = grid_height(c, grid_of(c, row, width)) + label_above(c, row, width);
    return {all, all + c.theme.px(8)};
}

void draw(Context& c, const OptionRow& row, Rect area) {
    const bool side = beside(c, row, area.w);
    const float label_w = std::max(label_width(c, row), c.theme.px(c.theme.large_type ? 340 : 280));
    const float label_h = side ? area.h : label_above(c, row, area.w);
    const Rect label{area.x, area.y, side ? label_w : area.w, label_h};
    const auto node = thing(c, Role::text, label);
    icon(c, row.icon, {label.x + c.theme.px(22), label.centre_y()}, c.theme.size.icon,
         c.theme.colour.action);
    const Type type = side ? c.theme.type.label : label_type(c, row, area.w);
    write_in(c, node, {row.label, type, c.theme.colour.text},
             {label.x + c.theme.px(64), label.y, label.w - c.theme.px(64), label.h});
    const float left = side ? area.x + label_w : area.x;
    Grid grid = grid_of(c, row, area.right() - left);
    if (side) grid.height = std::min(area.h, c.theme.size.list_row);
    const float all = grid_height(c, grid);
    const float top = side ? std::round(area.centre_y() - all / 2) : area.bottom() - all;
    for (std::size_t i = 0; i < row.options.size(); ++i) {
        const auto column = static_cast<float>(i % grid.columns);
        const auto line = static_cast<float>(i / grid.columns);
        draw_option(c, row.options[i],
                    {std::round(left + column * (grid.each + c.theme.size.target_gap)),
                     top + line * (grid.height + c.theme.size.target_gap), grid.each, grid.height});
        c.tree.newest().label = row.label;
    }
}

}  // namespace ui::widgets
