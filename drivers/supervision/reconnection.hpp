// When a driver that has lost its device tries again, and when it gives up: back-off and circuit
// breaker together. A device that is not there is only looked for, once a second: looking harms
// nothing. (Where it is dear, less often.) Pure: steady time is handed in. One thread, the driver's
// worker.
#pragma once

#include "drivers/supervision/back_off.hpp"
#include "drivers/supervision/circuit_breaker.hpp"

namespace drivers::supervision {

class Reconnection {
  public:
    static constexpr base::Millis look_pause{1000};

    explicit Reconnection(std::uint32_t seed, base::Millis look_every = look_pause)
        : look_every_(look_every), back_off_(seed) {}

    // There is nothing to open, or the cable was pulled.
    void absent(base::Millis now) { due_at_ = now + look_every_; }
    // It is there and could not be opened, or it has stopped working.
    void failed(base::Millis now);
    // It was opened, or it has answered.
    void worked(base::Millis now);
    // Somebody has just plugged it in: it is tried at once, whatever was before.
    void arrived(base::Millis now) { due_at_ = now; }

    // Until the next try; 0 when it is due.
    base::Millis pause(base::Millis now) const;
    // Whether it may be tried before it is due because somebody asks for the device.
    bool may_try_early() const { return !has_given_up(); }
    // It failed so often that it counts as broken; only probes are made.
    bool has_given_up() const { return breaker_.state() == CircuitBreaker::State::open; }

  private:
    base::Millis look_every_;
    BackOff back_off_;
    CircuitBreaker breaker_;
    base::Millis due_at_{0};
};

}  // namespace drivers::supervision
