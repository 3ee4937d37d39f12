// Decisions that follow from a seed and nothing else. Each part of the world has a stream of its
// own, so that taking one kind of fault away leaves the decisions about all others as they were.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <random>
#include <string_view>

namespace simulator {

class Seeded {
  public:
    Seeded(std::uint64_t seed, std::string_view stream) : random_(mixed(seed, stream)) {}

    std::uint64_t next() { return random_(); }
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    bool chance(int permille) { return below(1000) < static_cast<std::uint64_t>(permille); }
    base::Millis between(base::Millis from, base::Millis to) {
        const auto range = static_cast<std::uint64_t>((to - from).count()) + 1;
        return from + base::Millis{static_cast<std::int64_t>(below(range))};
    }
    std::mt19937_64& engine() { return random_; }

  private:
    static std::uint64_t mixed(std::uint64_t seed, std::string_view stream) {
        for (const char c : stream)
            seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
        return seed ^ (seed >> 29);
    }
    std::mt19937_64 random_;
};

}  // namespace simulator
