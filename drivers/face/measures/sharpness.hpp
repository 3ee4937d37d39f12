// Is the face in focus and still enough to show its details? Pure. The raw value is the variance of
// the Laplacian over the face made 96 × 128 cells of luma: in public samples 60 and more where they
// are sharp, 15 and less after a blur of 4 pixels on a face 200 pixels high.
#pragma once

#include "domain/picture.hpp"
#include "drivers/face/face_models.hpp"

namespace drivers::face {

double sharpness(const domain::Picture& picture, const FaceBox& face);  // 0 for a tiny face
inline bool is_sharp(double value) {
    return value > 16;
}

}  // namespace drivers::face
