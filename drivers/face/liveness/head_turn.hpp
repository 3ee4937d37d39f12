// How far a head is turned aside, from its 68 points. Pure. The raw value is where the tip of the
// nose stands along the line of the eyes, in widths of the eyes, measured in the frame that eyes
// and mouth span; above 0 the head is turned to the person's own left. The nose stands out of that
// frame, so a turned head moves it. However a flat photograph is shifted, turned or tilted, all its
// points stay in one plane and the value stays what it was.
#pragma once

#include "drivers/face/face_models.hpp"

#include <cmath>

namespace drivers::face {

inline double head_turn(const Landmarks& points) {
    constexpr std::size_t eye_a = 36, eye_b = 45, nose = 30, mouth_a = 48, mouth_b = 54;
    const double eyes_x = double(points[eye_a].x + points[eye_b].x) / 2,
                 eyes_y = double(points[eye_a].y + points[eye_b].y) / 2;
    const double along_x = double(points[eye_b].x - points[eye_a].x),
                 along_y = double(points[eye_b].y - points[eye_a].y);
    const double down_x = double(points[mouth_a].x + points[mouth_b].x) / 2 - eyes_x,
                 down_y = double(points[mouth_a].y + points[mouth_b].y) / 2 - eyes_y;
    const double spread = along_x * down_y - along_y * down_x;
    if (std::abs(spread) < 1) return 0;  // no face looks like that
    const double nose_x = double(points[nose].x) - eyes_x, nose_y = double(points[nose].y) - eyes_y;
    return (nose_x * down_y - nose_y * down_x) / spread;
}

}  // namespace drivers::face
