#include "drivers/supervision/circuit_breaker.hpp"

#include <algorithm>

namespace drivers::supervision {

void CircuitBreaker::failed(base::Millis now) {
    failures_.push_back(now);
    while (now - failures_.front() > limits_.within) failures_.pop_front();
    if (state_ == State::closed && failures_.size() < limits_.failures) return;
    state_ = State::open;
    since_ = now;
    // However long it goes on failing, no more than what decides is remembered.
    while (failures_.size() > limits_.failures) failures_.pop_front();
}

void CircuitBreaker::worked(base::Millis now) {
    if (state_ == State::open) {
        state_ = State::probation;
        since_ = now;
    } else if (state_ == State::probation && now - since_ >= limits_.closes_after) {
        state_ = State::closed;
        failures_.clear();
    }
}

base::Millis CircuitBreaker::until_probe(base::Millis now) const {
    if (state_ != State::open) return base::Millis{0};
    return std::max(base::Millis{0}, since_ + limits_.probe_every - now);
}

}  // namespace drivers::supervision
