#include "tests/power_loss/cuts/power_cuts.hpp"

#include <cstdlib>

namespace power_loss {

namespace {

constexpr std::uint64_t cuts_per_workload = 256;
constexpr int steps_per_workload = 40;
constexpr std::uint64_t default_seed = 20261126;
constexpr std::size_t told = 5;

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr || *text == 0 ? otherwise : std::strtoull(text, nullptr, 10);
}

std::int64_t flushes_of(std::uint64_t workload) {
    RecordingDisk disk({}, workload);
    OutboxWorkload work(disk, workload);
    return work.run(steps_per_workload) ? disk.counters.flushes() : 1;
}

void set_faults(RecordingDisk& disk, const Plan& plan, std::uint64_t workload) {
    if (plan.padded_log.value_or(workload % 4 == 3)) disk.say_sectors_spoil_their_neighbours();
    disk.lie_about_flushes(plan.lying_permille);
    if (!plan.failing_flush) return;
    Random random(workload ^ 0xF1u);
    disk.fail_flush(
        1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(flushes_of(workload))),
        RecordingDisk::Times::once);
}

}  // namespace

Plan plan_of_this_run() {
    Plan plan;
    plan.cuts = static_cast<std::int64_t>(number_in("CW_POWER_CUTS", 5000));
    plan.seed = number_in("CW_SEED", default_seed * cuts_per_workload);
    return plan;
}

std::int64_t Findings::all() const {
    std::int64_t sum = 0;
    for (const auto& [breach, count] : breaches) sum += count;
    return sum;
}

std::string Findings::line() const {
    return std::to_string(states) + " states of " + std::to_string(operations) +
           " operations; acknowledged and lost " + std::to_string(count(Breach::lost)) +
           ", receipts without a submission " + std::to_string(count(Breach::no_body)) +
           ", ghosts " + std::to_string(count(Breach::ghost)) + ", broken chains " +
           std::to_string(count(Breach::chain)) + ", corrupt " +
           std::to_string(count(Breach::corrupt)) + ", unopenable " +
           std::to_string(count(Breach::unopenable));
}

Findings cut_the_power(const Plan& plan) {
    Findings findings;
    std::uint64_t seed = plan.seed;
    const std::uint64_t end = plan.seed + static_cast<std::uint64_t>(plan.cuts) * plan.stride;
    while (seed < end) {
        const std::uint64_t workload = seed / cuts_per_workload;
        RecordingDisk disk({}, workload);
        set_faults(disk, plan, workload);
        OutboxWorkload work(disk, workload);
        const auto ran = work.run(steps_per_workload);
        const auto note = [&](const Verdict& verdict, std::uint64_t cut) {
            ++findings.breaches[verdict.breach];
            if (findings.first.size() < told)
                findings.first.push_back(std::string(name(verdict.breach)) + ": " + verdict.what +
                                         (plan.is_plain()
                                              ? "\n  tests/run --power-cuts 1 --seed " +
                                                    std::to_string(cut) + " -R what_was_answered"
                                              : ", seed " + std::to_string(cut)));
        };
        if (!ran && !plan.failing_flush)
            note({Breach::unopenable, "the workload: " + ran.error().safe_detail}, seed);
        if (!work.history().broken.empty()) note({Breach::lost, work.history().broken}, seed);
        const std::size_t operations = disk.log().size();
        findings.operations += static_cast<std::int64_t>(operations);

        CrashStates states(disk);
        for (; seed < end && seed / cuts_per_workload == workload; seed += plan.stride) {
            Random random(seed);
            // Evenly over the log, each cut at a place of its own within its stretch.
            const std::uint64_t at = (seed % cuts_per_workload * 1000 + random() % 1000) *
                                     operations / (cuts_per_workload * 1000);
            states.advance_to(static_cast<std::size_t>(at) + 1);
            const Image image = states.cut(random);
            seed_sqlite(seed);
            const Questions questions{seed % 50 == 0, seed % 8 == 0, seed % 16 == 1};
            ++findings.states;
            if (const Verdict verdict =
                    check_outbox(image, work.history(), states.mark(), questions, random);
                !verdict)
                note(verdict, seed);
        }
        findings.tears += states.tears();
    }
    return findings;
}

Findings cut_everywhere(const RecordingDisk& disk, const History& history, std::size_t from,
                        std::int64_t states_each, const Questions& questions) {
    Findings findings;
    CrashStates states(disk);
    for (std::size_t at = from; at <= disk.log().size(); ++at) {
        states.advance_to(at);
        ++findings.operations;
        for (std::int64_t i = 0; i < states_each; ++i) {
            Random random(at * 1000 + static_cast<std::uint64_t>(i));
            const Verdict verdict =
                check_outbox(states.cut(random), history, states.mark(), questions, random);
            ++findings.states;
            if (verdict) continue;
            ++findings.breaches[verdict.breach];
            if (findings.first.size() < told)
                findings.first.push_back(std::string(name(verdict.breach)) + ": " + verdict.what +
                                         ", cut before operation " + std::to_string(at) +
                                         ", state " + std::to_string(i));
        }
    }
    findings.tears = states.tears();
    return findings;
}

std::vector<std::string>& report() {
    static std::vector<std::string> lines;
    return lines;
}

}  // namespace power_loss
