#include "ui/screens/resting.hpp"

#include <array>
#include <cstddef>

namespace ui::screens {

namespace {

constexpr std::int64_t offset_from = 2, attract_from = 5;

std::int64_t minutes(base::Millis time) {
    return time.count() / 60'000;
}

}  // namespace

Offset resting_offset(base::Millis untouched) {
    constexpr std::array<Offset, 8> round{
        {{4, 0}, {3, 3}, {0, 4}, {-3, 3}, {-4, 0}, {-3, -3}, {0, -4}, {3, -3}}};
    const std::int64_t minute = minutes(untouched);
    if (minute < offset_from) return {};
    return round.at(static_cast<std::size_t>(minute - offset_from) % round.size());
}

bool attracts(base::Millis untouched) {
    const std::int64_t minute = minutes(untouched) - attract_from;
    return minute >= 0 && minute % 4 < 3;
}

int attract_place(base::Millis untouched) {
    return static_cast<int>(minutes(untouched) % attract_places);
}

}  // namespace ui::screens
