#include "usb_description.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace usbdevfs {

using drivers::usb::TransferKind;

namespace {

constexpr std::uint8_t vendor_class = 0xFF, hid_class = 0x03;

void put16(base::Bytes& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value & 0xFF));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
}

}  // namespace

base::Bytes descriptors_of(drivers::usb::DeviceId id,
                           const drivers::usb::InterfaceSetting& setting) {
    const auto& endpoints = setting.endpoints;
    // USB 2.0, no class, 64 bytes at endpoint 0; no strings, one configuration.
    base::Bytes out{18, 1, 0x00, 0x02, 0, 0, 0, 64};
    put16(out, id.vendor);
    put16(out, id.product);
    put16(out, 0x0100);
    out.insert(out.end(), {0, 0, 0, 1});
    out.insert(out.end(), {9, 2});
    put16(out, 9 + 9 + 7 * endpoints.size());
    out.insert(out.end(), {1, 1, 0, 0x80, 50});
    const bool reports = setting.device_class == vendor_class &&
                         std::all_of(endpoints.begin(), endpoints.end(), [](const auto& endpoint) {
                             return endpoint.kind == TransferKind::interrupt;
                         });
    out.insert(out.end(),
               {9, 4, 0, 0, static_cast<std::uint8_t>(endpoints.size()),
                reports ? hid_class : setting.device_class, setting.subclass, setting.protocol, 0});
    for (const auto& endpoint : endpoints) {
        out.insert(out.end(),
                   {7, 5, endpoint.address,
                    static_cast<std::uint8_t>(endpoint.kind == TransferKind::bulk ? 2 : 3)});
        put16(out, endpoint.packet_size);
        out.push_back(endpoint.kind == TransferKind::bulk ? 0 : 8);
    }
    return out;
}

std::string Place::folder() const {
    return fmt::format("/devices/usb{0}/{0}-{1}", bus, address);
}
std::string Place::node() const {
    return fmt::format("/dev/bus/usb/{:03}/{:03}", bus, address);
}

std::string entry_of(const Place& place, drivers::usb::DeviceId id,
                     const base::Bytes& descriptors) {
    std::string hex;
    for (const auto byte : descriptors) hex += fmt::format("{:02X}", byte);
    return fmt::format(
        "P: {0}\n"
        "E: DEVNAME={1}\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: DRIVER=usb\n"
        "E: BUSNUM={2:03}\nE: DEVNUM={3:03}\nE: MAJOR=189\nE: MINOR={4}\n"
        "E: PRODUCT={5:x}/{6:x}/100\nE: TYPE=0/0/0\n"
        "A: bConfigurationValue=1\\n\nA: busnum={2}\\n\nA: devnum={3}\\n\nA: speed=12\\n\n"
        "A: idVendor={5:04x}\\n\nA: idProduct={6:04x}\\n\nH: descriptors={7}\n\n",
        place.folder(), place.node(), place.bus, place.address, place.address - 1, id.vendor,
        id.product, hex);
}

}  // namespace usbdevfs
