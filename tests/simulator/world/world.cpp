#include "tests/simulator/world/world.hpp"

#include <stdlib.h>

#include <algorithm>
#include <stdexcept>

namespace simulator {

using namespace offline;
using base::Millis;

namespace {

const base::Instant start{Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00

// The intake flushes as it must; on a disk in memory that costs nothing.
std::filesystem::path make_folder() {
    const std::filesystem::path memory = "/dev/shm";
    std::string pattern =
        (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path()) /
        "cw-simulator-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    return pattern;
}

}  // namespace

void Check::broken(const std::string& invariant, const std::string& what) {
    world_.breaches.push_back({invariant, what});
}

World::World(std::uint64_t seed, const Swarm& swarm, Makers makers)
    : seed_(seed),
      swarm_(swarm),
      makers_(std::move(makers)),
      realm_(Realm::first()),
      of_people_(seed, "people"),
      of_line_(seed, "line"),
      of_disks_(seed, "disks"),
      of_happenings_(seed, "happenings"),
      of_clocks_(seed, "clocks"),
      folder_(make_folder()),
      centre_clock_(now_, start) {
    power_loss::seed_sqlite(seed);
    checks_ = all_checks(*this);
    start_centre();
    for (int i = 0; i < swarm_.terminals; ++i) add_machine(i);
    for (auto& machine : machines_) boot(*machine);
}

World::~World() {
    for (auto& machine : machines_) machine->post.reset();
    centre_.reset();
    std::filesystem::remove_all(folder_);
}

void World::add_machine(int identity) {
    const int number = static_cast<int>(machines_.size());
    auto machine = std::make_unique<Machine>(number, identity, now_, start);
    machine->disk =
        std::make_unique<power_loss::RecordingDisk>(power_loss::Image{}, of_disks_.next());
    machine->keys = realm_.keys();
    machines_.push_back(std::move(machine));
}

void World::plan(Millis in, std::function<void()> work) {
    queue_.push_back({now_ + std::max(in, Millis{0}), ++order_, std::move(work)});
    std::push_heap(queue_.begin(), queue_.end());
}

bool World::play_next(Millis until) {
    if (queue_.empty() || queue_.front().at > until || !breaches.empty()) return false;
    std::pop_heap(queue_.begin(), queue_.end());
    Event event = std::move(queue_.back());
    queue_.pop_back();
    now_ = event.at;
    event.work();
    return true;
}

void World::run_for(Millis time) {
    const Millis until = now_ + time;
    while (play_next(until)) {
    }
    if (breaches.empty()) now_ = until;
}

void World::run() {
    plan_citizens();
    plan_happening();
    run_for(swarm_.faulty_for);
    run_until_drained();
}

void World::run_until_drained() {
    end_faults();
    const Millis until = now_ + drained_within;
    while (!is_drained() && play_next(until)) {
    }
    if (breaches.empty())
        for (auto& check : checks_) check->drained();
}

void World::step(Machine& machine, const std::string& what, const std::function<void()>& work) {
    if (!machine.post) return;
    trace.add(now_, machine.name() + " " + what);
    const std::size_t before = machine.disk->log().size();
    work();
    settle(machine);
    const bool cut = of_disks_.chance(swarm_.power_cut), again = of_disks_.chance(swarm_.restart);
    if (cut && !quiet_) {
        cut_power(machine, before);
    } else if (again && !quiet_) {
        kill(machine);
        boot(machine);
    }
    for (auto& check : checks_) check->after_step(machine);
}

// Does everything that is due and plans the next look.
void World::settle(Machine& machine) {
    wake_at(machine, machine.post->tick());
}

void World::wake_at(Machine& machine, Millis due) {
    due = std::clamp(due, now_ + Millis{1}, now_ + Millis{3'600'000});
    machine.wake = due;
    plan(due - now_, [this, &machine, due, incarnation = machine.incarnation] {
        if (machine.incarnation != incarnation || machine.wake != due) return;
        step(machine, "looks", [] {});
    });
}

void World::boot(Machine& machine) {
    ++machine.incarnation;
    machine.in_flight = 0;
    auto made = makers_.post(
        {*machine.disk, realm_.terminals.at(static_cast<std::size_t>(machine.identity)),
         *machine.keys, machine.clock, machine.log,
         seed_ * 1000 + static_cast<std::uint64_t>(machine.number) * 100 + machine.incarnation,
         [this, &machine](std::int64_t reference, sync::Exchange exchange) {
             send(machine, reference, std::move(exchange));
         }});
    trace.add(now_, machine.name() + (made ? " boots" : " does not open"));
    if (!made) {
        if (made.error().code == base::FaultCode::OutboxCorrupt)
            breaches.push_back(
                {"I1", machine.name() + " does not open: " + made.error().safe_detail});
        plan(Millis{60'000}, [this, &machine] {
            if (!machine.post) boot(machine);
        });
        return;
    }
    machine.post = std::move(*made);
    for (auto& check : checks_) check->after_boot(machine);
    settle(machine);
}

// The process ends, the machine does not: what was written stands in the file.
void World::kill(Machine& machine) {
    ++machine.incarnation;
    const auto image = machine.disk->now();
    machine.post.reset();
    machine.disk = std::make_unique<power_loss::RecordingDisk>(image, of_disks_.next());
    trace.add(now_, machine.name() + " is killed");
}

// At any moment since the log of its disk was `from` long.
void World::cut_power(Machine& machine, std::size_t from) {
    ++machine.incarnation;
    const std::size_t end = machine.disk->log().size();
    const std::size_t at = from + of_disks_.below(end - from + 1);
    power_loss::CrashStates states(*machine.disk);
    states.advance_to(at);
    const auto image = states.cut(of_disks_.engine());
    machine.post.reset();
    machine.disk = std::make_unique<power_loss::RecordingDisk>(image, of_disks_.next());
    trace.add(now_, machine.name() + " loses power");
    ++happened["power cut"];
    plan(of_disks_.between(Millis{20'000}, Millis{180'000}), [this, &machine] {
        if (!machine.post) boot(machine);
    });
}

Intent* World::intent_of(const domain::SubId& id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr
                                 : intents_.at(static_cast<std::size_t>(found->second)).get();
}

const std::vector<Effect>& World::effects() {
    if (centre_) last_effects_ = centre_->effects();
    return last_effects_;
}

const Effect* World::effect_of(const domain::SubId& id) {
    for (const auto& effect : effects())
        if (effect.sub_id == id) return &effect;
    return nullptr;
}

}  // namespace simulator
