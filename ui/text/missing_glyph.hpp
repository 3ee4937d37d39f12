// What stands for a character that no installed font has: its code point in a box, so that a person
// and a technician see which one it is (never an empty square or a question mark). Pure.
#pragma once

#include "ui/theme/geometry.hpp"

#include <vector>

namespace ui::text {

// Filled rectangles inside `box`: a frame and the hexadecimal digits in two rows.
std::vector<theme::Rect> missing_glyph(char32_t c, theme::Rect box);

}  // namespace ui::text
