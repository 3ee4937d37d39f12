// Does the face stand at the right distance and in the middle? Pure. The raw value is the face's
// height as a share of the frame's.
#pragma once

#include "drivers/face/face_models.hpp"

#include <cmath>

namespace drivers::face {

enum class Distance { too_far, good, too_near };

inline Distance judge_distance(const FaceBox& box, int frame_height) {
    const float share = box.height / static_cast<float>(frame_height);
    if (share < 0.22F) return Distance::too_far;
    return share > 0.75F ? Distance::too_near : Distance::good;
}

inline bool is_centred(const FaceBox& box, int frame_width, int frame_height) {
    const float x = (box.left + box.width / 2) / static_cast<float>(frame_width);
    const float y = (box.top + box.height / 2) / static_cast<float>(frame_height);
    return std::abs(x - 0.5F) < 0.22F && std::abs(y - 0.5F) < 0.25F;
}

// Whether it hardly moved since the frame before.
inline bool is_still(const FaceBox& before, const FaceBox& now) {
    const float dx = before.left + before.width / 2 - now.left - now.width / 2;
    const float dy = before.top + before.height / 2 - now.top - now.height / 2;
    return std::hypot(dx, dy) < 0.12F * now.height;
}

}  // namespace drivers::face
