#include "domain/set_up/touch_calibration.hpp"

#include <algorithm>
#include <cmath>

namespace domain::set_up {

namespace {

// Less than two hundredths of the panel apart in some direction: no two places can be told.
constexpr double spread_least = 0.02;

PanelPoint mean_of(const std::vector<PanelPoint>& points) {
    PanelPoint sum;
    for (const auto& p : points) sum = {sum.x + p.x, sum.y + p.y};
    const auto count = static_cast<double>(points.size());
    return {sum.x / count, sum.y / count};
}

double far_mm(PanelPoint a, PanelPoint b, double width_mm, double height_mm) {
    return std::hypot((a.x - b.x) * width_mm, (a.y - b.y) * height_mm);
}

}  // namespace

Calibration calibrate(const std::vector<PanelPoint>& touched, double width_mm, double height_mm) {
    Calibration out;
    const auto refused = [&](CalibrationFault fault) {
        out.fault = fault;
        return out;
    };
    if (touched.size() != crosses.size()) return refused(CalibrationFault::degenerate);
    const std::vector<PanelPoint> wanted(crosses.begin(), crosses.end());
    const auto from = mean_of(touched), to = mean_of(wanted);
    // The normal equations around the two means: a 2 × 2 for each of the two lines of numbers.
    double uu = 0, uv = 0, vv = 0, xu = 0, xv = 0, yu = 0, yv = 0;
    for (std::size_t i = 0; i < crosses.size(); ++i) {
        const double u = touched[i].x - from.x, v = touched[i].y - from.y;
        const double x = wanted[i].x - to.x, y = wanted[i].y - to.y;
        uu += u * u;
        uv += u * v;
        vv += v * v;
        xu += x * u;
        xv += x * v;
        yu += y * u;
        yv += y * v;
    }
    const double determinant = uu * vv - uv * uv;
    const double narrowest = (uu + vv) / 2 - std::hypot((uu - vv) / 2, uv);
    if (!std::isfinite(determinant) ||
        narrowest < static_cast<double>(crosses.size()) * spread_least * spread_least)
        return refused(CalibrationFault::degenerate);
    auto& n = out.matrix.n;
    n[0] = (xu * vv - xv * uv) / determinant;
    n[1] = (xv * uu - xu * uv) / determinant;
    n[3] = (yu * vv - yv * uv) / determinant;
    n[4] = (yv * uu - yu * uv) / determinant;
    n[2] = to.x - n[0] * from.x - n[1] * from.y;
    n[5] = to.y - n[3] * from.x - n[4] * from.y;
    for (std::size_t i = 0; i < crosses.size(); ++i) {
        out.before_mm = std::max(out.before_mm, far_mm(touched[i], wanted[i], width_mm, height_mm));
        out.after_mm = std::max(out.after_mm,
                                far_mm(out.matrix.of(touched[i]), wanted[i], width_mm, height_mm));
    }
    if (out.after_mm > cross_mm_max) return refused(CalibrationFault::inconsistent);
    if (!out.matrix.is_usable()) return refused(CalibrationFault::degenerate);
    return out;
}

}  // namespace domain::set_up
