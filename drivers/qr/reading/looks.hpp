// The ways a picture is looked at until a code is read in it: as it is first, then smaller,
// sharper, inverted, evened out. Pure: a grey picture in, another one out. OpenCV's exceptions end
// here.
#pragma once

#include "domain/picture.hpp"

#include <array>
#include <optional>

namespace drivers::qr {

enum class Look {
    half,            // large frames only, instead of the whole
    half_sharpened,  // noise and moiré average out, soft edges become steep
    inverted,        // light modules on a dark screen
    bright_half,     // faded print: the difference between paper and grey is doubled
    third,           // coarse dots of a print close up
    evened,          // local contrast: shadow and glare
    enlarged,        // modules of less than two pixels; only small pictures
    quarter,
};
// In the order in which they are worth their time on photographs (tests/bench/run qr).
inline constexpr std::array all_looks{Look::half_sharpened, Look::inverted, Look::bright_half,
                                      Look::third,          Look::evened,   Look::enlarged,
                                      Look::quarter};

// Empty for a damaged picture.
domain::GreyPicture grey_of(const domain::Picture& picture);
// None where the look makes no sense for a picture of this size.
std::optional<domain::GreyPicture> look_at(const domain::GreyPicture& picture, Look look);

}  // namespace drivers::qr
