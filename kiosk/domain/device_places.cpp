#include "domain/device_places.hpp"

namespace domain {

namespace {
constexpr std::array<std::string_view, place_count> names{
    "above-left",  "above-middle", "above-right", "right-top",   "right-middle", "right-bottom",
    "below-right", "below-middle", "below-left",  "left-bottom", "left-middle",  "left-top"};
}

std::string_view name(Place place) {
    return names.at(static_cast<std::size_t>(place));
}

std::optional<Place> place_from(std::string_view wanted) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == wanted) return static_cast<Place>(i);
    return std::nullopt;
}

}  // namespace domain
