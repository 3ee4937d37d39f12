// Care of a panel that shows the same page for days (burn-in): what a page does while nobody
// touches it. Pure functions of how long that is; nothing happens in the first minutes, so no
// picture of a page depends on it.
#pragma once

#include "base/clock.hpp"

namespace ui::screens {

// How far the page stands from its place, in px: from minute 2 on another of eight steps on a small
// round every minute, so that no edge burns in.
struct Offset {
    int x = 0, y = 0;
    friend bool operator==(const Offset&, const Offset&) = default;
};
Offset resting_offset(base::Millis untouched);

// From minute 5 on the attract page stands instead, three minutes of four.
bool attracts(base::Millis untouched);
// Which of its places the words of the attract page have in this minute: 0 … 4, from the top down.
int attract_place(base::Millis untouched);
inline constexpr int attract_places = 5;

}  // namespace ui::screens
