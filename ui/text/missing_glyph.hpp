// What stands for a character that no installed font has: its code point in a box, so that a person
// and a technician see which one it is (never an empty square or a question mark). Pure.
#pragma once

#include "ui/theme/geometry.hpp"

#include <string_view>
#include <vector>

namespace ui::text {

// What may be told about characters that no font has. Rare characters are those of people's names,
// and one of them can name a person in a village: so only the block of Unicode is told, which is
// what says which font to install.
struct MissingGlyphs {
    std::string_view block;  // of the names below
    int count = 0;           // different characters, each counted when first met
    friend bool operator==(const MissingGlyphs&, const MissingGlyphs&) = default;
};
// cjk, cjk_ext_a … cjk_ext_i, cjk_compatibility, private_use, plane_N. Blocks: Unicode 15.1.
std::string_view block_of(char32_t c);

// Filled rectangles inside `box`: a frame and the hexadecimal digits in two rows.
std::vector<theme::Rect> missing_glyph(char32_t c, theme::Rect box);

}  // namespace ui::text
