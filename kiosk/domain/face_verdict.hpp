// What the face comparison says: never a bare bool, never a picture.
#pragma once

#include <cstdint>
#include <string_view>

namespace domain {

enum class FaceOutcome { match, no_match, cannot_assess };

// One sentence of guidance at a time, worst first.
enum class FaceGuidance {
    none_in_view,
    several_in_view,
    too_far,
    too_near,
    off_centre,
    turn_to_camera,
    too_dark,
    too_bright,
    hold_still,
    good
};

// The four checks under the preview, as drawn.
struct FaceMeasures {
    FaceGuidance guidance = FaceGuidance::none_in_view;
    bool light_good = false;
    bool distance_good = false;
    bool one_person = false;
    bool facing = false;
    friend bool operator==(const FaceMeasures&, const FaceMeasures&) = default;
};

struct FaceVerdict {
    FaceOutcome outcome = FaceOutcome::cannot_assess;
    FaceGuidance reason = FaceGuidance::good;  // of cannot_assess
    double score = 0;                          // cosine, −1…1
    double liveness = 0;                       // 0…1, advisory
    friend bool operator==(const FaceVerdict&, const FaceVerdict&) = default;
};

std::string_view name(FaceOutcome outcome);

}  // namespace domain
