#include "tests/simulator/world/swarm.hpp"

namespace simulator {

namespace {

struct Fault {
    int Swarm::*field;
    int most;  // thousandths
};

constexpr Fault faults[] = {
    {&Swarm::lost_before, 250},    {&Swarm::answer_lost, 250}, {&Swarm::delayed, 150},
    {&Swarm::duplicated, 200},     {&Swarm::truncated, 100},   {&Swarm::request_flipped, 100},
    {&Swarm::answer_flipped, 100}, {&Swarm::portal, 150},      {&Swarm::overloaded, 150},
    {&Swarm::gateway_failed, 150}, {&Swarm::forged, 150},      {&Swarm::replayed, 150},
    {&Swarm::cut_midway, 200},     {&Swarm::power_cut, 60},    {&Swarm::restart, 40},
    {&Swarm::partition, 150},      {&Swarm::centre_down, 120}, {&Swarm::clock_jump, 250},
    {&Swarm::key_rotation, 40},    {&Swarm::clone, 60},        {&Swarm::rollback, 60},
    {&Swarm::disk_full, 80},       {&Swarm::flush_fails, 120}, {&Swarm::centre_restored, 60},
    {&Swarm::expiry, 60},
};

constexpr Fault habits[] = {
    {&Swarm::asks_again, 500},
    {&Swarm::alters, 300},
    {&Swarm::reader_refuses, 300},
    {&Swarm::centre_fails_on_it, 300},
};

}  // namespace

Swarm swarm_of(std::uint64_t seed) {
    Seeded random(seed, "swarm");
    Swarm swarm;
    swarm.terminals = 1 + static_cast<int>(random.below(3));
    swarm.submissions = 3 + static_cast<int>(random.below(8));
    for (const auto& fault : faults) {
        const bool drawn = random.chance(450);
        const int often =
            1 + static_cast<int>(random.below(static_cast<std::uint64_t>(fault.most)));
        if (drawn) swarm.*fault.field = often;
    }
    for (const auto& habit : habits)
        swarm.*habit.field = static_cast<int>(random.below(static_cast<std::uint64_t>(habit.most)));
    return swarm;
}

Swarm without_faults(Swarm swarm) {
    for (const auto& fault : faults) swarm.*fault.field = 0;
    return swarm;
}

}  // namespace simulator
