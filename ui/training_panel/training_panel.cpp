#include "ui/training_panel/training_panel.hpp"

#include <algorithm>
#include <cmath>

namespace ui::training_panel {

using theme::Rect;
using widgets::Role;

namespace {

// A control of the panel is nothing the page knows: it records no action of a citizen.
bool pressed_button(widgets::Context& c, const std::string& id, std::string_view label, Rect rect,
                    theme::Colour ground, widgets::Align align) {
    widgets::Node node;
    node.id = id;
    node.role = Role::button;
    node.rect = node.hit = rect;
    const auto handle = c.tree.add(std::move(node));
    const auto& p = c.theme.colour;
    c.canvas.box(rect, c.pressed(id) ? p.tint_pressed : ground, p.border, c.theme.px(2),
                 c.theme.size.radius_field);
    widgets::write_in(c, handle, {label, c.theme.type.small, theme::rgb(0x1A2233), align},
                      rect.inset(c.theme.px(16), 0));
    return c.activated(id);
}

}  // namespace

void TrainingPanel::draw(widgets::Context& c) {
    const float margin = c.theme.px(16);
    const float handle_w = widgets::text_width(c, handle_, c.theme.type.small) + c.theme.px(48);
    const Rect handle{c.panel.w - handle_w - margin, 0, handle_w, c.theme.size.band};
    if (pressed_button(c, "training.handle", handle_, handle, theme::rgb(0xFFF2D6),
                       widgets::Align::centre)) {
        open_ = !open_;
        c.animating = true;
    }
    if (!open_) return;

    const float w = std::min(c.theme.px(560), c.panel.w * 0.6F);
    const Rect sheet{c.panel.w - w, handle.bottom(), w, c.panel.h - handle.bottom()};
    c.canvas.fill(sheet, theme::rgb(0xFFF2D6));
    c.canvas.fill({sheet.x, sheet.y, c.theme.px(3), sheet.h}, c.theme.colour.warn_fill);
    // The sheet swallows touches between its buttons.
    widgets::Node ground;
    ground.id = "training.sheet";
    ground.role = Role::dialog;
    ground.rect = ground.hit = sheet;
    c.tree.add(std::move(ground));

    const float gap = c.theme.px(12);
    const auto count = static_cast<float>(std::max<std::size_t>(1, commands_.size()));
    const float h = std::clamp((sheet.h - 2 * margin - gap * (count - 1)) / count, c.theme.px(61),
                               c.theme.px(84));
    float y = sheet.y + margin;
    for (std::size_t i = 0; i < commands_.size(); ++i) {
        const std::string id = "training." + std::to_string(i);
        const Rect rect{sheet.x + margin + c.theme.px(4), std::round(y),
                        w - 2 * margin - c.theme.px(4), std::floor(h)};
        if (pressed_button(c, id, commands_[i].label, rect, c.theme.colour.surface,
                           widgets::Align::left))
            chosen_ = commands_[i].command;
        y += h + gap;
    }
}

std::optional<std::string> TrainingPanel::take_command() {
    return std::exchange(chosen_, std::nullopt);
}

}  // namespace ui::training_panel
