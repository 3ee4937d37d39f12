// Stops the storm of resets round a device that fails again and again: five failures within two
// minutes open the circuit, and the device counts as broken. From then on it is probed once a
// minute; a probe that works puts it on probation, where the next failure opens the circuit at
// once, and five minutes of success close it. Pure: time is handed in, steady and never going back.
// One thread.
#pragma once

#include "base/clock.hpp"

#include <cstddef>
#include <deque>

namespace drivers::supervision {

class CircuitBreaker {
  public:
    struct Limits {
        std::size_t failures = 5;
        base::Millis within{120'000};
        base::Millis probe_every{60'000};
        base::Millis closes_after{300'000};
    };
    enum class State { closed, open, probation };

    CircuitBreaker() : CircuitBreaker(Limits{}) {}
    explicit CircuitBreaker(Limits limits) : limits_(limits) {}

    void failed(base::Millis now);
    void worked(base::Millis now);
    State state() const { return state_; }
    // Until the device may be tried again; 0 unless the circuit is open.
    base::Millis until_probe(base::Millis now) const;

  private:
    Limits limits_;
    State state_ = State::closed;
    std::deque<base::Millis> failures_;  // the newest ones, within the span
    base::Millis since_{0};              // of the state: the last failure, or the first success
};

}  // namespace drivers::supervision
