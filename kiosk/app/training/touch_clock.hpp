// The time touches live in: real, but a script may move it on, so that the rules against double
// presses and ghost touches stay in force without a script having to wait.
#pragma once

#include "base/clock.hpp"

#include <atomic>

namespace app::training {

// Later than every rule against ghost touches and double presses asks for.
inline constexpr base::Millis hand_comes{1100};

class TouchClock final : public base::Clock {
  public:
    base::Instant now() const override { return real_.now(); }
    base::Millis steady() const override { return real_.steady() + base::Millis{ahead_ms_.load()}; }
    void forward(base::Millis by) { ahead_ms_ += by.count(); }

  private:
    base::SystemClock real_;
    std::atomic<std::int64_t> ahead_ms_{0};
};

}  // namespace app::training
