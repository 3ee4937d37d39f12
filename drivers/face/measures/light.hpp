// Is the face lit well enough? Pure. The raw value is the mean luma of the face, 0…255.
#pragma once

namespace drivers::face {

enum class Light { too_dark, good, too_bright };

inline Light judge_light(double face_luma) {
    if (face_luma < 55) return Light::too_dark;
    return face_luma > 225 ? Light::too_bright : Light::good;
}

}  // namespace drivers::face
