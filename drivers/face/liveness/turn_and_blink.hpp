// Does a person who is asked to turn the head or to blink do so? A pure state machine over what
// each frame showed: rest → asked → moved → back at rest, for each movement drawn. A photograph
// shows nothing and runs out of time; a recording does the wrong thing. One wrong movement or one
// lost face is forgiven, with movements drawn anew: people mix up left and right, or look away.
#pragma once

#include "base/clock.hpp"
#include "domain/face_verdict.hpp"
#include "drivers/face/face_models.hpp"
#include "drivers/face/liveness/movements.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace drivers::face {

struct MovementFrame {
    base::Millis at{};           // steady clock
    std::optional<FaceBox> box;  // none: nobody or several people
    double turn = 0;             // head_turn()
    double eyes = 1;             // how sure it is that they are open, 0…1, the mean of both
};

class TurnAndBlink {
  public:
    enum class State { asking, shown, failed };
    using Draw = std::function<std::vector<Movement>()>;

    // `limit` is for each movement, the way back included.
    TurnAndBlink(Draw draw, base::Millis limit, base::Millis now);

    State see(const MovementFrame& frame);
    domain::FaceGuidance prompt() const;  // what the person is asked now

  private:
    enum class Phase { resting, asked, moved };

    State began_anew(base::Millis at, bool same_face);
    void spare_blinks();
    bool is_continuous(const MovementFrame& frame) const;
    void rest(const MovementFrame& frame);
    bool count(bool holds, int frames);
    Movement asked() const;
    double wanted_turn(const MovementFrame& frame) const;

    const Draw draw_;
    const base::Millis limit_;
    std::vector<Movement> left_;  // the next one last
    Phase phase_ = Phase::resting;
    base::Millis asked_at_, seen_at_;
    std::optional<FaceBox> box_;
    std::optional<double> own_turn_;    // of this person looking ahead
    bool may_blink_ = true;             // the net sees this person's open eyes
    std::vector<double> turns_, eyes_;  // of frames at rest, until both are known
    int held_ = 0, wrong_held_ = 0;     // frames in a row
    int mistakes_ = 0;
};

}  // namespace drivers::face
