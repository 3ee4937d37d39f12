// What drivers of a USB class need beside plain pipes: the interface they work with, its class
// requests on endpoint 0, writes that may end half-way, and a pipe that is always being read.
// Threads and faults as in usb_transport.hpp.
#pragma once

#include "drivers/usb/usb_transport.hpp"

#include <optional>
#include <vector>

namespace drivers::usb {

// One setting of an interface, as its descriptor says.
struct InterfaceSetting {
    std::uint8_t number = 0, alternate = 0;
    std::uint8_t device_class = 0, subclass = 0, protocol = 0;
    std::vector<Endpoint> endpoints{};

    friend bool operator==(const InterfaceSetting&, const InterfaceSetting&) = default;
};

enum class Wanted {
    first_interface,  // the first setting of the first one
    printer,          // class 7, bidirectional before others; else a vendor's with a bulk pair
};
// None when the device has no such interface. Pure.
const InterfaceSetting* choose_setting(const std::vector<InterfaceSetting>& settings,
                                       Wanted wanted);

enum class Recipient { interface, other };
struct ClassRequest {
    std::uint8_t request = 0;
    std::uint16_t value = 0, index = 0;
    Recipient recipient = Recipient::interface;
};

class UsbClassTransport : public UsbTransport {
  public:
    virtual InterfaceSetting interface() const = 0;  // of the open device
    // A class request whose answer comes back, and one that only tells. No such request:
    // UsbStalled.
    virtual base::Result<std::size_t> ask(const ClassRequest& request, std::span<std::uint8_t> into,
                                          base::Millis limit) = 0;
    virtual base::Status tell(const ClassRequest& request, base::Millis limit) = 0;
    // What moved of `bytes` within the limit, at least one byte. UsbTimedOut: nothing moved, the
    // device takes nothing now.
    virtual base::Result<std::size_t> write_some(std::uint8_t endpoint, base::ByteView bytes,
                                                 base::Millis limit) = 0;
    // From now until close() this pipe is always being read, whatever else is done with the device,
    // so that nothing it says is left waiting there; read() takes what came. One pipe at a time.
    virtual base::Status listen(std::uint8_t endpoint) = 0;
};

}  // namespace drivers::usb
