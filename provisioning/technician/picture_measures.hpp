// What a camera's picture is worth, for who adjusts the camera. Pure.
#pragma once

#include "domain/picture.hpp"

namespace provisioning::technician {

// 0…255, over the whole picture.
double mean_luma(const domain::Picture& picture);
// How much neighbouring pixels of a row differ on average, in steps of luma: the sharper, the
// more. Only compares pictures of the same thing.
double sharpness(const domain::Picture& picture);

}  // namespace provisioning::technician
