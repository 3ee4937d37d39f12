// Whatever happens to terminals, line, centre and clocks: what was promised comes true, once.
#include "tests/simulator/runs.hpp"

#include <gtest/gtest.h>

namespace simulator {
namespace {

TEST(simulator, every_invariant_holds_after_every_step) {
    const Plan plan = plan_of_this_run();
    if (plan.seeds == 1) Trace::remembered = 1'000'000;
    std::int64_t lines = 0, exchanges = 0, broken = 0;
    std::map<Fate, std::int64_t> fates;
    std::map<std::string, std::int64_t> happened;
    for (std::int64_t i = 0; i < plan.seeds; ++i) {
        const Outcome outcome = run_seed(plan.seed + static_cast<std::uint64_t>(i));
        lines += outcome.lines;
        exchanges += outcome.exchanges;
        for (const auto& [fate, count] : outcome.fates) fates[fate] += count;
        for (const auto& [what, count] : outcome.happened) happened[what] += count;
        if (outcome.breaches.empty()) continue;
        ADD_FAILURE() << outcome.text();
        if (++broken == 5) break;  // told enough
    }
    std::string line = std::to_string(plan.seeds) + " seeds, " + std::to_string(lines) +
                       " steps, " + std::to_string(exchanges) + " exchanges:";
    for (const auto& [fate, count] : fates)
        line += " " + std::string(name(fate)) + " " + std::to_string(count);
    report().push_back(line);
    line = "happened:";
    for (const auto& [what, count] : happened) line += " " + what + " " + std::to_string(count);
    report().push_back(line);
    if (plan.seeds < 200) return;
    for (int fate = 0; fate <= static_cast<int>(Fate::centre_fails); ++fate)
        EXPECT_GT(fates[static_cast<Fate>(fate)], 0) << name(static_cast<Fate>(fate));
    for (const char* what : {"power cut", "clock jump", "clone", "disk restored", "keys rotated",
                             "centre down", "centre restored", "certificate expired", "partition",
                             "disk full", "flush failed", "altered", "asked again"})
        EXPECT_GT(happened[what], 0) << what;
}

TEST(simulator, the_same_seed_decides_the_same) {
    for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u}) {
        const Outcome once = run_seed(seed), again = run_seed(seed);
        EXPECT_EQ(once.trace, again.trace) << "seed " << seed;
        EXPECT_EQ(once.lines, again.lines);
    }
    EXPECT_NE(run_seed(1).trace, run_seed(2).trace);
}

}  // namespace
}  // namespace simulator
