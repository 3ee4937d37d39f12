// How long to wait before the next try: 0.5 s, doubled by every failure up to 30 s, each ± 20 %, so
// that devices that failed together do not come back together. Pure: the same seed gives the same
// pauses. One thread.
#pragma once

#include "base/clock.hpp"

#include <cstdint>

namespace drivers::supervision {

class BackOff {
  public:
    struct Times {
        base::Millis first{500};
        base::Millis longest{30'000};
        int jitter_percent = 20;
    };

    explicit BackOff(std::uint32_t seed) : BackOff(seed, Times{}) {}
    BackOff(std::uint32_t seed, Times times) : times_(times), state_(seed) {}

    base::Millis next();  // the pause after one more failure
    void reset() { failures_ = 0; }

  private:
    std::uint32_t drawn();

    Times times_;
    std::uint32_t state_;
    int failures_ = 0;
};

}  // namespace drivers::supervision
