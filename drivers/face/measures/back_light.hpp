// Does the light come from behind? Pure. The raw values are the mean luma of the face and of what
// stands round it: a window behind a person makes the camera darken both.
#pragma once

namespace drivers::face {

inline bool is_back_lit(double face_luma, double surrounding_luma) {
    constexpr double bright_from = 140, face_share = 0.4;
    return surrounding_luma > bright_from && face_luma < surrounding_luma * face_share;
}

}  // namespace drivers::face
