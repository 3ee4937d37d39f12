#include "drivers/supervision/reconnection.hpp"

#include <algorithm>

namespace drivers::supervision {

void Reconnection::failed(base::Millis now) {
    breaker_.failed(now);
    due_at_ = now + (has_given_up() ? breaker_.until_probe(now) : back_off_.next());
}

void Reconnection::worked(base::Millis now) {
    breaker_.worked(now);
    due_at_ = now;
    // On probation the pauses stay long: one good answer does not make it a good device.
    if (breaker_.state() == CircuitBreaker::State::closed) back_off_.reset();
}

base::Millis Reconnection::pause(base::Millis now) const {
    return std::max(base::Millis{0}, due_at_ - now);
}

}  // namespace drivers::supervision
