// How often the kill tests kill, and from which seed: --rounds N --seed S.
#pragma once

#include <cstdint>
#include <string>

namespace power_loss {

struct Rounds {
    int rounds = 20;
    std::uint64_t seed = 20261122;
    std::string own_program;  // for the child that is an intake
};
const Rounds& rounds();

}  // namespace power_loss
