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
}  // namespace

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
