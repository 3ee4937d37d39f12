// Can the page be read? Pure; luma is 0…255. Each with its raw value.
#pragma once

#include "domain/picture.hpp"
#include "drivers/document/sheet_finder.hpp"

namespace drivers::document {

// The paper's brightness: the luma that a quarter of the page's pixels exceed.
double paper_luma(const domain::Picture& page);
inline bool is_too_dark(double paper) {
    return paper < 70;
}

// A mirrored lamp: the share of the page that is as bright as can be in one block, while the paper
// is not. White paper in good light is bright everywhere and shows none.
double glare_share(const domain::Picture& page, double paper);
inline bool has_glare(double share) {
    return share > 0.01;
}

// The steepest edges of the page, in luma between neighbours: the one that one pixel in fifty
// exceeds, as a share of the paper's brightness. Blank paper has none, in or out of focus: it is
// not blurred.
double edge_steepness(const domain::Picture& page, double paper);
inline bool is_blurred(double steepness) {
    return steepness > 0.02 && steepness < 0.12;
}

// Over the edge of the picture.
bool is_cut_off(const Corners& corners, int picture_width, int picture_height);
// Opposite sides of very different length: the sheet is seen from aside, its far part too small.
bool is_slanted(const Corners& corners);

}  // namespace drivers::document
