// Where sheets of paper lie in a picture. Pure. Fault: InternalError when the library refuses.
#pragma once

#include "base/result.hpp"
#include "domain/picture.hpp"

#include <array>
#include <vector>

namespace drivers::document {

struct Corner {  // in pixels of the picture
    double x = 0;
    double y = 0;
};

// Upper left, upper right, lower right, lower left as it lies in the picture.
using Corners = std::array<Corner, 4>;

struct FoundSheet {
    Corners corners;
    double share = 0;  // of the picture's area
};

// Largest first. A sheet is a bright area with four straight sides on a darker ground; smaller than
// a fiftieth of the picture it is none.
base::Result<std::vector<FoundSheet>> find_sheets(const domain::Picture& picture);

}  // namespace drivers::document
