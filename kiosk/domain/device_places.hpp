// Where the devices of this machine sit round its screen, as the configuration says. Drawings and
// words lead people there. Values only.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace domain {

// As somebody in front of the machine sees it, clockwise from the upper left corner.
enum class Place {
    above_left,
    above_middle,
    above_right,
    right_top,
    right_middle,
    right_bottom,
    below_right,
    below_middle,
    below_left,
    left_bottom,
    left_middle,
    left_top,
};
inline constexpr int place_count = 12;

struct DevicePlaces {
    Place id_card_reader = Place::below_right;
    Place document_printer = Place::below_left;
    Place receipt_printer = Place::below_middle;  // where the terminal has one
    Place camera = Place::above_middle;
    Place headphones = Place::left_bottom;
    friend bool operator==(const DevicePlaces&, const DevicePlaces&) = default;
};

// below-right, left-middle …
std::string_view name(Place place);
std::optional<Place> place_from(std::string_view name);

}  // namespace domain
