// outbox_bench FOLDER: accepts of 10 kB (padded to 16 KiB) on a disk in memory with flushes of 5 ms
// and on the disk of FOLDER, each beside appending the same bytes and flushing. Prints name, value,
// unit by tabs.
#include "tests/power_loss/cuts/outbox_workload.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace {

using namespace power_loss;
namespace store = offline::store;

constexpr int accepts = 500;
constexpr std::size_t padded = 16 * 1024;
constexpr std::int64_t quota = 512 << 20;

double seconds(const std::function<bool()>& work) {
    const auto began = std::chrono::steady_clock::now();
    if (!work()) {
        std::fprintf(stderr, "the disk refused\n");
        std::exit(1);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void say(const char* name, double value, const char* unit) {
    std::printf("%s\t%g\t%s\n", name, value, unit);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Costs {
    std::vector<double> accept, checkpoint, floor;  // seconds each, without virtual time
    double sum(const std::vector<double>& of) const {
        double all = 0;
        for (const double one : of) all += one;
        return all;
    }
};

// `after` is called with true after an accept and with false after a checkpoint.
Costs play(
    store::Disk& disk, const std::string& folder,
    const std::function<void(bool)>& after = [](bool) {}) {
    Costs costs;
    Random random(1);
    const base::ManualClock clock(the_start());
    auto box =
        offline::outbox::Outbox::open({folder + "/outbox", quota, &disk}, the_terminal(), clock);
    auto raw = disk.create(folder + "/raw");
    if (!box || !raw) std::exit(1);
    after(false);
    for (int i = 0; i < accepts; ++i) {
        const auto acceptance = an_acceptance(random, padded);
        costs.accept.push_back(seconds([&] { return box->accept(acceptance).has_value(); }));
        after(true);
        costs.checkpoint.push_back(seconds([&] { return box->checkpoint_when_due().has_value(); }));
        after(false);
    }
    // Afterwards, so that neither flushes the other's bytes.
    for (int i = 0; i < accepts; ++i) {
        const auto bytes = an_acceptance(random, padded).envelope;
        costs.floor.push_back(seconds(
            [&] { return (*raw)->write(bytes).has_value() && (*raw)->sync().has_value(); }));
    }
    return costs;
}

void on_the_disk_in_memory() {
    RecordingDisk disk;
    disk.flush_cost = base::Millis{5};
    std::int64_t seen = 0, most = 0, fewest = 1000, in_accepts = 0, in_checkpoints = 0;
    std::int64_t bytes_seen = 0, bytes_in_accepts = 0, longest = 0;
    const Costs costs = play(disk, "", [&](bool accepted) {
        const std::int64_t flushes = disk.counters.flushes() - seen;
        seen += flushes;
        const std::int64_t bytes = disk.counters.bytes - bytes_seen;
        bytes_seen += bytes;
        const auto log = disk.find("/outbox/outbox.sqlite-wal");
        if (log) longest = std::max(longest, static_cast<std::int64_t>(log->bytes.size()));
        if (!accepted) {
            in_checkpoints += flushes;
            return;
        }
        in_accepts += flushes;
        bytes_in_accepts += bytes;
        most = std::max(most, flushes);
        fewest = std::min(fewest, flushes);
    });
    const double flush = 0.005;
    const double floor = costs.sum(costs.floor) + accepts * flush;
    const double accept = costs.sum(costs.accept) + static_cast<double>(in_accepts) * flush;
    const double checkpoint =
        costs.sum(costs.checkpoint) + static_cast<double>(in_checkpoints) * flush;
    say("accept: flushes, most", static_cast<double>(most), "");
    say("accept: flushes, fewest", static_cast<double>(fewest), "");
    say("accept: time over floor, flush of 5 ms", accept / floor, "times");
    say("accept and checkpoints: time over floor, flush of 5 ms", (accept + checkpoint) / floor,
        "times");
    say("checkpoints and start: flushes per accept", static_cast<double>(in_checkpoints) / accepts,
        "");
    say("accept: bytes written per sealed byte",
        static_cast<double>(bytes_in_accepts) / (accepts * static_cast<double>(padded + 134)),
        "times");
    say("write-ahead log, longest", static_cast<double>(longest) / 4120, "pages");
}

// Two photographs of 300 kB with it: the floor is to write and flush the same bytes in as many
// files, their folder and the record.
void with_files() {
    RecordingDisk disk;
    disk.flush_cost = base::Millis{5};
    Random random(2);
    const base::ManualClock clock(the_start());
    auto box = offline::outbox::Outbox::open({"/outbox", quota, &disk}, the_terminal(), clock);
    auto raw = disk.create("/raw");
    if (!box || !raw) std::exit(1);
    std::int64_t most = 0, flushes = 0, floor_flushes = 0;
    double spent = 0, floor = 0;
    for (std::uint8_t i = 0; i < 50; ++i) {
        Item item{an_acceptance(random, padded), {}, {}, {}, {}};
        for (std::uint8_t n = 1; n <= 2; ++n) {
            item.acceptance.attachments.push_back({i, n});
            item.attachments.push_back(noise(random, 300'000));
        }
        const std::int64_t before = disk.counters.flushes();
        spent += seconds([&] { return hand_in(*box, item).has_value(); });
        most = std::max(most, disk.counters.flushes() - before);
        flushes += disk.counters.flushes() - before;
        if (!box->checkpoint_when_due()) std::exit(1);
        const std::int64_t floor_before = disk.counters.flushes();
        floor += seconds([&] {
            for (const auto& bytes : item.attachments) {
                auto file = disk.create("/raw-" + std::to_string(i) + "-" +
                                        std::to_string(item.acceptance.attachments.size()));
                if (!file || !(*file)->write(bytes) || !(*file)->sync()) return false;
            }
            return disk.sync_folder("/").has_value() &&
                   (*raw)->write(item.acceptance.envelope).has_value() &&
                   (*raw)->sync().has_value();
        });
        floor_flushes += disk.counters.flushes() - floor_before;
    }
    say("accept with two files: flushes, most", static_cast<double>(most), "");
    say("accept with two files: time over floor, flush of 5 ms",
        (spent + 0.005 * static_cast<double>(flushes)) /
            (floor + 0.005 * static_cast<double>(floor_flushes)),
        "times");
}

void on_this_machine(const std::string& folder) {
    const Costs costs = play(store::real_disk(), folder);
    say("this disk: raw append and flush, median", median(costs.floor) * 1e6, "us");
    say("this disk: accept, median", median(costs.accept) * 1e6, "us");
    say("this disk: accepts per raw appends and flushes",
        costs.sum(costs.floor) / costs.sum(costs.accept), "times");
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: outbox_bench FOLDER\n");
        return 2;
    }
    on_the_disk_in_memory();
    with_files();
    on_this_machine(arguments[1]);
}
