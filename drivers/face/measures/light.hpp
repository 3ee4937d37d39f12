// Is the face lit well enough? Pure. The raw value is the mean luma of the face, 0…255.
#pragma once

#include "domain/picture.hpp"
#include "drivers/face/face_models.hpp"

namespace drivers::face {

enum class Light { too_dark, good, too_bright };

double mean_luma(const domain::Picture& picture, const FaceBox& area);
Light judge_light(double luma);

}  // namespace drivers::face
