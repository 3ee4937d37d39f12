// The wall clock of training and of the demonstration: it always says the same instant, while the
// steady clock runs, so waiting and time-outs are real. Callable from any thread.
#pragma once

#include "base/clock.hpp"

namespace offline::post {

class FixedWallClock final : public base::Clock {
  public:
    explicit FixedWallClock(base::Instant instant) : instant_(instant) {}
    base::Instant now() const override { return instant_; }
    base::Millis steady() const override { return running_.steady(); }

  private:
    base::Instant instant_;
    base::SystemClock running_;
};

}  // namespace offline::post
