#include "ui/widgets/blocks.hpp"
#include "ui/widgets/pictures/machine_sketch.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

Heights measure(const Context& c, const screens::Progress& progress, float width) {
    const auto height = [&](const std::string& text) {
        return text_height(c, text, c.theme.type.row_bold, width - c.theme.px(160));
    };
    const float words = std::max(height(progress.text), height(progress.otherwise));
    return {words + c.theme.px(52), words + c.theme.px(100)};
}

void draw(Context& c, const screens::Progress& progress, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const float bar_h = c.theme.px(14), gap = c.theme.px(16);
    const Rect inner{area.x + c.theme.px(124), area.y, area.w - c.theme.px(124 + 32), area.h};
    const float words = text_height(c, progress.text, c.theme.type.row_bold, inner.w);
    float y = std::round(area.centre_y() - (words + gap + bar_h) / 2);
    const Point sign{area.x + c.theme.px(66), area.centre_y()};
    if (progress.outlet) {
        // As large as leaves room round it, towards the edge and towards the words.
        const float h = std::min(area.h - c.theme.px(28), c.theme.px(88));
        draw_small_machine(c, {sign.x - c.theme.px(40), sign.y - h / 2, c.theme.px(80), h},
                           *progress.outlet);
    } else {
        icon(c, progress.icon.empty() ? "hourglass" : progress.icon, sign, c.theme.px(64),
             p.action);
    }
    const auto node = thing(c, Role::progress, area);
    write_in_top(c, node, {progress.text, c.theme.type.row_bold, p.text}, {inner.x, y, inner.w, 0});
    y += words + gap;
    const Rect track{inner.x, y, inner.w, bar_h};
    c.canvas.fill(track, c.theme.colour.separator, bar_h / 2);
    if (progress.fraction >= 0) {
        const auto part = static_cast<float>(std::clamp(progress.fraction, 0.0, 1.0));
        c.canvas.fill({track.x, y, std::max(bar_h, track.w * part), bar_h}, p.action, bar_h / 2);
        c.tree[node].value = std::to_string(static_cast<int>(std::lround(part * 100))) + "%";
        return;
    }
    // Length unknown: a piece wanders to and fro, once in 1.6 s.
    const auto phase = static_cast<float>(c.now.count() % 1600) / 1600;
    const float piece = track.w * 0.3F;
    const float at = (1 - std::cos(phase * 6.2831853F)) / 2;
    c.canvas.fill({track.x + (track.w - piece) * at, y, piece, bar_h}, p.action, bar_h / 2);
    c.animating = true;
}

Heights measure(const Context& c, const screens::Line& line, float width) {
    const Type& type = line.small ? paragraph_type(c, line.text, width) : c.theme.type.body;
    return Heights::fixed(text_height(c, line.text, type, width));
}

void draw(Context& c, const screens::Line& line, Rect area) {
    const auto& p = c.theme.colour;
    write(c,
          {line.text, line.small ? paragraph_type(c, line.text, area.w) : c.theme.type.body,
           line.small ? p.secondary : p.text, line.centred ? Align::centre : Align::left},
          area);
}

}  // namespace ui::widgets
