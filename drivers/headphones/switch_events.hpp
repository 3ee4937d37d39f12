// The kernel's input events (linux/input.h, struct input_event) of a jack's switch as bytes: EV_SW
// with SW_HEADPHONE_INSERT, 1 plugged, 0 not. Pure.
#pragma once

#include "base/bytes.hpp"

#include <optional>

namespace drivers::headphones {

// Takes bytes as they come, in any pieces; keeps what is no whole event yet.
class SwitchEvents {
  public:
    // What the jack's switch said last in these bytes; none when it said nothing.
    std::optional<bool> take(base::ByteView bytes);
    void forget() { rest_.clear(); }

  private:
    base::Bytes rest_;
};

base::Bytes switch_event(bool plugged);  // followed by its SYN_REPORT, as the kernel sends it

}  // namespace drivers::headphones
