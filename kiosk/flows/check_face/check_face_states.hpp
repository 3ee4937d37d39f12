#pragma once

#include "domain/face_verdict.hpp"
#include "flows/journey.hpp"

namespace flows {

// The consent page: two identical buttons.
struct ConsideringFace {
    Journey journey;
};

struct CheckingFace {
    Journey journey;
    domain::Ticket ticket;
    domain::FaceMeasures measures;
    int tries = 1;  // this one included
};

// One try failed; another, or another way.
struct FaceNotMatched {
    Journey journey;
    int tries = 1;
    bool unavailable =
        false;  // camera, models or photo decoder are missing: said, never skipped silently
};

}  // namespace flows
