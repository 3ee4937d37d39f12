// One machine: a disk, two clocks, a post that comes and goes, a log. A clone is a second machine
// with the identity of the first.
#pragma once

#include "tests/power_loss/disk/crash_states.hpp"
#include "tests/simulator/world/post.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace simulator {

// The steady clock is the world's; the wall clock is wherever somebody or a dead battery put it,
// but never before the steady one counted from 1970: the kernel refuses that (clock_settime(2),
// EINVAL).
class MachineClock final : public base::Clock {
  public:
    MachineClock(const base::Millis& world_now, base::Instant start)
        : world_now_(world_now), start_(start) {}
    base::Instant now() const override {
        return std::max(start_ + world_now_ + shift, base::Instant{world_now_});
    }
    base::Millis steady() const override { return world_now_; }
    base::Millis shift{};

  private:
    const base::Millis& world_now_;
    base::Instant start_;
};

class CollectedLog final : public base::EventLog {
  public:
    void write_line(std::string line) override { lines.push_back(std::move(line)); }
    bool says(const std::string& event, const std::string& detail) const;
    std::vector<std::string> lines;
};

struct Machine {
    Machine(int number_, int identity_, const base::Millis& world_now, base::Instant start)
        : number(number_), identity(identity_), clock(world_now, start) {}

    int number = 0;
    int identity = 0;
    MachineClock clock;
    CollectedLog log;
    std::unique_ptr<power_loss::RecordingDisk> disk;
    std::optional<offline::sealing::KeySet> keys;
    std::unique_ptr<Post> post;  // null: off, or its outbox did not open

    std::uint64_t incarnation = 0;  // of the post: answers to a dead one are nobody's
    bool partitioned = false;
    bool expired = false;            // its certificate: the centre shuts it out
    bool technician_called = false;  // its epoch is over: a person must decide
    int in_flight = 0;
    base::Millis wake{-1};
    std::optional<power_loss::Image> old_image;  // a technician's copy of the disk
    std::int64_t old_image_line = 0;             // of the trace, when it was taken
    int put_back = 0;                            // how often the disk was put back to it
    std::string name() const { return "m" + std::to_string(number); }
};

}  // namespace simulator
