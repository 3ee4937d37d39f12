#include "ui/widgets/reading/scroller.hpp"

#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

namespace {

// The speed left after each millisecond of running on: a second is enough to stop.
constexpr float friction = 0.994F;
constexpr float standing = 0.05F;  // px per ms

// What the finger does to it, and how it runs on.
void push(Context& c, std::string_view id, Turned& turned, float most) {
    const auto& slide = c.scratch.touch.slide();
    if (slide && slide->id == id) {
        turned.offset -= slide->by;
        turned.speed = slide->ended && !c.theme.large_type ? -slide->speed : 0;
        turned.at = c.now;
    } else if (turned.speed != 0) {
        const auto passed =
            static_cast<float>(std::min<std::int64_t>((c.now - turned.at).count(), 100));
        turned.offset += turned.speed * passed;
        turned.speed *= std::pow(friction, passed);
        turned.at = c.now;
        if (std::abs(turned.speed) < standing || turned.offset <= 0 || turned.offset >= most)
            turned.speed = 0;
    }
    if (turned.speed != 0) c.animating = true;
    turned.offset = std::clamp(turned.offset, 0.F, most);
}

}  // namespace

Scrolled scroll(Context& c, std::string_view id, Rect area, float content, float line,
                int columns) {
    const auto whole_lines = [&](float h) { return std::max(line, std::floor(h / line) * line); };
    if (content <= area.h && columns == 1) return {{area.x, area.y, area.w, area.h}, 0, 0};
    const float foot = pager_height(c);
    const float view = whole_lines(area.h - foot - c.theme.size.gap_min);
    // One line stands on both pages, so that the thread is not lost.
    const float step = std::max(line, view - line), most = std::max(0.F, content - view);
    const int rows = 1 + static_cast<int>(std::ceil(most / step)), pages = rows * columns;
    Turned& turned = c.scratch.turned[std::string(id)];
    push(c, id, turned, most);
    turned.column = std::clamp(turned.column, 0, columns - 1);
    const int row =
        turned.offset >= most - 1 ? rows - 1 : static_cast<int>(std::lround(turned.offset / step));
    const int page = row * columns + turned.column;
    const int by = draw_pager(c, id, page, pages, {area.x, area.bottom() - foot, area.w, foot});
    if (by != 0) {
        const int to = std::clamp(page + by, 0, pages - 1);
        turned.speed = 0;
        turned.column = to % columns;
        if (to / columns != row)
            turned.offset = std::clamp(static_cast<float>(to / columns) * step, 0.F, most);
    }
    return {{area.x, area.y, area.w, view}, std::round(turned.offset), turned.column};
}

}  // namespace ui::widgets
