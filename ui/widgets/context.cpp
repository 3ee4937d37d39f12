#include "ui/widgets/context.hpp"

#include "ui/text/line_breaking.hpp"
#include "ui/theme/icons.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

namespace {

// Where Latin letters stand in a Hanzi's square, in em from its top.
constexpr float baseline_em = 0.88F;

std::vector<text::BrokenLine> lines_of(const Context& c, std::string_view words, const Type& type,
                                       float width) {
    return text::break_lines(words, width, [&](char32_t character) {
        return c.canvas.fonts().advance(character, type);
    });
}

}  // namespace

float text_width(const Context& c, std::string_view words, const Type& type) {
    return c.canvas.fonts().width(words, type);
}

float text_height(const Context& c, std::string_view words, const Type& type, float width) {
    const auto count = std::max<std::size_t>(1, lines_of(c, words, type, width).size());
    return static_cast<float>(count) * type.line_height;
}

const Type& paragraph_type(const Context& c, std::string_view text, float width) {
    const Type& small = c.theme.type.small;
    const bool long_text = text_height(c, text, small, width) > 2.5F * small.line_height;
    return long_text ? c.theme.type.body : small;
}

Rect write_lines(Context& c, const Words& w, Rect area, std::vector<WrittenLine>* written) {
    const float half_leading = (w.type.line_height - w.type.em) / 2;
    Rect taken;
    float y = area.y;
    for (const text::BrokenLine& line : lines_of(c, w.text, w.type, area.w)) {
        float x = area.x;
        if (w.align == Align::centre) x += (area.w - line.width) / 2;
        if (w.align == Align::right) x += area.w - line.width;
        x = std::round(x);
        c.canvas.text(line.text, x, y + half_leading + w.type.em * baseline_em, w.type, w.colour);
        const Rect rect{x, y + half_leading, line.width, w.type.em};
        taken = taken.joined(rect);
        if (written) written->push_back({std::string(line.text), rect, w.type.em});
        y += w.type.line_height;
    }
    return taken;
}

float write(Context& c, const Words& w, Rect area, Role role, screens::Sensitivity sensitivity,
            std::string_view id) {
    if (w.text.empty()) return 0;
    const float height = text_height(c, w.text, w.type, area.w);
    area.h = height;
    Node node;
    node.id = id;
    node.role = role;
    node.text = w.text;
    node.rect = area;
    node.em = w.type.em;
    node.sensitivity = sensitivity;
    node.text_rect = write_lines(c, w, area, &node.lines);
    c.tree.add(std::move(node));
    return height;
}

float write_in_top(Context& c, SemanticTree::Handle owner, const Words& w, Rect area) {
    if (w.text.empty()) return 0;
    Node& node = c.tree[owner];
    const Rect taken = write_lines(c, w, area, &node.lines);
    if (!node.text.empty()) node.text += '\n';
    node.text += w.text;
    node.text_rect = node.text_rect.joined(taken);
    node.em = node.em == 0 ? w.type.em : std::min(node.em, w.type.em);
    return text_height(c, w.text, w.type, area.w);
}

void write_in(Context& c, SemanticTree::Handle owner, const Words& w, Rect area) {
    const float height = text_height(c, w.text, w.type, area.w);
    area.y += std::round((area.h - height) / 2);
    area.h = height;
    write_in_top(c, owner, w, area);
}

SemanticTree::Handle control(Context& c, std::string_view id, Role role, Rect rect, bool enabled) {
    Node node;
    node.id = id;
    node.role = role;
    node.rect = rect;
    node.hit = rect;
    node.enabled = enabled;
    if (enabled && c.activated(id)) c.act(screens::Pressed{std::string(id)});
    return c.tree.add(std::move(node));
}

SemanticTree::Handle thing(Context& c, Role role, Rect rect, std::string_view id) {
    Node node;
    node.id = id;
    node.role = role;
    node.rect = rect;
    return c.tree.add(std::move(node));
}

void icon(Context& c, std::string_view name, Point centre, float size, Colour colour) {
    const float s = std::round(size);
    c.canvas.icon(theme::icon(name), {centre.x - s / 2, centre.y - s / 2, s, s}, colour);
}

ToneColours tone_colours(const theme::Palette& p, screens::Tone tone) {
    switch (tone) {
        case screens::Tone::plain:
            return {p.text, p.surface, p.border_quiet};
        case screens::Tone::info:
            return {p.action, p.tint, p.action};
        case screens::Tone::success:
            return {p.success, p.success_ground, p.success};
        case screens::Tone::warn:
            return {p.warn_text, p.warn_ground, p.warn_fill};
        case screens::Tone::danger:
            return {p.danger, p.danger_ground, p.danger};
    }
    return {p.text, p.surface, p.border_quiet};
}

}  // namespace ui::widgets
