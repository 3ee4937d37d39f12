#include "ui/shell/service_corner.hpp"

namespace ui::shell {

bool ServiceCorner::feed(const widgets::TouchEvent& event) {
    using widgets::TouchKind;
    switch (event.kind) {
        case TouchKind::down:
            if (!inside(event.at)) {
                reset();
                return false;
            }
            if (down_ || (done_ > 0 && event.when - last_ > longest_pause)) done_ = 0;
            down_ = true;
            since_ = event.when;
            return false;
        case TouchKind::move:
            if (down_ && !inside(event.at)) reset();
            return false;
        case TouchKind::cancel:
            reset();
            return false;
        case TouchKind::up:
            break;
    }
    if (!down_) return false;
    down_ = false;
    last_ = event.when;
    const auto held = event.when - since_;
    const bool last_one = done_ + 1 == taps;
    if (last_one && held >= shortest_hold && held <= longest_hold) {
        reset();
        return true;
    }
    // One more short tap than needed only moves the chain on.
    done_ = held <= longest_tap ? (last_one ? done_ : done_ + 1) : 0;
    return false;
}

}  // namespace ui::shell
