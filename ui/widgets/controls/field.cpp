// A labelled box with a value. It never uses ImGui's text entry: the value is the screen's, the
// letters being composed are the scratch's, the caret stands at the end.
#include "ui/text/line_breaking.hpp"
#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Field;

namespace {

struct Layout {
    float label = 0, hint = 0, box = 0, error = 0;
    float gap = 0;
    float total() const { return label + hint + gap + box + error; }
};

std::string_view shown_value(const Field& field) {
    if (!field.shown.empty()) return field.shown;
    return field.value ? std::string_view(*field.value) : std::string_view();
}

float action_width(const Context& c, const Field& field) {
    if (!field.action) return 0;
    return text_action_width(c, *field.action) + c.theme.px(16);
}

// The value is broken into lines where it is longer than the box: an address is never cut.
float value_width(const Context& c, const Field& field, float width) {
    const float tag = field.tag.empty() ? 0 : tag_width(c, field.tag) + c.theme.px(20);
    return width - c.theme.px(32) - std::max(action_width(c, field), c.theme.px(32)) - tag;
}

std::string letters_of(const Context& c, const Field& field) {
    return field.focused && c.scratch.field == field.id ? c.scratch.composition.letters
                                                        : std::string();
}

Layout layout_of(const Context& c, const Field& field, float width) {
    Layout l;
    l.label = field.label.empty() ? 0 : text_height(c, field.label, c.theme.type.body_bold, width);
    l.hint = field.hint.empty() ? 0 : text_height(c, field.hint, paragraph_type(c, field.hint, width), width);
    l.gap = c.theme.px(10);
    std::string all(shown_value(field));
    all += letters_of(c, field);
    l.box = std::max(
        c.theme.size.field,
        text_height(c, all, c.theme.type.row, value_width(c, field, width)) + c.theme.px(36));
    base::wipe(all);
    if (!field.error.empty())
        l.error = c.theme.px(8) +
                  text_height(c, field.error, c.theme.type.small_bold, width - c.theme.px(44));
    return l;
}

// Value, letters under composition (underlined) and the caret.
void draw_value(Context& c, const Field& field, SemanticTree::Handle node, Rect area) {
    const auto& p = c.theme.colour;
    const Type& type = c.theme.type.row;
    const std::string_view value = shown_value(field);
    const std::string letters = letters_of(c, field);
    const float height = text_height(c, std::string(value) + letters, type, area.w);
    float y = std::round(area.centre_y() - height / 2);
    const auto lines = text::break_lines(value, area.w, [&](char32_t character) {
        return c.canvas.fonts().advance(character, type);
    });
    write_in_top(c, node, {value, type, p.text}, {area.x, y, area.w, height});
    float x = area.x;
    if (!lines.empty()) {
        y += static_cast<float>(lines.size() - 1) * type.line_height;
        x += lines.back().width;
    }
    if (!field.focused) return;
    if (!letters.empty()) {
        const float w = text_width(c, letters, type);
        if (x + w > area.right()) {
            x = area.x;
            y += type.line_height;
        }
        const Rect place{x, y, std::max(w, area.right() - x), type.line_height};
        write_in_top(c, node, {letters, type, p.action}, place);
        c.canvas.fill({x, y + type.line_height - c.theme.px(2), w, c.theme.px(3)}, p.action);
        x += w;
    }
    c.canvas.fill(
        {x + c.theme.px(4), y + c.theme.px(2), c.theme.px(3), type.line_height - c.theme.px(4)},
        p.text);
}

}  // namespace

float tag_width(const Context& c, std::string_view text) {
    return text_width(c, text, c.theme.type.small) + c.theme.px(32);
}

float draw_tag(Context& c, std::string_view text, Point left_middle) {
    const auto& p = c.theme.colour;
    const float w = tag_width(c, text), h = c.theme.type.small.line_height + c.theme.px(6);
    const Rect rect{std::round(left_middle.x), std::round(left_middle.y - h / 2), w, h};
    c.canvas.fill(rect, p.success_ground, c.theme.size.radius_field);
    const auto node = thing(c, Role::status, rect);
    write_in(c, node, {text, c.theme.type.small, p.success, Align::centre}, rect);
    return w;
}

Heights measure(const Context& c, const Field& field, float width) {
    return Heights::fixed(layout_of(c, field, width).total());
}

void draw(Context& c, const Field& field, Rect area) {
    const auto& p = c.theme.colour;
    const Layout l = layout_of(c, field, area.w);
    float y = area.y;
    y += write(c, {field.label, c.theme.type.body_bold, p.text}, {area.x, y, area.w, l.label});
    y += write(c, {field.hint, paragraph_type(c, field.hint, area.w), p.secondary}, {area.x, y, area.w, l.hint});
    const Rect box{area.x, y + l.gap, area.w, l.box};

    const bool locked = field.keyboard == screens::Keyboard::none;
    const bool wrong = !field.error.empty();
    const Colour ground = c.pressed(field.id) ? p.tint_pressed : p.surface;
    if (field.focused) {
        const float ring = c.theme.size.focus_ring;
        c.canvas.box(box.inset(-3), p.focus, p.focus_edge, c.theme.px(3),
                     c.theme.size.radius_field + 3);
        c.canvas.fill(box.inset(ring), ground, c.theme.size.radius_field - 2);
    } else {
        c.canvas.box(box, ground, wrong ? p.danger : p.border,
                     wrong ? c.theme.size.border_strong : c.theme.size.border,
                     c.theme.size.radius_field);
    }
    Node described;
    described.id = field.id;
    described.role = Role::field;
    described.rect = box;
    described.value = shown_value(field);
    described.label = field.label;
    described.sensitivity = field.sensitivity;
    described.selected = field.focused;
    if (!locked) {
        described.hit = box;
        if (c.activated(field.id)) {
            c.scratch.keyboard_hidden = false;
            c.animating = true;  // the keys appear in the next frame
            c.act(screens::Pressed{field.id});
        }
    }
    const auto node = c.tree.add(std::move(described));
    const Rect inner{box.x + c.theme.px(28), box.y, value_width(c, field, box.w), box.h};
    draw_value(c, field, node, inner);

    if (!field.tag.empty()) {
        const float words = std::min(text_width(c, shown_value(field), c.theme.type.row), inner.w);
        draw_tag(c, field.tag, {inner.x + words + c.theme.px(20), box.centre_y()});
    }
    if (field.action) {
        const float w = action_width(c, field);
        draw_text_action(
            c, *field.action,
            {box.right() - w, box.y + c.theme.px(8), w - c.theme.px(4), box.h - c.theme.px(16)});
        c.tree.newest().label = field.label;
    }
    if (wrong) {
        const float size = c.theme.px(32);
        icon(c, "alert-circle",
             {box.x + size / 2,
              box.bottom() + c.theme.px(8) + c.theme.type.small_bold.line_height / 2},
             size, p.danger);
        write(c, {field.error, c.theme.type.small_bold, p.danger},
              {box.x + c.theme.px(44), box.bottom() + c.theme.px(8), box.w - c.theme.px(44), 0},
              Role::status, screens::Sensitivity::open, field.id + ".error");
    }
}

// ---- the list of faults at the top of a form ---------------------------------------------------

Heights measure(const Context& c, const screens::ErrorSummary& summary, float width) {
    const float inner = width - 2 * c.theme.size.card_padding;
    float h =
        c.theme.px(40) + text_height(c, summary.title, c.theme.type.label, inner - c.theme.px(64));
    const auto count = static_cast<float>(summary.lines.size());
    return Heights::fixed(h + count * c.theme.size.floor_target +
                          (count > 0 ? (count - 1) * c.theme.size.gap_min : 0));
}

void draw(Context& c, const screens::ErrorSummary& summary, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.danger_ground, p.danger, c.theme.size.border_strong,
                 c.theme.size.radius_card);
    const float pad = c.theme.size.card_padding;
    float y = area.y + c.theme.px(20);
    const float size = c.theme.px(44);
    icon(c, "alert-triangle", {area.x + pad + size / 2, y + c.theme.type.label.line_height / 2},
         size, p.danger);
    y += write(c, {summary.title, c.theme.type.label, p.danger},
               {area.x + pad + c.theme.px(64), y, area.w - 2 * pad - c.theme.px(64), 0},
               Role::heading, screens::Sensitivity::open, "faults");
    for (const auto& line : summary.lines) {
        // The id differs from the field's own, which stands on the same page.
        const std::string id = "error." + line.field_id;
        const Rect rect{area.x + pad, std::round(y), area.w - 2 * pad, c.theme.size.floor_target};
        Node link;
        link.id = id;
        link.role = Role::link;
        link.rect = link.hit = rect;
        if (c.activated(id)) c.act(screens::Pressed{line.field_id});
        const auto node = c.tree.add(std::move(link));
        if (c.pressed(id)) c.canvas.fill(rect, p.tint_pressed, c.theme.size.radius_button);
        write_in(c, node, {line.text, c.theme.type.body, p.text},
                 {rect.x + c.theme.px(64), rect.y, rect.w - c.theme.px(128), rect.h});
        icon(c, "chevron-right", {rect.right() - c.theme.px(24), rect.centre_y()}, c.theme.px(36),
             p.danger);
        y += rect.h + c.theme.size.gap_min;
    }
}

}  // namespace ui::widgets
