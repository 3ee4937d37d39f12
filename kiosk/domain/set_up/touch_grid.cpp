#include "domain/set_up/touch_grid.hpp"

#include <algorithm>
#include <cmath>

namespace domain::set_up {

TouchGrid::TouchGrid(double width_mm, double height_mm)
    : columns_(std::max(1, static_cast<int>(std::ceil(width_mm / cell_mm_max)))),
      rows_(std::max(1, static_cast<int>(std::ceil(height_mm / cell_mm_max)))),
      touched_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), false) {}

bool TouchGrid::touched(int column, int row) const {
    return touched_.at(static_cast<std::size_t>(row * columns_ + column));
}

void TouchGrid::touch(float x, float y) {
    const auto cell = [](float at, int count) {
        return std::clamp(static_cast<int>(at * static_cast<float>(count)), 0, count - 1);
    };
    touched_.at(static_cast<std::size_t>(cell(y, rows_) * columns_ + cell(x, columns_))) = true;
}

void TouchGrid::sweep(const Strokes& strokes) {
    if (columns_ == 0) return;
    for (const auto& line : strokes.lines)
        for (std::size_t i = 0; i < line.size(); ++i) {
            const auto& to = line[i];
            const auto& from = i == 0 ? to : line[i - 1];
            const float far = std::max(std::abs(to.x - from.x) * static_cast<float>(columns_),
                                       std::abs(to.y - from.y) * static_cast<float>(rows_));
            const int steps = std::max(1, static_cast<int>(std::ceil(far * 4)));
            for (int step = 0; step <= steps; ++step) {
                const float part = static_cast<float>(step) / static_cast<float>(steps);
                touch(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
            }
        }
}

int TouchGrid::left() const {
    return static_cast<int>(std::ranges::count(touched_, false));
}

std::vector<std::string> TouchGrid::missed() const {
    std::vector<std::string> out;
    for (int row = 0; row < rows_; ++row)
        for (int column = 0; column < columns_; ++column)
            if (!touched(column, row))
                out.push_back(std::to_string(column + 1) + "-" + std::to_string(row + 1));
    return out;
}

double drift_mm(const Strokes& strokes, double width_mm, double height_mm) {
    const double length = std::hypot(width_mm, height_mm);
    double most = 0, first = length, last = 0;
    for (const auto& line : strokes.lines)
        for (const auto& point : line) {
            const double x = static_cast<double>(point.x) * width_mm;
            const double y = static_cast<double>(point.y) * height_mm;
            most = std::max(most, std::abs(x * height_mm - y * width_mm) / length);
            const double along = (x * width_mm + y * height_mm) / length;
            first = std::min(first, along);
            last = std::max(last, along);
        }
    return last - first < length / 2 ? -1 : most;
}

}  // namespace domain::set_up
