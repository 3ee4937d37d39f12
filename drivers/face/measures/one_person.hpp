// Is exactly one person before the camera? Pure. Passers-by far behind do not count: a second face
// counts from a third of the first one's height. Other faces are counted, never compared.
#pragma once

#include "drivers/face/face_models.hpp"

#include <algorithm>
#include <vector>

namespace drivers::face {

// `faces` largest first, as detect() gives them.
inline int count_people(const std::vector<FaceBox>& faces) {
    return static_cast<int>(std::count_if(faces.begin(), faces.end(), [&](const FaceBox& face) {
        return face.height > faces.front().height / 3;
    }));
}

}  // namespace drivers::face
