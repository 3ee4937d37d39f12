// From a sheet in a picture to a page: seen from above, with even light and sharper writing.
// Colours stay, for stamps are red. Pure. Fault: InternalError when the library refuses.
#pragma once

#include "drivers/document/sheet_finder.hpp"

namespace drivers::document {

struct PageSize {
    int width = 0;
    int height = 0;
};

// Width by height of the rectangle whose corners a camera sees there: perspective shortens what
// leans away, and the four corners tell by how much where the lens looks at the middle of the
// picture (Zhang and He, Whiteboard scanning and image enhancement, 2007).
double proportion(const Corners& corners, int picture_width, int picture_height);
// A sheet with nearly the proportions of A4 or of an identity card gets exactly those. The long
// side is at most `side_max` pixels and never more than the picture holds.
PageSize page_size(const Corners& corners, int picture_width, int picture_height, int side_max);

base::Result<domain::Picture> rectified(const domain::Picture& picture, const Corners& corners,
                                        PageSize size);
base::Result<domain::Picture> enhanced(const domain::Picture& page);

}  // namespace drivers::document
