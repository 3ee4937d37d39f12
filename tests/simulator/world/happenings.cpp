// What happens to machines, clocks and the centre, one thing every few minutes; and the end of it.
#include "tests/simulator/world/world.hpp"

namespace simulator {

using namespace offline;
using base::Millis;
namespace fs = std::filesystem;

void World::start_centre() {
    if (centre_) return;
    centre_ = makers_.centre({(folder_ / "centre").string(), realm_, centre_clock_, centre_log_});
    trace.add(now_, "centre starts");
}

void World::stop_centre() {
    last_effects_ = effects();
    centre_.reset();
    trace.add(now_, "centre stops");
}

void World::back_up_centre() {
    stop_centre();
    fs::remove_all(folder_ / "backup");
    fs::copy(folder_ / "centre", folder_ / "backup", fs::copy_options::recursive);
    backed_up_ = true;
    start_centre();
}

void World::restore_centre() {
    if (!backed_up_) return;
    stop_centre();
    fs::remove_all(folder_ / "centre");
    fs::copy(folder_ / "backup", folder_ / "centre", fs::copy_options::recursive);
    ++centre_restores_;
    ++happened["centre restored"];
    start_centre();
}

void World::rotate_keys() {
    stop_centre();
    realm_.rotate(centre_clock_.now());
    ++happened["keys rotated"];
    start_centre();
}

void World::give_keys(Machine& machine) {
    machine.keys = realm_.keys();
    if (!machine.post) return;
    kill(machine);
    boot(machine);
}

// As kiosk-post begin-epoch does it: the post stands still, and numbers go on above all that the
// centre ever had of this terminal.
void World::give_epoch(Machine& machine) {
    if (!machine.post) return;
    std::int64_t highest = 0;
    const auto& terminal =
        realm_.terminals.at(static_cast<std::size_t>(machine.identity)).certificate.terminal;
    for (const auto& effect : effects())
        if (effect.terminal == terminal) highest = std::max(highest, effect.seq);
    ++happened["new epoch"];
    step(machine, "is given a new epoch", [&] {
        [[maybe_unused]] const auto ignored =
            machine.post->outbox().begin_epoch(outbox::Began::superseded, highest);
    });
    if (!machine.post) return;
    kill(machine);
    boot(machine);
}

// Comes within the hour.
void World::call_technician(Machine& machine) {
    if (std::exchange(machine.technician_called, true)) return;
    plan(of_people_.between(Millis{600'000}, Millis{3'600'000}), [this, &machine] {
        machine.technician_called = false;
        give_epoch(machine);
    });
}

void World::copy_disk(Machine& machine) {
    machine.old_image = machine.disk->now();
    machine.old_image_line = trace.lines();
}

void World::restore_disk(Machine& machine) {
    if (!machine.old_image) return;
    kill(machine);
    machine.disk =
        std::make_unique<power_loss::RecordingDisk>(*machine.old_image, of_disks_.next());
    ++machine.put_back;
    trace.add(now_, machine.name() + " is put back to an old image");
    ++happened["disk restored"];
    for (auto& intent : intents_) {
        if (intent->machine != machine.number) continue;
        intent->at_rest = false;
        if (intent->told == Told::kept && intent->kept_line > machine.old_image_line)
            intent->forgotten = true;
    }
    boot(machine);
}

Machine& World::clone(Machine& machine) {
    const auto image = machine.disk->now();
    add_machine(machine.identity);
    Machine& copy = *machines_.back();
    copy.disk = std::make_unique<power_loss::RecordingDisk>(image, of_disks_.next());
    copy.keys = machine.keys;
    trace.add(now_, machine.name() + " is cloned to " + copy.name());
    ++happened["clone"];
    boot(copy);
    return copy;
}

// The clock moves between two steps. Whatever was not due before is not due now.
void World::jump_clock(Machine& machine, Millis by) {
    if (!machine.post) return;
    step(machine, "looks at its clock", [] {});
    if (!machine.post) return;
    machine.clock.shift += by;
    ++happened["clock jump"];
    trace.add(now_, machine.name() + " has its clock put by " + std::to_string(by.count()));
    for (auto& check : checks_) check->clock_jumped(machine);
}

void World::plan_happening() {
    plan(of_happenings_.between(Millis{20'000}, Millis{180'000}), [this] {
        if (quiet_) return;
        happen();
        plan_happening();
    });
}

void World::happen() {
    auto& random = of_happenings_;
    Machine& machine = *machines_.at(random.below(machines_.size()));
    const Millis lasts = random.between(Millis{10'000}, Millis{600'000});
    const std::uint64_t drawn = random.next();
    // All are drawn and the first that came up happens.
    bool done = false;
    const auto comes = [&](int often) {
        return random.chance(often) && !std::exchange(done, true);
    };

    if (of_clocks_.chance(swarm_.clock_jump)) {
        constexpr std::int64_t hour = 3'600'000, year = 365 * 24 * hour;
        const std::int64_t to_1970 = -machine.clock.now().time_since_epoch().count() + hour;
        const Millis jumps[] = {Millis{to_1970}, Millis{10 * year}, Millis{-hour},
                                Millis{hour / 60}, -machine.clock.shift};
        jump_clock(machine, jumps[of_clocks_.below(5)]);
    }
    if (comes(swarm_.partition)) {
        machine.partitioned = true;
        ++happened["partition"];
        plan(lasts, [this, &machine] {
            machine.partitioned = false;
            if (!machine.post) return;
            for (auto& check : checks_) check->nudged(machine);
            step(machine, "has its line back", [&] { machine.post->line_came_back(); });
        });
    }
    if (comes(swarm_.expiry)) {
        machine.expired = true;
        ++happened["certificate expired"];
        plan(lasts, [this, &machine] {  // a technician brings a new one
            machine.expired = false;
            if (!machine.post) return;
            for (auto& check : checks_) check->nudged(machine);
            step(machine, "has a new certificate", [&] { machine.post->line_came_back(); });
        });
    }
    if (comes(swarm_.centre_down) && centre_) {
        stop_centre();
        ++happened["centre down"];
        plan(lasts, [this] { start_centre(); });
    }
    if (comes(swarm_.key_rotation)) {
        const bool was_up = centre_ != nullptr;
        // Now and then a technician is ahead of the centre: it does not know the key yet.
        if (drawn % 4 == 0) {
            realm_.rotate(centre_clock_.now());
            ++happened["keys rotated"];
            give_keys(machine);
            plan(lasts, [this] {
                if (!centre_) return;
                stop_centre();
                start_centre();
            });
        } else {
            rotate_keys();
        }
        if (!was_up) stop_centre();
        for (auto& other : machines_)
            plan(random.between(Millis{0}, Millis{600'000}),
                 [this, &other = *other] { give_keys(other); });
    }
    if (comes(swarm_.clone) && machines_.size() < 5) clone(machine);
    if (!machine.old_image && random.chance(300)) copy_disk(machine);
    if (comes(swarm_.rollback)) restore_disk(machine);
    if (comes(swarm_.centre_restored) && centre_) {
        back_up_centre();
        plan(lasts, [this] {
            if (!quiet_) restore_centre();
        });
    }
    if (comes(swarm_.disk_full)) {
        machine.disk->leave_room(static_cast<std::int64_t>(drawn % 40'000));
        ++happened["disk full"];
        plan(lasts, [&machine] { machine.disk->mend(); });
    }
    if (comes(swarm_.flush_fails)) {
        using Times = power_loss::RecordingDisk::Times;
        machine.disk->fail_flush(1 + static_cast<std::int64_t>(drawn % 4),
                                 drawn % 3 == 0 ? Times::for_ever : Times::once);
        ++happened["flush failed"];
        plan(lasts, [&machine] { machine.disk->mend(); });
    }
}

// Liveness: from here on nothing breaks, and nobody helps but where a person has to.
void World::end_faults() {
    trace.add(now_, "faults end");
    quiet_ = true;
    script = nullptr;
    swarm_ = without_faults(swarm_);
    stop_centre();
    start_centre();
    for (auto& machine : machines_) {
        machine->partitioned = machine->expired = false;
        machine->disk->mend();
        const bool old_keys = machine->keys->version() != realm_.version;
        machine->keys = realm_.keys();
        if (machine->post && !old_keys) continue;
        if (machine->post) kill(*machine);
        boot(*machine);
    }
}

bool World::is_drained() {
    for (auto& machine : machines_) {
        if (!machine->post) return false;
        const auto waiting = machine->post->outbox().waiting();
        if (!waiting || !waiting->empty()) return false;
    }
    return true;
}

}  // namespace simulator
