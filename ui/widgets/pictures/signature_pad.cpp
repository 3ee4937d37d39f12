// The finger's way on the pad becomes one stroke when it is lifted; the session holds the strokes,
// the scratch holds the one being drawn.
#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::SignaturePad;

namespace {

float label_height(const Context& c, const SignaturePad& pad, float width) {
    return pad.label.empty()
               ? 0
               : text_height(c, pad.label, c.theme.type.body_bold, width) + c.theme.px(8);
}

domain::Strokes copied(const Context& c, const SignaturePad& pad, const Rect& area) {
    domain::Strokes strokes;
    if (pad.strokes) strokes = *pad.strokes;
    strokes.aspect = static_cast<double>(area.w) / static_cast<double>(area.h);
    strokes.width_mm = static_cast<double>(area.w / (c.theme.scale * theme::reference_px_per_mm));
    return strokes;
}

void draw_strokes(Context& c, const SignaturePad& pad, Rect area) {
    const float width = c.theme.px(9);
    std::vector<Point> path;
    if (pad.strokes) {
        for (const auto& line : pad.strokes->lines) {
            path.clear();
            for (const auto& p : line)
                path.push_back({area.x + p.x * area.w, area.y + p.y * area.h});
            c.canvas.stroke(path, c.theme.colour.text, width);
        }
    }
    const auto& drag = c.scratch.touch.drag();
    if (drag && drag->id == pad.id) c.canvas.stroke(drag->path, c.theme.colour.text, width);
    base::wipe(path);
}

void finish_stroke(Context& c, const SignaturePad& pad, Rect area) {
    const auto& drag = c.scratch.touch.drag();
    if (!drag || drag->id != pad.id || !drag->ended || drag->path.size() < 2) return;
    domain::Strokes strokes = copied(c, pad, area);
    auto& line = strokes.lines.emplace_back();
    for (const Point& p : drag->path) {
        line.push_back({std::clamp((p.x - area.x) / area.w, 0.F, 1.F),
                        std::clamp((p.y - area.y) / area.h, 0.F, 1.F)});
    }
    c.act(screens::SignatureDrawn{pad.id, base::Secret<domain::Strokes>(std::move(strokes))});
}

}  // namespace

Heights measure(const Context& c, const SignaturePad& pad, float width) {
    const float label = label_height(c, pad, width);
    return {label + c.theme.px(244), label + c.theme.px(338)};
}

void draw(Context& c, const SignaturePad& pad, Rect area) {
    const auto& p = c.theme.colour;
    write(c, {pad.label, c.theme.type.body_bold, p.text}, area);
    const float label = label_height(c, pad, area.w);
    const Rect box{area.x, area.y + label, area.w, area.h - label};
    c.canvas.box(box, p.surface, p.border, c.theme.size.border, c.theme.size.radius_field + 4);

    const float base_y = box.bottom() - c.theme.px(48);
    const Point ends[] = {{box.x + c.theme.px(80), base_y}, {box.right() - c.theme.px(80), base_y}};
    c.canvas.dashes(ends, c.theme.colour.separator, c.theme.px(2), c.theme.px(16), c.theme.px(8));

    Node node;
    node.id = pad.id;
    node.role = Role::signature_pad;
    node.label = pad.label;
    node.rect = node.hit = box;
    node.sensitivity = screens::Sensitivity::personal;
    const std::size_t drawn = pad.strokes ? pad.strokes->lines.size() : 0;
    node.value = std::to_string(drawn);
    c.tree.add(std::move(node));
    finish_stroke(c, pad, box);
    draw_strokes(c, pad, box);

    const screens::Button clear{pad.id + ".clear", pad.clear_text, screens::ButtonLook::quiet,
                                "eraser"};
    const float w = text_width(c, clear.text, c.theme.type.body_bold) + c.theme.px(100);
    if (c.activated(clear.id)) {
        c.act(screens::SignatureDrawn{pad.id, base::Secret<domain::Strokes>(domain::Strokes{})});
    }
    draw_text_action(c, clear,
                     {box.right() - w - c.theme.px(8), box.y + c.theme.px(12), w,
                      c.theme.size.floor_target + c.theme.px(4)});
}

}  // namespace ui::widgets
