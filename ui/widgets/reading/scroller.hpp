// A window on something higher than itself: turned by buttons ≥ 20 mm, and pushed with a finger
// that goes 24 px or more up or down (UX-015). It runs on a little when it was thrown, except in
// elder mode. Main thread.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

struct Scrolled {
    Rect view;         // where the content shows
    float offset = 0;  // how much of it is above the view, px
    int column = 0;    // which of its columns is in the view
};

// Divides `area` into the view and, when the content is higher than it, the pager below. The view
// is a whole number of `line`s high, so that no line is cut while it stands still. Works through
// what the finger and the buttons did since the last frame. Content wider than the view is turned
// column by column before it goes down.
Scrolled scroll(Context& c, std::string_view id, Rect area, float content, float line,
                int columns = 1);

}  // namespace ui::widgets
