#include "drivers/supervision/back_off.hpp"

#include <algorithm>

namespace drivers::supervision {

base::Millis BackOff::next() {
    auto pause = times_.first;
    for (int i = 0; i < failures_ && pause < times_.longest; ++i) pause *= 2;
    pause = std::min(pause, times_.longest);
    if (pause < times_.longest) ++failures_;
    const auto span = pause.count() * times_.jitter_percent / 100;
    const auto shift =
        static_cast<std::int64_t>(drawn() % static_cast<std::uint32_t>(2 * span + 1));
    return pause + base::Millis{shift - span};
}

// A step of splitmix32: evenly spread is all that is asked of it.
std::uint32_t BackOff::drawn() {
    state_ += 0x9E3779B9u;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 16)) * 0x21F0AAADu;
    mixed = (mixed ^ (mixed >> 15)) * 0x735A2D97u;
    return mixed ^ (mixed >> 15);
}

}  // namespace drivers::supervision
