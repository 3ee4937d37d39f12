#include "drivers/face/measures/luma.hpp"

#include <algorithm>

namespace drivers::face {

namespace {

constexpr int step = 2;  // every other pixel is enough

struct Pixels {
    int left, top, right, bottom;
};

Pixels inside(const domain::Picture& picture, const FaceBox& area) {
    const int left = std::clamp(static_cast<int>(area.left), 0, picture.width);
    const int top = std::clamp(static_cast<int>(area.top), 0, picture.height);
    return {left, top, std::clamp(static_cast<int>(area.left + area.width), left, picture.width),
            std::clamp(static_cast<int>(area.top + area.height), top, picture.height)};
}

double luma_at(const domain::Picture& picture, int x, int y) {
    const auto* p = picture.rgb.data() +
                    (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                     static_cast<std::size_t>(x)) *
                        3;
    return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

struct Sum {
    double luma = 0;
    long count = 0;
};

Sum sum_of(const domain::Picture& picture, const Pixels& area) {
    Sum sum;
    for (int y = area.top; y < area.bottom; y += step)
        for (int x = area.left; x < area.right; x += step) {
            sum.luma += luma_at(picture, x, y);
            ++sum.count;
        }
    return sum;
}

}  // namespace

double mean_luma(const domain::Picture& picture, const FaceBox& area) {
    const auto sum = sum_of(picture, inside(picture, area));
    return sum.count > 0 ? sum.luma / static_cast<double>(sum.count) : 0;
}

double surrounding_luma(const domain::Picture& picture, const FaceBox& face) {
    const FaceBox grown{face.left - face.width / 2, face.top - face.height / 2, face.width * 2,
                        face.height * 2, 0};
    const auto all = sum_of(picture, inside(picture, grown));
    const auto inner = sum_of(picture, inside(picture, face));
    const long count = all.count - inner.count;
    return count > 0 ? (all.luma - inner.luma) / static_cast<double>(count) : 0;
}

std::vector<double> luma_cells(const domain::Picture& picture, const FaceBox& area, int columns,
                               int rows) {
    const auto pixels = inside(picture, area);
    const int width = pixels.right - pixels.left, height = pixels.bottom - pixels.top;
    if (width < columns || height < rows) return {};
    std::vector<double> cells;
    cells.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const int left = pixels.left + column * width / columns,
                      right = pixels.left + (column + 1) * width / columns,
                      top = pixels.top + row * height / rows,
                      bottom = pixels.top + (row + 1) * height / rows;
            double sum = 0;
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x) sum += luma_at(picture, x, y);
            cells.push_back(sum / ((right - left) * (bottom - top)));
        }
    return cells;
}

}  // namespace drivers::face
