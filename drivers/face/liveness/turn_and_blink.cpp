#include "drivers/face/liveness/turn_and_blink.hpp"

#include "drivers/face/measures/stillness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace drivers::face {

namespace {

// Of head_turn(): a head turned by 25° and more moves it by 0.1 to 0.3; at rest it wavers by 0.03.
constexpr double turned_from = 0.13, at_rest_below = 0.07;
constexpr double closed_below = 0.35, open_from = 0.6;
constexpr int rest_frames = 5, moved_frames = 2, back_frames = 3;
constexpr int mistakes_allowed = 1;
constexpr float jump = 0.6F;           // heights of the face from one frame to the next
constexpr float other_size = 1.5F;     // of the face before
constexpr base::Millis face_gap{700};  // so long it may be lost, as when turned far aside

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double spread(const std::vector<double>& values) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return *most - *least;
}

std::vector<Movement> reversed(std::vector<Movement> movements) {
    std::reverse(movements.begin(), movements.end());
    return movements;
}

}  // namespace

TurnAndBlink::TurnAndBlink(Draw draw, base::Millis limit, base::Millis now)
    : draw_(std::move(draw)),
      limit_(limit),
      left_(reversed(draw_())),
      asked_at_(now),
      seen_at_(now) {}

TurnAndBlink::State TurnAndBlink::see(const MovementFrame& frame) {
    if (left_.empty()) return State::shown;
    if (mistakes_ > mistakes_allowed || frame.at - asked_at_ > limit_) return State::failed;
    if (!frame.box)
        return frame.at - seen_at_ > face_gap ? began_anew(frame.at, false) : State::asking;
    if (!is_continuous(frame)) return began_anew(frame.at, false);
    seen_at_ = frame.at;
    box_ = frame.box;
    const double wanted = wanted_turn(frame);
    switch (phase_) {
        case Phase::resting:
            rest(frame);
            break;
        case Phase::asked:
            wrong_held_ = wanted <= -turned_from ? wrong_held_ + 1 : 0;
            if (wrong_held_ >= moved_frames) return began_anew(frame.at, true);
            if (asked() == Movement::blink ? count(frame.eyes < closed_below, moved_frames)
                                           : count(wanted >= turned_from, moved_frames))
                phase_ = Phase::moved;
            break;
        case Phase::moved:
            if (!count(std::abs(frame.turn - *own_turn_) < at_rest_below &&
                           (asked() != Movement::blink || frame.eyes >= open_from),
                       back_frames))
                break;
            left_.pop_back();
            phase_ = Phase::asked;
            asked_at_ = frame.at;
            break;
    }
    return left_.empty() ? State::shown : State::asking;
}

domain::FaceGuidance TurnAndBlink::prompt() const {
    if (left_.empty() || phase_ != Phase::asked) return domain::FaceGuidance::look_ahead;
    switch (asked()) {
        case Movement::turn_left:
            return domain::FaceGuidance::turn_left;
        case Movement::turn_right:
            return domain::FaceGuidance::turn_right;
        case Movement::blink:
            break;
    }
    return domain::FaceGuidance::blink;
}

// Another order is drawn. Another face has to show first how it looks ahead.
TurnAndBlink::State TurnAndBlink::began_anew(base::Millis at, bool same_face) {
    if (++mistakes_ > mistakes_allowed) return State::failed;
    left_ = reversed(draw_());
    phase_ = Phase::resting;
    asked_at_ = seen_at_ = at;
    held_ = wrong_held_ = 0;
    turns_.clear();
    eyes_.clear();
    box_.reset();
    if (!same_face) own_turn_.reset();
    if (own_turn_) spare_blinks();
    return State::asking;
}

// Whose open eyes the net does not see is asked to turn instead.
void TurnAndBlink::spare_blinks() {
    if (may_blink_) return;
    for (std::size_t i = 0; i < left_.size(); ++i)
        if (left_[i] == Movement::blink)
            left_[i] = i > 0 && left_[i - 1] == Movement::turn_left ? Movement::turn_right
                                                                    : Movement::turn_left;
}

// Whether it can be the face of the frame before.
bool TurnAndBlink::is_continuous(const MovementFrame& frame) const {
    if (!box_) return true;
    const float size = frame.box->height / box_->height;
    return way_between(*box_, *frame.box) < jump && size < other_size && size > 1 / other_size;
}

void TurnAndBlink::rest(const MovementFrame& frame) {
    if (own_turn_) {
        if (count(std::abs(frame.turn - *own_turn_) < at_rest_below, back_frames)) {
            phase_ = Phase::asked;
            asked_at_ = frame.at;
        }
        return;
    }
    turns_.push_back(frame.turn);
    eyes_.push_back(frame.eyes);
    if (turns_.size() < rest_frames) return;
    if (spread(turns_) < at_rest_below) {
        own_turn_ = mean(turns_);
        may_blink_ = mean(eyes_) >= open_from;
        phase_ = Phase::asked;
        asked_at_ = frame.at;
        spare_blinks();
    }
    turns_.erase(turns_.begin());
    eyes_.erase(eyes_.begin());
}

// So many frames in a row; then the count starts anew.
bool TurnAndBlink::count(bool holds, int frames) {
    held_ = holds ? held_ + 1 : 0;
    if (held_ < frames) return false;
    held_ = 0;
    return true;
}

Movement TurnAndBlink::asked() const {
    return left_.back();
}

// How far the head is turned where it was asked to; 0 while it is not asked to turn.
double TurnAndBlink::wanted_turn(const MovementFrame& frame) const {
    if (!own_turn_ || asked() == Movement::blink) return 0;
    const double turn = frame.turn - *own_turn_;
    return asked() == Movement::turn_left ? turn : -turn;
}

}  // namespace drivers::face
