// A drawing of this machine on a grid of its own: the body, the screen, and the devices where the
// configuration says they are. Where things stand is pure; Sketch takes it to the panel. Main
// thread.
#pragma once

#include "domain/device_places.hpp"
#include "ui/widgets/context.hpp"

#include <optional>

namespace ui::widgets {

inline constexpr float sketch_w = 700, sketch_h = 470;
inline constexpr float machine_w = 402, machine_h = 460;  // the body alone

// In grid units.
struct MachinePlan {
    Rect body, screen;
    Rect reader, slot, camera, headphones;
    std::optional<Rect> slips;  // where the terminal has a receipt printer
};
MachinePlan plan_of(const domain::DevicePlaces& places, bool receipt_printer);

// Grid units to the panel.
class Sketch {
  public:
    Sketch(Context& c, Rect area, float w = sketch_w, float h = sketch_h);
    Rect at(Rect r) const {
        return {x_ + r.x * scale_, y_ + r.y * scale_, r.w * scale_, r.h * scale_};
    }
    Point at(float x, float y) const { return {x_ + x * scale_, y_ + y * scale_}; }
    float size(float units) const { return units * scale_; }
    void fill(Rect r, Colour colour, float radius);
    void box(Rect r, Colour ground, Colour edge, float radius);

  private:
    Context& c_;
    float scale_ = 1, x_ = 0, y_ = 0;
};

enum class Marked { reader, slot, camera, headphones };
void draw_machine(Context& c, Sketch& s, const MachinePlan& plan, Marked marked);
// The machine alone and small, in place of an icon.
void draw_small_machine(Context& c, Rect area, const screens::Outlet& outlet);

}  // namespace ui::widgets
