// The five keys on the page that is shown: which stop they stand on, what select presses, and the
// ring round it, drawn here for every control and text alike (≥ 4 px in two colours, UX-186). Main
// thread, inside one frame.
#pragma once

#include "ui/widgets/context.hpp"
#include "ui/widgets/touch.hpp"

namespace ui::screens {

// Works through at most one key, against the tree the person heard. A select on a control is
// activated as if a finger had pressed it; every other key comes out as KeyUsed.
void work_keys(widgets::Context& c, const widgets::TouchRules& rules);

// After the page was drawn: finds the focus again, marks it in the tree and draws the ring.
void draw_key_focus(widgets::Context& c);

}  // namespace ui::screens
