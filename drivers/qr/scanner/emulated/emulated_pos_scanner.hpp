// The bytes of a HID POS scanner, as Honeywell's and Zebra's send them: its report descriptor and
// the reports of a scanned text. Pure. Training and tests only.
#pragma once

#include "base/bytes.hpp"

#include <string_view>
#include <vector>

namespace drivers::qr {

struct EmulatedPosScanner {
    bool says_length = true;  // some have no length byte

    base::Bytes descriptor() const;
    // One report, or several that continue one another, the id first.
    std::vector<base::Bytes> reports_of(std::string_view text) const;
};

// The descriptor of a scanner that is set to type, and of every keyboard (USB HID 1.11, E.6).
base::Bytes keyboard_descriptor();

}  // namespace drivers::qr
