#include "ui/widgets/keyboard/writing_pad.hpp"

#include "base/messages.hpp"
#include "ui/widgets/keyboard/editing.hpp"

#include <algorithm>

namespace ui::widgets {

namespace {

constexpr std::string_view pad_id = "writing_pad";

// The square with a cross that everybody learnt to write in.
void draw_guides(Context& c, Rect box) {
    const Colour colour = c.theme.colour.separator;
    const float side = std::min(box.w, box.h) - c.theme.px(40);
    const Rect square{box.centre_x() - side / 2, box.centre_y() - side / 2, side, side};
    const Point across[] = {{square.x, box.centre_y()}, {square.right(), box.centre_y()}};
    const Point down[] = {{box.centre_x(), square.y}, {box.centre_x(), square.bottom()}};
    c.canvas.dashes(across, colour, c.theme.px(2), c.theme.px(16), c.theme.px(12));
    c.canvas.dashes(down, colour, c.theme.px(2), c.theme.px(16), c.theme.px(12));
    const Point frame[] = {{square.x, square.y},
                           {square.right(), square.y},
                           {square.right(), square.bottom()},
                           {square.x, square.bottom()},
                           {square.x, square.y}};
    c.canvas.stroke(frame, colour, c.theme.px(2));
}

void draw_ink(Context& c, Rect box) {
    const float width = c.theme.px(12);
    std::vector<Point> path;
    for (const auto& line : c.scratch.ink.lines) {
        path.clear();
        for (const auto& p : line) path.push_back({box.x + p.x * box.w, box.y + p.y * box.h});
        c.canvas.stroke(path, c.theme.colour.text, width);
    }
    const auto& drag = c.scratch.touch.drag();
    if (drag && drag->id == pad_id && !drag->ended)
        c.canvas.stroke(drag->path, c.theme.colour.text, width);
    base::wipe(path);
}

void finish_stroke(Context& c, Rect box) {
    const auto& drag = c.scratch.touch.drag();
    if (!drag || drag->id != pad_id || !drag->ended || drag->path.empty()) return;
    domain::Strokes& ink = c.scratch.ink;
    ink.aspect = static_cast<double>(box.w) / static_cast<double>(box.h);
    auto& line = ink.lines.emplace_back();
    for (const Point& p : drag->path)
        line.push_back({std::clamp((p.x - box.x) / box.w, 0.F, 1.F),
                        std::clamp((p.y - box.y) / box.h, 0.F, 1.F)});
    if (line.size() == 1) line.push_back(line.front());  // a tap is a dot
    refresh(c);
}

}  // namespace

void draw_writing_pad(Context& c, Rect area) {
    const auto& p = c.theme.colour;
    Node node;
    node.id = pad_id;
    node.role = Role::writing_pad;
    node.text = base::text(base::MessageId::handwriting_pad, c.locale);
    node.rect = node.hit = area;
    node.sensitivity = screens::Sensitivity::personal;
    finish_stroke(c, area);
    node.value = std::to_string(c.scratch.ink.lines.size());
    c.tree.add(std::move(node));
    c.canvas.box(area, p.surface, p.border, c.theme.size.border, c.theme.size.radius_button);
    draw_guides(c, area);
    draw_ink(c, area);
}

}  // namespace ui::widgets
