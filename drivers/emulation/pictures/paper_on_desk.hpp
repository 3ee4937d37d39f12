// A desk under the document camera with paper on it, drawn by arithmetic: lines that stand for
// writing, a red seal, nothing that says anything. Pure.
#pragma once

#include "domain/picture.hpp"

#include <array>
#include <utility>

namespace drivers::emulation {

inline constexpr int desk_width = 1280;
inline constexpr int desk_height = 960;

enum class DeskScene {
    a4_sheet,
    tilted,  // turned and a little from aside
    two_sheets,
    nothing,
    glare,
    cut_off,
    slanted,  // from far aside
    dark,
    blurred
};

domain::Picture desk(DeskScene scene);

// What is drawn: the page, and where its corners lie (upper left, upper right, lower right, lower
// left as it is read), so that what is found can be compared with what is there.
using PagePoints = std::array<std::pair<double, double>, 4>;
domain::Picture written_page();
PagePoints page_corners(DeskScene scene);

}  // namespace drivers::emulation
