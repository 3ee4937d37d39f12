// The report descriptor of a HID device (USB HID 1.11, section 6.2.2): which input report carries
// what, and where. Pure; sees whatever a device on the cable sends.
#pragma once

#include "base/bytes.hpp"

#include <vector>

namespace drivers::qr {

// Fields of one usage that stand side by side in an input report.
struct HidField {
    std::uint8_t report = 0;    // its id; 0: the device's reports carry none
    std::uint32_t usage = 0;    // page in the upper half; 0 for padding
    std::size_t first_bit = 0;  // in the report, the id's byte not counted
    std::size_t bits = 0;       // of one value
    std::size_t count = 0;      // values
    friend bool operator==(const HidField&, const HidField&) = default;
};

// In the order of the descriptor. BytesMalformed when it is cut short, closes what it did not open
// or asks for more than a report can hold.
base::Result<std::vector<HidField>> input_fields(base::ByteView descriptor);

}  // namespace drivers::qr
