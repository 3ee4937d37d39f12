#include "domain/strokes.hpp"

#include <cmath>

namespace domain {

double ink_mm(const Strokes& strokes) {
    const double width = strokes.width_mm, height = strokes.width_mm / strokes.aspect;
    double length = 0;
    for (const auto& line : strokes.lines)
        for (std::size_t i = 1; i < line.size(); ++i)
            length += std::hypot(static_cast<double>(line[i].x - line[i - 1].x) * width,
                                 static_cast<double>(line[i].y - line[i - 1].y) * height);
    return length;
}

bool is_a_signature(const Strokes& strokes) {
    constexpr double least_ink_mm = 30;
    return strokes.lines.size() >= 2 || ink_mm(strokes) >= least_ink_mm;
}

}  // namespace domain
