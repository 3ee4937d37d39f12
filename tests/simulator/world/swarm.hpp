// Which faults one run has and how often, in thousandths. Every seed draws its own: a run with all
// faults at once seldom gets far enough for the rare meetings of two of them.
#pragma once

#include "tests/simulator/world/seeded.hpp"

#include <cstdint>

namespace simulator {

struct Swarm {
    int terminals = 1;
    int submissions = 6;  // of all citizens together
    base::Millis faulty_for{std::chrono::minutes{30}};

    // Of each exchange.
    int lost_before = 0, answer_lost = 0, delayed = 0, duplicated = 0;
    int truncated = 0, request_flipped = 0, answer_flipped = 0;
    int portal = 0, overloaded = 0, gateway_failed = 0;
    int forged = 0, replayed = 0, cut_midway = 0;
    // Of each step of a terminal.
    int power_cut = 0, restart = 0;
    // Of each happening, one every few minutes: their weights against nothing happening.
    int partition = 0, centre_down = 0, clock_jump = 0, key_rotation = 0, clone = 0, rollback = 0;
    int disk_full = 0, flush_fails = 0, centre_restored = 0, expiry = 0;
    // Of each citizen.
    int asks_again = 0, alters = 0, reader_refuses = 0, centre_fails_on_it = 0;
    int attaches = 400;  // photos, of several slices
};

Swarm swarm_of(std::uint64_t seed);
// Only what people do; the two ends, the line and the clocks are well.
Swarm without_faults(Swarm swarm);

}  // namespace simulator
