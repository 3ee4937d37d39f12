// The cabinet round the devices in domain words: its doors, its guide lamps, the five keys on its
// own pad, mains and battery, and how all of it is wired. Values only.
#pragma once

#include "base/clock.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

// What may be opened; tamper is the switch that says the case was forced.
enum class Door { service, paper, tamper };
std::string_view name(Door door);

// Beside the place they lead to (UX-161).
enum class Lamp { id_card_reader, document_printer, camera, receipt_printer };
inline constexpr std::size_t lamp_count = 4;
enum class LampState { off, slow, quick, continuous };
std::string_view name(Lamp lamp);
std::string_view name(LampState state);

struct Lamps {
    std::array<LampState, lamp_count> states{};
    LampState& operator[](Lamp lamp) { return states.at(static_cast<std::size_t>(lamp)); }
    LampState operator[](Lamp lamp) const { return states.at(static_cast<std::size_t>(lamp)); }
    friend bool operator==(const Lamps&, const Lamps&) = default;
};

enum class PadKey { next, previous, select, repeat, help };

// What a board of the cabinet may be wired to. A line that is set means: somebody is there, the
// door is open, the switch was tripped, headphones are in, the key is down.
enum class CabinetLine {
    presence,
    service_door,
    paper_door,
    tamper,
    headphones,
    key_next,
    key_previous,
    key_select,
    key_repeat,
    key_help
};
inline constexpr std::size_t cabinet_line_count = 10;
using CabinetLines = std::bitset<cabinet_line_count>;
std::string_view name(CabinetLine line);

// mains; on battery; so little left that nothing new is begun; about to go out.
enum class PowerLevel { mains, battery, low, critical };
std::string_view name(PowerLevel level);

struct Power {
    PowerLevel level = PowerLevel::mains;
    std::optional<int> charge_percent{}, minutes_left{};  // as far as the UPS tells
    friend bool operator==(const Power&, const Power&) = default;
};

// When a UPS that runs on its battery has so little left that nothing new is begun.
struct PowerLimits {
    int low_percent = 40;
    int low_minutes = 5;
    friend bool operator==(const PowerLimits&, const PowerLimits&) = default;
};

// How bright the panel is with somebody before it, and with nobody.
struct PanelLight {
    int bright_percent = 100;
    int dim_percent = 40;
    friend bool operator==(const PanelLight&, const PanelLight&) = default;
};

struct CabinetSettings {
    enum class Board { none, gpio, usb };
    enum class Bias { as_is, pull_up, pull_down };
    Board board = Board::none;
    // ---- gpio
    std::string chip{};  // /dev/gpiochip0, or its name or label
    std::array<std::optional<unsigned>, cabinet_line_count> lines{};  // offsets; none: not wired
    std::array<std::optional<unsigned>, lamp_count> lamp_lines{};
    CabinetLines active_low{};  // set when the wire is low
    bool lamps_active_low = false;
    Bias bias = Bias::as_is;
    // ---- usb
    std::uint16_t usb_vendor = 0, usb_product = 0;
    // ---- either
    base::Millis debounce{50};
    std::string ups{};        // its name at upsd, e.g. ups@localhost; empty: no UPS is asked
    std::string backlight{};  // folder with brightness and max_brightness; empty: not dimmed
    PowerLimits power{};
    PanelLight light{};

    bool is_there() const { return board != Board::none || !ups.empty() || !backlight.empty(); }
    friend bool operator==(const CabinetSettings&, const CabinetSettings&) = default;
};

}  // namespace domain
