// What may lie on the disk after the power was cut: everything flushed, and of the rest whatever
// the device and the file system had got to, in pieces of 512 bytes and in any order.
//
//   bytes   durable after the file's flush; before it each write, or each sector of it, or none
//   names   created, renamed, gone: durable after the folder's flush; before it some or none
//   lies    a flush the device only claimed to have done changes nothing
#pragma once

#include "tests/power_loss/disk/recording_disk.hpp"

namespace power_loss {

using Random = std::mt19937_64;

// What the cuts did to operations that were not durable yet.
struct Tears {
    std::int64_t torn = 0;       // part of a write arrived
    std::int64_t dropped = 0;    // an operation did not arrive
    std::int64_t reordered = 0;  // one arrived although an earlier one on the same file did not
    std::int64_t names = 0;      // a name was not (yet) what the program had made it
    Tears& operator+=(const Tears& other);
};

// Goes through the log of one disk from its beginning; never back.
class CrashStates {
  public:
    explicit CrashStates(const RecordingDisk& disk);
    void advance_to(std::size_t position);       // the power goes before this operation
    Image cut(Random& random);                   // one of the states it may leave behind
    std::int64_t mark() const { return mark_; }  // the last one before the cut

    const Tears& tears() const { return tears_; }

  private:
    struct Stored {
        base::Bytes durable;
        std::vector<std::size_t> pending;  // positions in the log
    };
    void take(std::size_t position);
    base::Bytes content(const Stored& stored, class Fate& fate);

    const std::vector<Op>& log_;
    std::size_t position_ = 0;
    std::int64_t mark_ = 0;
    Tears tears_;
    std::map<int, Stored> files_;
    std::map<std::string, int> names_;
    std::map<std::string, std::vector<std::size_t>> pending_names_;  // by folder
};

}  // namespace power_loss
