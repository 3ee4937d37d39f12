// How often the kill tests kill, and from which seed: --rounds N --seed S, and for the one in the
// middle of traffic --kills N, or CW_KILLS and CW_SEED as tests/run --kills N --seed S sets them.
#pragma once

#include <cstdint>

namespace power_loss {

struct Rounds {
    int rounds = 20;
    int kills = 100;
    std::uint64_t seed = 20261122;
};
const Rounds& rounds();

}  // namespace power_loss
