// Coverage of a shape, pixel by pixel, smoothed at its edge. SDL's software renderer puts the
// corners of triangles on whole pixels, so round things made of triangles look broken on it; drawn
// as runs of equal coverage they are smooth and the same on every machine. Pure.
#pragma once

#include "ui/theme/geometry.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ui::paint {

class Mask {
  public:
    // Empty, over whole pixels that hold `bounds` and one more on each side.
    explicit Mask(theme::Rect bounds);

    // A thick line with round ends; overlapping pieces join without a seam.
    void add_capsule(theme::Point from, theme::Point to, float radius);
    void add_convex(std::span<const theme::Point> outline);
    // Between two ellipses about one centre; an inner radius below zero leaves no hole.
    void add_ring(theme::Point centre, theme::Point outer, theme::Point inner);

    // Each run of equal, visible coverage: x, y, length, 0…1.
    using Run = std::function<void(float x, float y, float length, float coverage)>;
    void runs(const Run& run) const;

  private:
    void put(int x, int y, float coverage);

    int x_, y_, w_, h_;
    std::vector<std::uint8_t> coverage_;  // 0…16
};

}  // namespace ui::paint
