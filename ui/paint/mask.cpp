#include "ui/paint/mask.hpp"

#include <algorithm>
#include <cmath>

namespace ui::paint {

using theme::Point;
using theme::Rect;

namespace {
constexpr int steps = 16;

// std::hypot guards against overflow, which pixels do not.
float length(float x, float y) {
    return std::sqrt(x * x + y * y);
}
}  // namespace

Mask::Mask(Rect bounds)
    : x_(static_cast<int>(std::floor(bounds.x)) - 1),
      y_(static_cast<int>(std::floor(bounds.y)) - 1),
      w_(static_cast<int>(std::ceil(bounds.right())) + 1 - x_),
      h_(static_cast<int>(std::ceil(bounds.bottom())) + 1 - y_),
      coverage_(static_cast<std::size_t>(std::max(0, w_)) *
                static_cast<std::size_t>(std::max(0, h_))) {}

void Mask::put(int x, int y, float coverage) {
    if (coverage <= 0) return;
    const auto level =
        static_cast<std::uint8_t>(std::min(coverage, 1.F) * static_cast<float>(steps) + 0.5F);
    auto& here = coverage_[static_cast<std::size_t>(y * w_ + x)];
    here = std::max(here, level);
}

void Mask::add_capsule(Point from, Point to, float radius) {
    const auto clamped = [](float value, int limit) {
        return std::clamp(static_cast<int>(std::floor(value)), 0, std::max(0, limit - 1));
    };
    const auto fx = static_cast<float>(x_), fy = static_cast<float>(y_);
    const int left = clamped(std::min(from.x, to.x) - radius - 1 - fx, w_);
    const int right = clamped(std::max(from.x, to.x) + radius + 1 - fx, w_);
    const int top = clamped(std::min(from.y, to.y) - radius - 1 - fy, h_);
    const int bottom = clamped(std::max(from.y, to.y) + radius + 1 - fy, h_);
    const float dx = to.x - from.x, dy = to.y - from.y;
    const float length2 = dx * dx + dy * dy;
    for (int y = top; y <= bottom; ++y) {
        for (int x = left; x <= right; ++x) {
            const float px = fx + static_cast<float>(x) + 0.5F - from.x;
            const float py = fy + static_cast<float>(y) + 0.5F - from.y;
            const float t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.F, 1.F) : 0;
            put(x, y, radius + 0.5F - length(px - t * dx, py - t * dy));
        }
    }
}

void Mask::add_convex(std::span<const Point> outline) {
    // Signed distance to every edge; the nearest one decides how much of the pixel is covered.
    float area = 0;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Point a = outline[i], b = outline[(i + 1) % outline.size()];
        area += a.x * b.y - b.x * a.y;
    }
    const float turn = area < 0 ? -1.F : 1.F;
    struct Edge {
        float nx, ny, d;
    };
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Point a = outline[i], b = outline[(i + 1) % outline.size()];
        const float size = length(b.x - a.x, b.y - a.y);
        if (size <= 0) continue;
        const float nx = -(b.y - a.y) / size * turn, ny = (b.x - a.x) / size * turn;
        edges.push_back({nx, ny, -(nx * a.x + ny * a.y)});
    }
    for (int y = 0; y < h_; ++y) {
        const float py = static_cast<float>(y_ + y) + 0.5F;
        // Where the row is touched at all, and where it is covered fully: only the rest needs care.
        float any_from = static_cast<float>(x_), any_to = static_cast<float>(x_ + w_);
        float full_from = any_from, full_to = any_to;
        for (const Edge& e : edges) {
            const float here = e.ny * py + e.d;
            if (std::abs(e.nx) < 1e-6F) {
                if (here <= -0.5F) any_to = any_from;
                if (here < 0.5F) full_to = full_from;
                continue;
            }
            const float any = (-0.5F - here) / e.nx, full = (0.5F - here) / e.nx;
            if (e.nx > 0) {
                any_from = std::max(any_from, any);
                full_from = std::max(full_from, full);
            } else {
                any_to = std::min(any_to, any);
                full_to = std::min(full_to, full);
            }
        }
        const auto column = [this](float x) {
            return std::clamp(static_cast<int>(std::floor(x)) - x_, 0, w_);
        };
        const int from = column(any_from), to = std::min(w_, column(any_to) + 1);
        for (int x = from; x < to; ++x) {
            const float px = static_cast<float>(x_ + x) + 0.5F;
            float inside = 1;
            if (px < full_from || px > full_to) {
                for (const Edge& e : edges)
                    inside = std::min(inside, e.nx * px + e.ny * py + e.d + 0.5F);
            }
            put(x, y, inside);
        }
    }
}

void Mask::add_ring(Point centre, Point outer, Point inner) {
    // Distance to an ellipse, good to a fraction of a pixel near its edge.
    const auto outside = [](float px, float py, Point r) {
        const float k = length(px / r.x, py / r.y);
        const float slope = length(px / (r.x * r.x), py / (r.y * r.y));
        return slope > 0 ? (k - 1) * k / slope : -std::min(r.x, r.y);
    };
    const bool hole = inner.x > 0 && inner.y > 0;
    // Half the width of an ellipse at a height, 0 beside it.
    const auto half_width = [](float py, Point r) {
        const float part = 1 - py * py / (r.y * r.y);
        return part > 0 ? r.x * std::sqrt(part) : 0.F;
    };
    constexpr float care = 2;
    for (int y = 0; y < h_; ++y) {
        const float py = static_cast<float>(y_ + y) + 0.5F - centre.y;
        const float inside = hole ? half_width(std::abs(py) + care, inner) - care : 0;
        const float reach = half_width(std::max(0.F, std::abs(py) - care), outer) + care;
        for (int x = 0; x < w_; ++x) {
            const float px = static_cast<float>(x_ + x) + 0.5F - centre.x;
            if (std::abs(px) < inside || std::abs(px) > reach) continue;
            float cover = 0.5F - outside(px, py, outer);
            if (hole && cover > 0) cover = std::min(cover, 0.5F + outside(px, py, inner));
            put(x, y, cover);
        }
    }
}

void Mask::runs(const Run& run) const {
    for (int y = 0; y < h_; ++y) {
        const std::uint8_t* row = &coverage_[static_cast<std::size_t>(y * w_)];
        for (int x = 0; x < w_;) {
            int end = x + 1;
            while (end < w_ && row[end] == row[x]) ++end;
            if (row[x] > 0)
                run(static_cast<float>(x_ + x), static_cast<float>(y_ + y),
                    static_cast<float>(end - x),
                    static_cast<float>(row[x]) / static_cast<float>(steps));
            x = end;
        }
    }
}

}  // namespace ui::paint
