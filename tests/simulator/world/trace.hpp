// What happened, line by line, as one number and the last lines in words. Nothing that a key or the
// kernel drew may stand in it: the same seed must give the same number in every run.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <deque>
#include <string>

namespace simulator {

class Trace {
  public:
    void add(base::Millis at, const std::string& what) {
        const std::string line = std::to_string(at.count()) + " " + what;
        for (const char c : line)
            hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
        hash_ = (hash_ ^ '\n') * 0x100000001B3ull;
        ++lines_;
        last_.push_back(line);
        if (last_.size() > remembered) last_.pop_front();
    }
    // How many of the last lines are kept in words: few in a run of many seeds, all in one of one.
    static inline std::size_t remembered = 25;

    std::uint64_t hash() const { return hash_; }
    std::int64_t lines() const { return lines_; }
    std::string last() const {
        std::string out;
        for (const auto& line : last_) out += "    " + line + "\n";
        return out;
    }

  private:
    std::uint64_t hash_ = 0xCBF29CE484222325ull;
    std::int64_t lines_ = 0;
    std::deque<std::string> last_;
};

}  // namespace simulator
