#include "drivers/face/liveness/movements.hpp"

#include <algorithm>

namespace drivers::face {

std::vector<Movement> draw_movements(int count, std::mt19937& random) {
    std::uniform_int_distribution<int> any(0, 2);
    std::vector<Movement> out;
    while (static_cast<int>(out.size()) < count) {
        const auto next = static_cast<Movement>(any(random));
        if (out.empty() || out.back() != next) out.push_back(next);
    }
    if (count < 2) return out;
    const auto is_blink = [](Movement movement) { return movement == Movement::blink; };
    // Two neighbours differ, so only turns may be missing a blink, never the other way.
    if (std::none_of(out.begin(), out.end(), is_blink)) {
        std::uniform_int_distribution<std::size_t> place(0, out.size() - 1);
        out[place(random)] = Movement::blink;
    }
    return out;
}

}  // namespace drivers::face
