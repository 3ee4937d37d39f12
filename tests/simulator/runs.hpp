// Many seeds, one after another, and what was found. tests/run --simulate SEEDS --seed S goes
// through the environment: CW_SIMULATE and CW_SEED.
#pragma once

#include "tests/simulator/world/world.hpp"

namespace simulator {

struct Plan {
    std::uint64_t seed = 1;
    std::int64_t seeds = 200;
};
Plan plan_of_this_run();

struct Outcome {
    std::uint64_t seed = 0;
    std::uint64_t trace = 0;
    std::int64_t lines = 0, exchanges = 0;
    std::map<Fate, std::int64_t> fates;
    std::map<std::string, std::int64_t> happened;
    std::vector<Breach> breaches;
    std::string last;  // lines of the trace, when something is broken

    bool breaks(const std::string& invariant) const;
    // Every breach, the last lines of the trace, and how to see it again.
    std::string text() const;
};
Outcome run_seed(std::uint64_t seed, const Makers& makers = {});
Outcome run_seed(std::uint64_t seed, const Swarm& swarm, const Makers& makers);

// Lines that the program prints when its tests are done.
std::vector<std::string>& report();

}  // namespace simulator
