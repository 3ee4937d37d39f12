// What the face comparison says: never a bare bool, never a picture.
#pragma once

#include "domain/face_policy.hpp"

#include <cstdint>
#include <string_view>

namespace domain {

enum class FaceOutcome { match, no_match, cannot_assess };

// One sentence at a time: what keeps a frame from being compared, or, when a movement is asked for,
// that movement. Left and right are the person's own.
enum class FaceGuidance {
    none_in_view,
    lens_covered,
    several_in_view,
    too_far,
    too_near,
    off_centre,
    turn_to_camera,
    raise_head,
    lower_head,
    straighten_head,
    back_lit,
    too_dark,
    too_bright,
    show_eyes,
    hold_still,
    blurred,
    look_ahead,
    turn_left,
    turn_right,
    blink,
    liveness_unseen,  // of a verdict only: the movements or the model did not show a living person
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

enum class Liveness { not_asked, shown, not_shown };

struct FaceVerdict {
    FaceOutcome outcome = FaceOutcome::cannot_assess;
    FaceGuidance reason = FaceGuidance::good;  // of cannot_assess
    double score = 0;                          // cosine, −1…1
    double liveness = 0;                       // of the model, 0…1
    FaceBand band = FaceBand::no_match;
    Liveness alive = Liveness::not_asked;
    friend bool operator==(const FaceVerdict&, const FaceVerdict&) = default;
};

std::string_view name(FaceOutcome outcome);
std::string_view name(FaceBand band);
std::string_view name(Liveness liveness);

}  // namespace domain
