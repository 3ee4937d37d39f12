// One camera frame looked at with the nets: what guides the person, or, while they are asked to
// move, only what the movements need. Worker thread of who owns the models. Faults:
// FaceModelsAbsent.
#pragma once

#include "domain/face_verdict.hpp"
#include "drivers/face/face_models.hpp"
#include "drivers/face/liveness/turn_and_blink.hpp"

#include <optional>

namespace drivers::face {

struct Look {
    domain::FaceMeasures measures;
    std::optional<FaceBox> box;       // the largest face
    std::optional<Landmarks> points;  // of a face whose eyes were looked at
    bool good() const { return measures.guidance == domain::FaceGuidance::good; }
};

struct LookOptions {
    bool lens_covered = false;  // what the camera says of itself
    bool ask_for_eyes = true;
};

base::Result<Look> look_at(FaceModels& models, const domain::Picture& picture,
                           const std::optional<FaceBox>& before, const LookOptions& options);

base::Result<MovementFrame> look_for_movement(FaceModels& models, const domain::Picture& picture,
                                              base::Millis taken);

}  // namespace drivers::face
