#include "ui/text/missing_glyph.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace ui::text {

namespace {
// 3 × 5 dots per digit, rows from the top, the highest bit is the left dot.
constexpr std::array<std::array<std::uint8_t, 5>, 16> digits = {{
    {7, 5, 5, 5, 7},
    {2, 6, 2, 2, 7},
    {7, 1, 7, 4, 7},
    {7, 1, 7, 1, 7},
    {5, 5, 7, 1, 1},
    {7, 4, 7, 1, 7},
    {7, 4, 7, 5, 7},
    {7, 1, 1, 1, 1},
    {7, 5, 7, 5, 7},
    {7, 5, 7, 1, 7},
    {7, 5, 7, 5, 5},
    {6, 5, 6, 5, 6},
    {7, 4, 4, 4, 7},
    {6, 5, 5, 5, 6},
    {7, 4, 7, 4, 7},
    {7, 4, 7, 4, 4},
}};
struct Block {
    char32_t first, last;
    std::string_view name;
};
constexpr std::array<Block, 14> blocks = {{
    {0x3400, 0x4DBF, "cjk_ext_a"},
    {0x4E00, 0x9FFF, "cjk"},
    {0xE000, 0xF8FF, "private_use"},
    {0xF900, 0xFAFF, "cjk_compatibility"},
    {0x20000, 0x2A6DF, "cjk_ext_b"},
    {0x2A700, 0x2B73F, "cjk_ext_c"},
    {0x2B740, 0x2B81F, "cjk_ext_d"},
    {0x2B820, 0x2CEAF, "cjk_ext_e"},
    {0x2CEB0, 0x2EBEF, "cjk_ext_f"},
    {0x2EBF0, 0x2EE5F, "cjk_ext_i"},
    {0x2F800, 0x2FA1F, "cjk_compatibility"},
    {0x30000, 0x3134F, "cjk_ext_g"},
    {0x31350, 0x323AF, "cjk_ext_h"},
    {0xF0000, 0x10FFFF, "private_use"},
}};
constexpr std::array<std::string_view, 15> planes = {
    "plane_0", "plane_1", "plane_2",  "plane_3",  "plane_4",  "plane_5",  "plane_6", "plane_7",
    "plane_8", "plane_9", "plane_10", "plane_11", "plane_12", "plane_13", "plane_14"};
}  // namespace

std::string_view block_of(char32_t c) {
    for (const Block& block : blocks)
        if (c >= block.first && c <= block.last) return block.name;
    return planes.at(c >> 16U);
}

std::vector<theme::Rect> missing_glyph(char32_t c, theme::Rect box) {
    std::vector<theme::Rect> parts;
    const float line = std::max(1.0F, std::round(box.h / 24));
    const theme::Rect frame = box.inset(line);
    parts.push_back({frame.x, frame.y, frame.w, line});
    parts.push_back({frame.x, frame.bottom() - line, frame.w, line});
    parts.push_back({frame.x, frame.y, line, frame.h});
    parts.push_back({frame.right() - line, frame.y, line, frame.h});

    const int count = c > 0xFFFF ? 6 : 4;
    const int columns = count / 2;
    // Each digit takes 3 + 1 dots across and 5 + 1 down.
    const float dot = std::max(
        1.0F, std::floor(std::min((frame.w - 4 * line) / static_cast<float>(columns * 4 - 1),
                                  (frame.h - 4 * line) / 11)));
    const float left = std::round(box.centre_x() - dot * static_cast<float>(columns * 4 - 1) / 2);
    const float top = std::round(box.centre_y() - dot * 11 / 2);
    for (int i = 0; i < count; ++i) {
        const auto& rows = digits[c >> 4 * (count - 1 - i) & 15];
        const float x = left + dot * 4 * static_cast<float>(i % columns);
        const float y = top + dot * 6 * static_cast<float>(i / columns);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (int column = 0; column < 3; ++column) {
                if (rows[row] >> (2 - column) & 1)
                    parts.push_back({x + dot * static_cast<float>(column),
                                     y + dot * static_cast<float>(row), dot, dot});
            }
        }
    }
    return parts;
}

}  // namespace ui::text
