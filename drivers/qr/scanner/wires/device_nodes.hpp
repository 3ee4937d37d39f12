// What stands in /sys about the devices that may be scanners. Reads files only; a device that goes
// while it is looked at is passed over.
#pragma once

#include "drivers/usb/usb_transport.hpp"

#include <string>
#include <vector>

namespace drivers::qr {

struct DeviceFolders {
    std::string sys = "/sys", dev = "/dev";
};

struct DeviceNode {
    usb::DeviceId id;
    std::string path;  // /dev/hidraw0, /dev/input/event3
    friend bool operator==(const DeviceNode&, const DeviceNode&) = default;
};

// In order of name.
std::vector<DeviceNode> hidraw_nodes(const DeviceFolders& folders);
std::vector<DeviceNode> event_nodes(const DeviceFolders& folders);
std::vector<usb::DeviceId> usb_devices(const DeviceFolders& folders);
std::string in_words(usb::DeviceId id);  // 1EAB:0003

}  // namespace drivers::qr
