// What a device on USB calls itself: vendor and product, which only together say what it is. Values
// only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace domain {

struct UsbId {
    std::uint16_t vendor = 0, product = 0;
    friend bool operator==(const UsbId&, const UsbId&) = default;
};

// "VVVV:PPPP", four digits of hexadecimals each; nothing for anything else.
std::optional<UsbId> usb_id_from(std::string_view text);

}  // namespace domain
