// The rooms round the blocks of a page: band and header above, the utility bar below or, where
// height is scarce, beside them. Pure; main thread.
#pragma once

#include "ui/screens/screen.hpp"
#include "ui/widgets/context.hpp"

namespace ui::screens {

struct PageFrame {
    theme::Rect band, header, steps, content, speech, utility;  // of no height where absent
};
PageFrame frame_of(const widgets::Context& c, const Screen& screen);

// In the order of the focus: what stands above the blocks, then what comes after them.
void draw_above(widgets::Context& c, const Screen& screen, const PageFrame& frame);
void draw_after(widgets::Context& c, const Screen& screen, const PageFrame& frame);

}  // namespace ui::screens
