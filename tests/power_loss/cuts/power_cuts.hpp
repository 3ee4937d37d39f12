// Many cuts through many workloads. Everything about one cut follows from its seed, so that
// tests/run --power-cuts 1 --seed S repeats it.
#pragma once

#include "tests/power_loss/cuts/outbox_check.hpp"

namespace power_loss {

struct Plan {
    std::int64_t cuts = 5000;
    std::uint64_t seed = 0;
    std::uint64_t stride = 1;  // from one cut's seed to the next: with more, more workloads
    int lying_permille = 0;
    bool failing_flush = false;  // in each workload one flush fails, anywhere
    // SQLite is told that a torn sector spoils its neighbours, and pads its log. Without a word:
    // in every fourth workload.
    std::optional<bool> padded_log;
    bool is_plain() const { return lying_permille == 0 && !failing_flush && !padded_log; }
};
// Of tests/run --power-cuts N --seed S, through the environment.
Plan plan_of_this_run();

struct Findings {
    std::int64_t states = 0, operations = 0;
    std::map<Breach, std::int64_t> breaches;
    Tears tears;
    std::vector<std::string> first;  // a few, each with how to repeat it

    std::int64_t count(Breach breach) const {
        const auto found = breaches.find(breach);
        return found == breaches.end() ? 0 : found->second;
    }
    std::int64_t all() const;
    std::string line() const;
};
Findings cut_the_power(const Plan& plan);

// The other way round: one finished piece of work, cut before every operation from `from` to the
// end, so many states each.
Findings cut_everywhere(const RecordingDisk& disk, const History& history, std::size_t from,
                        std::int64_t states_each, const Questions& questions);

// Lines that the program prints when its tests are done.
std::vector<std::string>& report();

}  // namespace power_loss
