// The tests of the panel itself: a grid that a finger sweeps, a line that it follows, plain colours
// and a ruler. What is written stands in a box of its own, so that it can be read on any colour.
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/frame.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::widgets {

using screens::PanelTest;

namespace {

constexpr std::array colours{theme::rgb(0xFF0000), theme::rgb(0x00FF00), theme::rgb(0x0000FF),
                             theme::rgb(0xFFFFFF), theme::rgb(0x000000)};
constexpr int ruler_mm = 100;
constexpr float cross_mm = 9;  // each of its arms

float px_per_mm(const Context& c) {
    return c.theme.scale * theme::reference_px_per_mm;
}

// Words in a box as wide as they need.
struct Said {
    float wide = 0, first = 0, second = 0;
};
Said said_in(const Context& c, const PanelTest& test, float most) {
    const auto& type = c.theme.type;
    Said said;
    said.wide = std::min(most, std::max(text_width(c, test.guidance, type.heading),
                                        text_width(c, test.note, type.body)) +
                                   c.theme.px(4));
    said.first = text_height(c, test.guidance, type.heading, said.wide);
    if (!test.note.empty())
        said.second = c.theme.px(12) + text_height(c, test.note, type.body, said.wide);
    return said;
}

// In the middle of the width; where that is no room, below the line from corner to corner.
void say(Context& c, SemanticTree::Handle node, const PanelTest& test, float middle_y) {
    const auto& type = c.theme.type;
    const auto& p = c.theme.colour;
    const float pad = c.theme.px(36), margin = c.theme.size.margin;
    const float most = std::min(c.panel.w - 2 * margin, c.theme.px(860)) - 2 * pad;
    Said said = said_in(c, test, most);
    Rect box{c.panel.x + std::round((c.panel.w - said.wide) / 2) - pad,
             std::round(middle_y - (said.first + said.second) / 2) - pad, said.wide + 2 * pad,
             said.first + said.second + 2 * pad};
    if (box.bottom() > c.panel.bottom() - margin) {
        said = said_in(c, test, std::min(most, c.panel.w * 0.44F - 2 * pad));
        const float h = said.first + said.second + 2 * pad;
        box = {c.panel.x + margin, c.panel.bottom() - margin - h, said.wide + 2 * pad, h};
    }
    const auto [wide, first, second] = said;
    c.canvas.box(box, p.surface, p.border, c.theme.size.border, c.theme.size.radius_card);
    const Rect words{box.x + pad, box.y + pad, wide, first + second};
    const float used =
        write_in_top(c, node, {test.guidance, type.heading, p.text, Align::centre}, words);
    if (!test.note.empty())
        write_in_top(c, node, {test.note, type.body, p.secondary, Align::centre},
                     {words.x, words.y + used + c.theme.px(12), wide, second});
}

// What the finger has drawn since it came down, and the stroke when it is lifted.
void follow_finger(Context& c, const PanelTest& test) {
    const auto& drag = c.scratch.touch.drag();
    if (!drag || drag->id != test.id) return;
    c.canvas.stroke(drag->path, c.theme.colour.action, c.theme.px(6));
    if (!drag->ended || drag->path.empty()) return;
    domain::Strokes strokes;
    auto& line = strokes.lines.emplace_back();
    for (const Point& p : drag->path)
        line.push_back({std::clamp((p.x - c.panel.x) / c.panel.w, 0.F, 1.F),
                        std::clamp((p.y - c.panel.y) / c.panel.h, 0.F, 1.F)});
    c.act(screens::SignatureDrawn{test.id, base::Secret<domain::Strokes>(std::move(strokes))});
}

void draw_grid(Context& c, const PanelTest& test) {
    const auto& p = c.theme.colour;
    const float w = c.panel.w / static_cast<float>(test.columns);
    const float h = c.panel.h / static_cast<float>(test.rows);
    const auto edge = [](float from, int count, float size) {
        return std::round(from + static_cast<float>(count) * size);
    };
    for (int row = 0; row < test.rows; ++row)
        for (int column = 0; column < test.columns; ++column) {
            const auto at = static_cast<std::size_t>(row * test.columns + column);
            const float x = edge(c.panel.x, column, w), y = edge(c.panel.y, row, h);
            const Rect cell{x, y, edge(c.panel.x, column + 1, w) - x,
                            edge(c.panel.y, row + 1, h) - y};
            const bool touched = at < test.touched.size() && test.touched[at];
            c.canvas.box(cell, touched ? p.success_fill : p.surface, p.border_quiet,
                         c.theme.size.border, 0);
        }
}

// Thin, so that its middle is one point, with a ring that leads a fingertip there.
void draw_cross(Context& c, const PanelTest& test) {
    const auto& p = c.theme.colour;
    const float mm = px_per_mm(c), thick = std::max(2.F, mm / 2);
    const Point at{std::round(c.panel.x + c.panel.w * static_cast<float>(test.cross.x)),
                   std::round(c.panel.y + c.panel.h * static_cast<float>(test.cross.y))};
    const float ring = 5 * mm;
    c.canvas.box({at.x - ring, at.y - ring, 2 * ring, 2 * ring}, p.surface, p.action, thick, ring);
    c.canvas.line({at.x - cross_mm * mm, at.y}, {at.x + cross_mm * mm, at.y}, p.text, thick);
    c.canvas.line({at.x, at.y - cross_mm * mm}, {at.x, at.y + cross_mm * mm}, p.text, thick);
}

void draw_ruler(Context& c) {
    const auto& p = c.theme.colour;
    const float mm = px_per_mm(c);
    const float left = std::round(c.panel.x + (c.panel.w - ruler_mm * mm) / 2);
    const float top = std::round(c.panel.y + c.panel.h * 0.3F);
    for (int i = 0; i <= ruler_mm; ++i) {
        const float x = left + static_cast<float>(i) * mm;
        const float length = i % ruler_mm == 0 ? 30 * mm
                             : i % 10 == 0     ? 10 * mm
                             : i % 5 == 0      ? 7 * mm
                                               : 4 * mm;
        c.canvas.line({x, top}, {x, top + length}, p.text, std::max(1.F, mm / 5));
    }
    c.canvas.line({left, top}, {left + ruler_mm * mm, top}, p.text, std::max(1.F, mm / 5));
}

}  // namespace

void draw_panel_test(Context& c, const PanelTest& test) {
    using Kind = PanelTest::Kind;
    const bool by_finger =
        test.kind == Kind::touch || test.kind == Kind::drift || test.kind == Kind::cross;
    Node node;
    node.id = test.id;
    node.role = by_finger ? Role::signature_pad : Role::button;
    node.label = test.guidance;
    node.rect = node.hit = c.panel;
    if (by_finger) node.value = test.note;
    c.canvas.fill(c.panel, c.theme.colour.surface);
    switch (test.kind) {
        case Kind::touch:
            draw_grid(c, test);
            break;
        case Kind::drift:
            c.canvas.line({c.panel.x, c.panel.y}, {c.panel.right(), c.panel.bottom()},
                          c.theme.colour.text, c.theme.px(4));
            break;
        case Kind::cross:
            draw_cross(c, test);
            break;
        case Kind::colour:
            c.canvas.fill(c.panel, colours.at(static_cast<std::size_t>(std::clamp(
                                       test.colour, 0, static_cast<int>(colours.size()) - 1))));
            break;
        case Kind::ruler:
            draw_ruler(c);
            break;
    }
    const auto handle = c.tree.add(std::move(node));
    if (!by_finger && c.activated(test.id)) c.act(screens::Pressed{test.id});
    if (by_finger) follow_finger(c, test);
    // Clear of the line and of the ruler.
    const float share = test.kind == Kind::drift   ? 0.88F
                        : test.kind == Kind::ruler ? 0.6F
                        : test.kind == Kind::cross ? 0.3F
                                                   : 0.5F;
    say(c, handle, test, c.panel.y + c.panel.h * share);
}

}  // namespace ui::widgets
