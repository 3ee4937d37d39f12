// Which printer a citizen's slip comes out of: the one place that decides it; and which of them
// paper came out of. Pure.
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

// A list to take home: on a page where the documents' printer is well, else on a strip of the
// receipt printer where there is one.
DeviceKind list_printer(const TerminalHealth& health);

// The printers that something came out of in a session: a slip and a letter may lie in two places.
struct PaperSlots {
    bool documents = false, slips = false;

    bool& at(DeviceKind printer) {
        return printer == DeviceKind::receipt_printer ? slips : documents;
    }
    bool any() const { return documents || slips; }
    friend bool operator==(const PaperSlots&, const PaperSlots&) = default;
};

// Whether some printer can print a slip, as far as is known.
bool can_print_slips(const TerminalHealth& health);

}  // namespace domain
