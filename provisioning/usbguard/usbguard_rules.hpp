// USBGuard's rules of one terminal: the devices of the drivers' tables and those that its
// configuration or a technician names, each with the interfaces it is meant to have; everything
// else, keyboards and storage first, stays blocked. Pure. The language: usbguard-rules.conf(5);
// match-all (no interface beside those named) came with USBGuard 1.1.0, Debian 12 has 1.1.2.
#pragma once

#include "provisioning/config/config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace provisioning::usbguard {

// What no table can name, because every cabinet is built of other parts.
struct Cabinet {
    std::optional<domain::UsbId> touch;   // the panel's controller; none: it is not on USB
    std::vector<domain::UsbId> built_in;  // hubs, document printer, sound, serial bridges
};

// Contents of /etc/usbguard/rules.conf. Whatever is named, what shows storage or a boot keyboard is
// blocked: a stand-in with a known id gets no further. The one exception is a scanner that the
// configuration names as one that types.
std::string rules(const config::Config& config, const Cabinet& cabinet);

}  // namespace provisioning::usbguard
