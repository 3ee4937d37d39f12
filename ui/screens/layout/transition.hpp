// How a page takes the place of another (UX-273): its content comes out of the colour of the page
// in a fifth of a second. It is there and drawn from its first frame on, so nothing waits for it,
// and it stands before the page takes touches (TouchRules::settle). Times are of the frame's clock.
#pragma once

#include "base/clock.hpp"

#include <cstdint>

namespace ui::screens {

constexpr base::Millis page_comes_in{200};
// A control that was pressed for a moment only looks pressed for so long.
constexpr base::Millis press_is_seen{100};

// How much of the content the colour of the page still covers; 0 once it stands. The first frame
// already shows what is coming.
constexpr std::uint8_t veil(base::Millis since_change) {
    constexpr std::int64_t first = 204;  // four fifths
    if (since_change >= page_comes_in || since_change.count() < 0) return 0;
    return static_cast<std::uint8_t>(first * (page_comes_in - since_change).count() /
                                     page_comes_in.count());
}

}  // namespace ui::screens
