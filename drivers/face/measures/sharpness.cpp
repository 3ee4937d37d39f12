#include "drivers/face/measures/sharpness.hpp"

#include "drivers/face/measures/luma.hpp"

namespace drivers::face {

double sharpness(const domain::Picture& picture, const FaceBox& face) {
    constexpr int columns = 96, rows = 128;
    const auto cells = luma_cells(picture, face, columns, rows);
    if (cells.empty()) return 0;
    const auto at = [&](int x, int y) { return cells[static_cast<std::size_t>(y * columns + x)]; };
    double sum = 0, squares = 0;
    for (int y = 1; y + 1 < rows; ++y)
        for (int x = 1; x + 1 < columns; ++x) {
            const double bend =
                at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
            sum += bend;
            squares += bend * bend;
        }
    constexpr double count = (columns - 2) * (rows - 2);
    return squares / count - sum / count * (sum / count);
}

}  // namespace drivers::face
