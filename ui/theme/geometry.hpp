// Points and rectangles in panel pixels, y down. Plain values for any thread.
#pragma once

#include <algorithm>

namespace ui::theme {

struct Point {
    float x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    float centre_x() const { return x + w / 2; }
    float centre_y() const { return y + h / 2; }
    bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
    bool overlaps(const Rect& o) const {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
    Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
    Rect inset(float across, float down) const {
        return {x + across, y + down, w - 2 * across, h - 2 * down};
    }
    Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
    // The smallest rectangle round both; an empty one adds nothing.
    Rect joined(const Rect& o) const {
        if (o.w <= 0 || o.h <= 0) return *this;
        if (w <= 0 || h <= 0) return o;
        const float left = std::min(x, o.x), top = std::min(y, o.y);
        return {left, top, std::max(right(), o.right()) - left,
                std::max(bottom(), o.bottom()) - top};
    }
    friend bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace ui::theme
