// Did the face hardly move since the frame before? Pure. The raw value is the way of its middle as
// a share of its height.
#pragma once

#include "drivers/face/face_models.hpp"

#include <cmath>

namespace drivers::face {

inline float way_between(const FaceBox& before, const FaceBox& now) {
    const float dx = before.left + before.width / 2 - now.left - now.width / 2;
    const float dy = before.top + before.height / 2 - now.top - now.height / 2;
    return now.height > 0 ? std::hypot(dx, dy) / now.height : 1;
}

inline bool is_still(const FaceBox& before, const FaceBox& now) {
    return way_between(before, now) < 0.12F;
}

}  // namespace drivers::face
