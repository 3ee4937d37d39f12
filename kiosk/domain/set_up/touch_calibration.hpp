// Where five crosses were shown and where the panel said that the finger was: the six numbers that
// mend it, by least squares. Crosses that were missed are told from a panel that is off, because
// five points are more than six numbers need. Pure; any thread.
#pragma once

#include "domain/touch_matrix.hpp"

#include <array>
#include <optional>
#include <vector>

namespace domain::set_up {

// Near the corners, in reading order, and the middle last.
inline constexpr std::array<PanelPoint, 5> crosses{
    PanelPoint{0.1, 0.1}, {0.9, 0.1}, {0.1, 0.9}, {0.9, 0.9}, {0.5, 0.5}};

enum class CalibrationFault {
    inconsistent,  // no six numbers bring all five to their crosses: one was missed
    degenerate     // they lie on a point or a line, or numbers beyond what is used come out
};

struct Calibration {
    TouchMatrix matrix;
    double before_mm = 0;                     // how far a touch was off at most
    double after_mm = 0;                      // what is left of it at the crosses
    std::optional<CalibrationFault> fault{};  // then the rest means nothing
    friend bool operator==(const Calibration&, const Calibration&) = default;
};

// What may be left at a cross. A finger that is a millimetre off leaves 1.6 at most.
inline constexpr double cross_mm_max = 2;

// `touched`: uncorrected, one for each cross; millimetres of the panel.
Calibration calibrate(const std::vector<PanelPoint>& touched, double width_mm, double height_mm);

}  // namespace domain::set_up
