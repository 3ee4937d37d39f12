// How what a panel says of a finger becomes where the finger is: six numbers in libinput's order
// and units (its calibration matrix: both are parts of the panel's width and height, 0 … 1, from
// the upper left corner), so that mirrored, turned and shifted panels are mended alike. Pure; any
// thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

struct PanelPoint {
    double x = 0, y = 0;  // parts of the panel's width and height
    friend bool operator==(const PanelPoint&, const PanelPoint&) = default;
};

struct TouchMatrix {
    // x = n[0] u + n[1] v + n[2], y = n[3] u + n[4] v + n[5]; as it is made: nothing is mended.
    std::array<double, 6> n{1, 0, 0, 0, 1, 0};
    friend bool operator==(const TouchMatrix&, const TouchMatrix&) = default;

    PanelPoint of(PanelPoint touched) const {
        return {n[0] * touched.x + n[1] * touched.y + n[2],
                n[3] * touched.x + n[4] * touched.y + n[5]};
    }
    double determinant() const { return n[0] * n[4] - n[1] * n[3]; }
    // Finite, within bounds, and no two touches come to lie on one place.
    bool is_usable() const;
};
// A panel whose numbers are beyond that tells too little of a finger to be mended by numbers.
inline constexpr double touch_number_max = 10, touch_determinant_least = 0.02;

// "1 0 0 0 1 0", with as many digits as matter. None: not six usable numbers.
std::optional<TouchMatrix> touch_matrix_from(std::string_view text);
std::string as_text(const TouchMatrix& matrix);

}  // namespace domain
