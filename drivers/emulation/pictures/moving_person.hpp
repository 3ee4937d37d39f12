// What a person before the emulated camera does, and the light they stand in, made out of one still
// picture: rough, but enough for the nets to see it. Pure.
#pragma once

#include "domain/picture.hpp"
#include "drivers/emulation/picture_tools.hpp"

namespace drivers::emulation {

struct Eyes {  // the middles of both and the width of one, in pixels
    double left_x = 0, left_y = 0, right_x = 0, right_y = 0, width = 0;
};

// The head as a cylinder turned about its axis; above 0 to the right of the picture.
domain::Picture turned_head(const domain::Picture& room, Area face, double degrees);
// Lids over the eyes, of the skin below them.
domain::Picture closed_eyes(domain::Picture room, const Eyes& eyes);
// A bright window behind a person who is dark before it.
domain::Picture before_a_window(domain::Picture room, Area face);
domain::Picture out_of_focus(const domain::Picture& room, int reach);  // pixels

}  // namespace drivers::emulation
