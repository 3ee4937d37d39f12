// What went over the cable of one USB device, as lines of text: for support, and as fixtures of
// tests. Pure. A recording of a device that reads people's documents holds a person until it was
// redacted; only then may it be written anywhere.
//
//   usb-recording 1
//   device 0400:C35A
//   endpoint 81 bulk 64
//   0 open ok
//   12 out 02 aaaaaa966900031... ok
//   14 in 81 7 ok aaaaaa9669...        of at most 7 bytes
//   14 in 81 64 UsbTimedOut
//   3012 close ok
//
// The number is milliseconds since the recording began. Lines that begin with # are remarks.
// Faults: BytesMalformed with the number of the line.
#pragma once

#include "drivers/usb/usb_transport.hpp"

#include <optional>
#include <string>
#include <vector>

namespace drivers::usb {

struct Exchange {
    enum class Kind { open, close, out, in };
    base::Millis at{0};
    Kind kind = Kind::open;
    std::uint8_t endpoint = 0;
    std::size_t room = 0;  // in: at most so many were asked for
    base::Bytes bytes;
    std::optional<base::FaultCode> fault;
    friend bool operator==(const Exchange&, const Exchange&) = default;
};

struct Recording {
    DeviceId id;
    std::vector<Endpoint> endpoints;
    std::vector<Exchange> exchanges;

    void wipe();
    friend bool operator==(const Recording&, const Recording&) = default;
};

std::string as_text(const Recording& recording);
base::Result<Recording> recording_from_text(const std::string& text);

}  // namespace drivers::usb
