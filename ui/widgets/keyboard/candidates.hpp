// The characters to choose from, in one row or more, with arrows to further ones; before anything
// is typed, what to do.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

void draw_candidates(Context& c, const screens::Field& field, Rect area, int rows, float gap);

}  // namespace ui::widgets
