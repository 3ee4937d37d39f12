// Are the eyes seen? Pure. The raw value is how sure the net is that each eye is open. Dark
// glasses, hair and closed lids look alike to it, and of some people it never sees open eyes: who
// checks must not insist.
#pragma once

#include "drivers/face/face_models.hpp"

namespace drivers::face {

inline bool are_eyes_seen(const EyesOpen& eyes) {
    return eyes.left > 0.3 || eyes.right > 0.3;
}

}  // namespace drivers::face
