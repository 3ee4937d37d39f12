// Draws one key or rows of them, and does what an activated one says.
#pragma once

#include "ui/widgets/keyboard/layouts.hpp"

namespace ui::widgets {

struct KeyGaps {
    float across, down;
};
// Its face only; the caller asks whether it was activated.
void draw_key_face(Context& c, const Key& key, Rect rect);
void draw_key(Context& c, const screens::Field& field, const Key& key, Rect rect);
// The rows share the height; a key is at most `tallest` high.
void draw_rows(Context& c, const screens::Field& field, const Layout& layout, Rect area,
               KeyGaps gaps, float tallest);

}  // namespace ui::widgets
