// Does the face stand at the right distance? Pure. The raw value is the face's height as a share of
// the frame's.
#pragma once

#include "drivers/face/face_models.hpp"

namespace drivers::face {

enum class Distance { too_far, good, too_near };

inline Distance judge_distance(const FaceBox& box, int frame_height) {
    const float share = box.height / static_cast<float>(frame_height);
    if (share < 0.22F) return Distance::too_far;
    return share > 0.75F ? Distance::too_near : Distance::good;
}

}  // namespace drivers::face
