#pragma once

#include "domain/face_verdict.hpp"
#include "flows/journey.hpp"

#include <optional>

namespace flows {

inline constexpr int face_tries_allowed = 3;

// The consent page: two identical buttons.
struct ConsideringFace {
    Journey journey;
};

struct CheckingFace {
    Journey journey;
    domain::Ticket ticket;
    domain::FaceMeasures measures;
};

// One try failed; another, or another way.
struct FaceNotMatched {
    Journey journey;
    bool unavailable =
        false;  // camera, models or photo decoder are missing: said, never skipped silently
    std::optional<domain::FaceGuidance> reason{};  // what would have helped, where that is known
};

}  // namespace flows
