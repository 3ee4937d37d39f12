// What a terminal asks of a face: how alike it has to be, and whether and how it has to show that
// it is alive. From [face] of the configuration; the bounds are checked there.
#pragma once

#include "base/clock.hpp"

namespace domain {

// How alike two faces are: match; near = too alike for somebody else and not enough for a match;
// no_match.
enum class FaceBand { match, near, no_match };

// advisory: it is asked and said with the verdict, and never decides.
enum class LivenessDemand { off, advisory, required };
enum class LivenessMethod { model, turn_and_blink, both };

struct FacePolicy {
    // Cosines. Of the training profile, from figures of public samples (drivers/face/README.md): no
    // security figures.
    double match = 0.45;
    double near = 0.36;
    LivenessDemand liveness = LivenessDemand::advisory;
    LivenessMethod method = LivenessMethod::model;
    double liveness_threshold = 0.9;    // of the model, 0…1
    int movements = 2;                  // turns and blinks asked one after the other
    base::Millis movement_limit{8000};  // for each of them
    base::Millis limit{30000};          // for the whole check, steady time

    friend bool operator==(const FacePolicy&, const FacePolicy&) = default;
};

inline constexpr double face_match_least = 0.3, face_match_most = 0.9;
inline constexpr double face_near_least = 0.2;
inline constexpr double liveness_least = 0.5, liveness_most = 0.99;
inline constexpr int movements_least = 1, movements_most = 4;

inline FaceBand band_of(double score, const FacePolicy& policy) {
    if (score >= policy.match) return FaceBand::match;
    return score >= policy.near ? FaceBand::near : FaceBand::no_match;
}

}  // namespace domain
