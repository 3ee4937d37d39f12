#include "ui/training_panel/training_panel.hpp"

#include <algorithm>
#include <cmath>

namespace ui::training_panel {

using theme::Rect;
using widgets::Role;

namespace {

// A control of the panel is nothing the page knows: it records no action of a citizen.
struct Look {
    theme::Colour ground, words;
    widgets::Align align;
};
constexpr theme::Colour sheet_ground = theme::rgb(0xFFF2D6), ink = theme::rgb(0x1A2233);

bool pressed_button(widgets::Context& c, const std::string& id, std::string_view label, Rect rect,
                    const Look& look) {
    widgets::Node node;
    node.id = id;
    node.role = Role::button;
    node.rect = node.hit = rect;
    const auto handle = c.tree.add(std::move(node));
    const auto& p = c.theme.colour;
    c.canvas.box(rect, c.pressed(id) ? p.tint_pressed : look.ground, p.border, c.theme.px(2),
                 c.theme.size.radius_field);
    widgets::write_in(c, handle, {label, c.theme.type.small, look.words, look.align},
                      rect.inset(c.theme.px(look.align == widgets::Align::left ? 16 : 4), 0));
    return c.activated(id);
}

// Cells of a grid, from the top left, row by row.
Rect cell(Rect area, int columns, float gap, float h, std::size_t i) {
    const auto wide = static_cast<float>(columns);
    const float w = std::floor((area.w - gap * (wide - 1)) / wide);
    const auto column = static_cast<float>(i % static_cast<std::size_t>(columns));
    const auto row = static_cast<float>(i / static_cast<std::size_t>(columns));
    return {std::round(area.x + column * (w + gap)), std::round(area.y + row * (h + gap)), w, h};
}

float rows_of(std::size_t count, int columns) {
    const auto wide = static_cast<std::size_t>(columns);
    return static_cast<float>((count + wide - 1) / wide);
}

}  // namespace

void TrainingPanel::draw(widgets::Context& c) {
    const float margin = c.theme.px(16);
    const float handle_w = widgets::text_width(c, handle_, c.theme.type.small) + c.theme.px(48);
    const Rect handle{c.panel.w - handle_w - margin, 0, handle_w, c.theme.size.band};
    if (pressed_button(c, "training.handle", handle_, handle,
                       {sheet_ground, ink, widgets::Align::centre})) {
        open_ = !open_;
        c.animating = true;
    }
    if (!open_) return;

    // A wide panel is low: more columns instead of more rows.
    const bool wide = c.panel.w > c.panel.h;
    const float w = std::min(c.theme.px(wide ? 840 : 560), c.panel.w * 0.62F);
    const Rect sheet{c.panel.w - w, handle.bottom(), w, c.panel.h - handle.bottom()};
    c.canvas.fill(sheet, sheet_ground);
    c.canvas.fill({sheet.x, sheet.y, c.theme.px(3), sheet.h}, c.theme.colour.warn_fill);
    // The sheet swallows touches between its buttons.
    widgets::Node ground;
    ground.id = "training.sheet";
    ground.role = Role::dialog;
    ground.rect = ground.hit = sheet;
    c.tree.add(std::move(ground));

    Rect inner = sheet.inset(margin, margin);
    inner.x += c.theme.px(4);
    inner.w -= c.theme.px(4);
    const float used = draw_groups(c, inner);
    draw_commands(c, {inner.x, inner.y + used, inner.w, inner.h - used}, wide ? 2 : 1);
}

float TrainingPanel::draw_groups(widgets::Context& c, Rect area) {
    const int columns = c.panel.w > c.panel.h ? 4 : 3;
    const float gap = c.theme.px(8), h = c.theme.px(64);
    const auto& p = c.theme.colour;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        const bool here = i == group_;
        const Look look{here ? p.action : p.surface, here ? p.surface : ink,
                        widgets::Align::centre};
        if (pressed_button(c, "training.group." + std::to_string(i), groups_[i].name,
                           cell(area, columns, gap, h, i), look)) {
            group_ = i;
            c.animating = true;
        }
    }
    return rows_of(groups_.size(), columns) * (h + gap) + c.theme.px(20);
}

void TrainingPanel::draw_commands(widgets::Context& c, Rect area, int columns) {
    const auto& commands = groups_[group_].commands;
    const float gap = c.theme.px(12);
    const float rows = rows_of(commands.size(), columns);
    const float h =
        std::floor(std::clamp((area.h - gap * (rows - 1)) / rows, c.theme.px(61), c.theme.px(84)));
    for (std::size_t i = 0; i < commands.size(); ++i)
        if (pressed_button(c, "training." + groups_[group_].name + "." + std::to_string(i),
                           commands[i].label, cell(area, columns, gap, h, i),
                           {c.theme.colour.surface, ink, widgets::Align::left}))
            chosen_ = commands[i].command;
}

std::optional<std::string> TrainingPanel::take_command() {
    return std::exchange(chosen_, std::nullopt);
}

}  // namespace ui::training_panel
