// Brightness of parts of a picture, which other measures are made of. Pure. Luma is 0…255.
#pragma once

#include "domain/picture.hpp"
#include "drivers/face/face_models.hpp"

#include <vector>

namespace drivers::face {

double mean_luma(const domain::Picture& picture, const FaceBox& area);
// Of what stands round the face: the box grown to twice its sides, without the box.
double surrounding_luma(const domain::Picture& picture, const FaceBox& face);
// The area as `columns` × `rows` cells, each the mean of its pixels, row by row; empty where the
// area has fewer pixels than cells.
std::vector<double> luma_cells(const domain::Picture& picture, const FaceBox& area, int columns,
                               int rows);

}  // namespace drivers::face
