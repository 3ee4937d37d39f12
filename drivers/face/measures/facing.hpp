// Does the face look into the camera? Pure. The raw values are the three angles of the head.
#pragma once

#include "drivers/face/face_models.hpp"

#include <cmath>

namespace drivers::face {

inline bool is_facing(const HeadPose& pose) {
    constexpr double angle_max = 28;
    return std::abs(pose.yaw) < angle_max && std::abs(pose.pitch) < angle_max &&
           std::abs(pose.roll) < angle_max;
}

}  // namespace drivers::face
