// udev's rules for what the kiosk's account has to open and no table of ids names: device nodes by
// their class, and what one terminal's configuration says. The rules that come from a table stand
// beside this file, compared with it by a test. Pure.
#pragma once

#include "provisioning/config/config.hpp"

#include <array>
#include <string>

namespace provisioning::udev {

// A class of device nodes, as the kernel calls it, and the group that may read and write them.
// Debian's own rules give the same for all but the chips; said again, a terminal does not depend on
// that.
struct NodeClass {
    const char* what;
    const char* subsystem;
    const char* kernel;
    const char* group;
};
inline constexpr std::array<NodeClass, 5> node_classes{{
    {"cameras", "video4linux", "video*", "video"},
    {"headphone jack, a scanner that types", "input", "event*", "input"},
    {"readers and scanners on a serial port over a bridge chip", "tty", "ttyUSB*", "dialout"},
    {"scanners on a serial port of their own", "tty", "ttyACM*", "dialout"},
    {"lines of the cabinet", "gpio", "gpiochip*", "plugdev"},
}};

// provisioning/udev/62-citizen-window-classes.rules.
std::string class_rules();

// What this terminal's configuration names itself: the cabinet's board on USB, a card reader, a
// scanner or a receipt printer by its ids, the panel's backlight. A comment only where there is
// nothing of it.
std::string configured_rules(const config::Config& config);

}  // namespace provisioning::udev
