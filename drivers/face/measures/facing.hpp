// Does the face look into the camera? Pure. The raw values are the three angles of the head; the
// net's pitch grows upwards (tried on public samples).
#pragma once

#include "drivers/face/face_models.hpp"

#include <cmath>

namespace drivers::face {

enum class Facing { good, aside, down, up, tilted };

inline Facing judge_facing(const HeadPose& pose) {
    constexpr double angle_max = 28;
    if (std::abs(pose.yaw) >= angle_max) return Facing::aside;
    if (pose.pitch <= -angle_max) return Facing::down;
    if (pose.pitch >= angle_max) return Facing::up;
    return std::abs(pose.roll) >= angle_max ? Facing::tilted : Facing::good;
}

}  // namespace drivers::face
