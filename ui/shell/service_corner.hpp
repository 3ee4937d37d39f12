// The way in for a technician, which no page shows and no voice tells (UX-250): four short taps in
// the upper left corner and a fifth that is held there for a second. Anything else on the panel in
// between, or hurrying, or dawdling, begins it anew, so that no wandering finger finds it (UX-251).
// Pure; times come with the touches.
#pragma once

#include "ui/widgets/touch.hpp"

namespace ui::shell {

class ServiceCorner {
  public:
    static constexpr int taps = 5;
    static constexpr float corner_mm = 20;
    static constexpr base::Millis longest_tap{600}, longest_pause{1500};
    static constexpr base::Millis shortest_hold{1000}, longest_hold{5000};

    explicit ServiceCorner(float px_per_mm) : edge_(corner_mm * px_per_mm) {}
    // True when this touch ended the chain.
    bool feed(const widgets::TouchEvent& event);
    void reset() { *this = ServiceCorner(*this, 0); }

  private:
    ServiceCorner(const ServiceCorner& other, int) : edge_(other.edge_) {}
    bool inside(theme::Point at) const { return at.x < edge_ && at.y < edge_; }

    float edge_;
    int done_ = 0;  // taps of the chain so far
    bool down_ = false;
    base::Millis since_{}, last_{};  // of the finger that is down; when the tap before ended
};

}  // namespace ui::shell
