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
    on_this_machine(arguments[1]);
}
