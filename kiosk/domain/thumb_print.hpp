// A thumb print on paper, held to the camera: what is cut out of the frame, and whether it can be
// used. Pure; keeps nothing.
#pragma once

#include "domain/picture.hpp"

namespace domain {

// What is kept: the frame drawn on the preview, in grey.
inline constexpr int print_width = 160, print_height = 200;
// That frame stands in the middle of the camera's picture; its height in parts of the picture's.
inline constexpr double print_frame_height = 0.625;
inline constexpr double print_aspect = static_cast<double>(print_width) / print_height;

enum class PrintQuality {
    good,
    no_picture,  // the camera gave none
    too_dark,
    no_print,  // no ink in the frame, or all of it dark
    blurred,   // ink, but no ridges to be seen
};

struct ThumbPicture {
    PrintQuality quality = PrintQuality::no_picture;
    base::Secret<GreyPicture> print{};  // when good
};

// The picture must be larger than the print; a smaller one is no_picture.
ThumbPicture thumb_picture(const Picture& frame);

}  // namespace domain
