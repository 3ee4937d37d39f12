// What a USB device says of itself: the descriptors of one configuration with one interface, as
// they stand in sysfs (USB 2.0 chapter 9). Pure.
#pragma once

#include "drivers/usb/usb_class_transport.hpp"

#include <string>
#include <vector>

namespace usbdevfs {

// A setting of no class of its own, whose pipes all carry reports, is a human interface device.
base::Bytes descriptors_of(drivers::usb::DeviceId id,
                           const drivers::usb::InterfaceSetting& setting);

// The entry of such a device in the language of umockdev: its sysfs folder, node and properties.
struct Place {
    int bus = 1;
    int address = 1;
    std::string folder() const;  // /devices/usb1/1-2
    std::string node() const;    // /dev/bus/usb/001/002
};
std::string entry_of(const Place& place, drivers::usb::DeviceId id, const base::Bytes& descriptors);

}  // namespace usbdevfs
