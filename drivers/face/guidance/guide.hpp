// From what was measured of one frame to one sentence for the citizen, worst first. Pure.
#pragma once

#include "domain/face_verdict.hpp"
#include "drivers/face/measures/distance.hpp"
#include "drivers/face/measures/facing.hpp"
#include "drivers/face/measures/light.hpp"

namespace drivers::face {

struct Measured {
    bool lens_covered = false;
    int people = 0;
    Light light = Light::good;
    bool back_lit = false;
    // Of the one face, where there is one.
    Distance distance = Distance::good;
    bool centred = true;
    Facing facing = Facing::good;
    bool eyes_seen = true;
    bool still = true;
    bool sharp = true;
};

domain::FaceMeasures guide(const Measured& measured);

}  // namespace drivers::face
