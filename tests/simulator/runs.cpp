#include "tests/simulator/runs.hpp"

#include <algorithm>
#include <cstdlib>

namespace simulator {

namespace {

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr || *text == 0 ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

Plan plan_of_this_run() {
    Plan plan;
    plan.seeds = static_cast<std::int64_t>(number_in("CW_SIMULATE", 200));
    plan.seed = number_in("CW_SEED", 1);
    return plan;
}

bool Outcome::breaks(const std::string& invariant) const {
    return std::any_of(breaches.begin(), breaches.end(),
                       [&](const Breach& breach) { return breach.invariant == invariant; });
}

std::string Outcome::text() const {
    std::string out;
    for (const auto& breach : breaches) out += breach.invariant + ": " + breach.what + "\n";
    return out + last + "  tests/run --simulate 1 --seed " + std::to_string(seed) +
           " -R every_invariant_holds\n";
}

Outcome run_seed(std::uint64_t seed, const Makers& makers) {
    return run_seed(seed, swarm_of(seed), makers);
}

Outcome run_seed(std::uint64_t seed, const Swarm& swarm, const Makers& makers) {
    World world(seed, swarm, makers);
    world.run();
    return {seed,
            world.trace.hash(),
            world.trace.lines(),
            world.exchanges,
            world.fates,
            world.happened,
            world.breaches,
            world.breaches.empty() ? "" : world.trace.last()};
}

std::vector<std::string>& report() {
    static std::vector<std::string> lines;
    return lines;
}

}  // namespace simulator
