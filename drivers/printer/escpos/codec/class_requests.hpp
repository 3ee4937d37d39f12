// The class requests of USB printers, on endpoint 0, which answer even while a printer takes
// nothing more on its OUT pipe. Pure.
#pragma once

#include "base/bytes.hpp"
#include "drivers/usb/usb_class_transport.hpp"

#include <optional>
#include <string>

namespace drivers::printer::escpos {

struct PortStatus {
    bool no_error = true;
    bool selected = true;
    bool paper_empty = false;
    friend bool operator==(const PortStatus&, const PortStatus&) = default;
};
// None when nothing came.
std::optional<PortStatus> read_port_status(base::ByteView answer);

struct Ieee1284Id {
    std::string maker, model, commands;  // empty where it says nothing
    friend bool operator==(const Ieee1284Id&, const Ieee1284Id&) = default;
};
// "MFG:…;MDL:…;CMD:…;" behind two bytes of length, which count themselves. Printable characters
// only; none when the length does not fit.
std::optional<Ieee1284Id> read_device_id(base::ByteView answer);

usb::ClassRequest get_port_status(const usb::InterfaceSetting& interface);
usb::ClassRequest get_device_id(const usb::InterfaceSetting& interface);
// Forgets what is buffered. Some devices want it for `other`.
usb::ClassRequest soft_reset(const usb::InterfaceSetting& interface, usb::Recipient recipient);

}  // namespace drivers::printer::escpos
