// Two pictures compared as the face check compares them: score, band and reason. What
// `kiosk-technician compare-faces A B` prints. Pure but for the nets; one thread at a time.
// Faults: FaceModelsAbsent (load() of the models, or a net that does not run).
#pragma once

#include "domain/face_policy.hpp"
#include "drivers/face/face_models.hpp"

#include <string_view>

namespace drivers::face {

// Why the comparison says what it says; with no score when there was nothing to compare.
enum class ComparisonReason {
    alike,         // band match
    nearly_alike,  // band near
    not_alike,     // band no_match
    no_face_in_a,  // no score from here on, band no_match
    no_face_in_b,
    several_in_a,
    several_in_b,
    picture_empty,  // a picture without pixels
};

struct PictureComparison {
    double score = 0;  // cosine, −1…1
    domain::FaceBand band = domain::FaceBand::no_match;
    ComparisonReason reason = ComparisonReason::picture_empty;
    bool has_score = false;
};

base::Result<PictureComparison> compare_pictures(FaceModels& models, const domain::Picture& a,
                                                 const domain::Picture& b,
                                                 const domain::FacePolicy& policy = {});

std::string_view name(ComparisonReason reason);
std::string_view name(domain::FaceBand band);

}  // namespace drivers::face
