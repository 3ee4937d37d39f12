// The pad of the handwriting: shows the strokes as they are written and asks for candidates when
// one was lifted.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

void draw_writing_pad(Context& c, Rect area);

}  // namespace ui::widgets
