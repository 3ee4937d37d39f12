// Which printer a citizen's slip comes out of: the one place that decides it. Pure.
#pragma once

#include "domain/device_health.hpp"

namespace domain {

// A device that has not said yet how it is is not called broken.
inline bool is_broken(const DeviceHealth& health) {
    return health.state == DeviceState::unavailable && health.fault.has_value();
}

// The receipt printer of a terminal that has one and it is well, else the documents' printer. When
// neither can print, the one that this terminal has, so that its fault is the one that is told.
DeviceKind slip_printer(const TerminalHealth& health);

// Whether some printer can print a slip, as far as is known.
bool can_print_slips(const TerminalHealth& health);

}  // namespace domain
