// A world in which nothing happens by itself, for scenarios that decide what does. All checks are
// asked all the same.
#pragma once

#include "tests/simulator/world/world.hpp"

#include <gtest/gtest.h>

namespace simulator {

class Scenario {
  public:
    explicit Scenario(int terminals = 1, std::uint64_t seed = 1) : world(seed, calm(terminals)) {}
    ~Scenario() {
        for (const auto& breach : world.breaches)
            ADD_FAILURE() << breach.invariant << ": " << breach.what << "\n" << world.trace.last();
    }
    Scenario(const Scenario&) = delete;
    Scenario& operator=(const Scenario&) = delete;

    World world;

    Machine& machine(int number = 0) {
        return *world.machines().at(static_cast<std::size_t>(number));
    }
    // As the citizen's slip finds it at the machine.
    domain::Delivery state_of(const Intent& intent) { return state_of(intent, intent.machine); }
    domain::Delivery state_of(const Intent& intent, int at) {
        const auto found = machine(at).post->outbox().look_up(intent.slip->qr_text);
        return found ? found->delivery : domain::Delivery::unknown;
    }
    int cases_of(const Intent& intent) {
        int count = 0;
        for (const auto& effect : world.effects()) count += effect.sub_id == intent.given.sub_id;
        return count;
    }
    bool has_bytes(const Intent& intent) {
        const auto parcel = machine(intent.machine).post->outbox().parcel(intent.slip->seq);
        return parcel && *parcel && (*parcel)->envelope == intent.given.envelope;
    }

    // The first `times` exchanges of a kind meet this fate, all others go through.
    void fate_of(std::string_view kind, Fate fate, int times = 1) {
        world.script = [kind, fate, times](const Machine&, const Kind& of) mutable {
            const bool meant = of.what == kind && times > 0;
            times -= meant ? 1 : 0;
            return std::optional(meant ? fate : Fate::delivered);
        };
    }
    void fate_of_all(Fate fate) {
        world.script = [fate](const Machine&, const Kind&) { return std::optional(fate); };
    }
    void run_for(std::chrono::minutes time) { world.run_for(time); }

  private:
    static Swarm calm(int terminals) {
        Swarm swarm;
        swarm.terminals = terminals;
        swarm.submissions = 0;
        return swarm;
    }
};

}  // namespace simulator
