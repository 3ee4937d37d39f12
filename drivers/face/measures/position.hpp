// Does the face stand in the middle? Pure. The raw values are the middle of its box as shares of
// the frame.
#pragma once

#include "drivers/face/face_models.hpp"

#include <cmath>

namespace drivers::face {

inline bool is_centred(const FaceBox& box, int frame_width, int frame_height) {
    const float x = (box.left + box.width / 2) / static_cast<float>(frame_width);
    const float y = (box.top + box.height / 2) / static_cast<float>(frame_height);
    return std::abs(x - 0.5F) < 0.22F && std::abs(y - 0.5F) < 0.25F;
}

}  // namespace drivers::face
