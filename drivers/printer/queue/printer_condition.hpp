// From what a printer says of itself to its health and to whether a print may begin. Pure.
#pragma once

#include "domain/device_health.hpp"
#include "domain/supplies.hpp"
#include "drivers/printer/queue/queue_views.hpp"

#include <optional>

namespace drivers::printer {

struct PrinterCondition {
    domain::DeviceHealth health;
    // Why nothing comes out of the printer now; none = it prints, as far as is known.
    std::optional<base::Fault> obstacle;
    // The obstacle may have eaten a sheet (a jam, an open cover), unlike paper that ended with the
    // last sheet.
    bool may_eat_sheets = false;

    friend bool operator==(const PrinterCondition&, const PrinterCondition&) = default;
};

// What a queue remembers of its printer (not `fresh`, nothing being printed) is a doubt, not an
// obstacle: it would keep the printer shut for good, for only a print brings news. Paper that is
// missing from one tray while A4 lies in another is no obstacle either.
PrinterCondition condition_of(const PrinterView& view);

// Toner and ink in the order of the printer. A name that is no text for a page is left out; a
// waste tank and what a printer cannot measure have no percentage.
std::vector<domain::InkLevel> ink_of(const PrinterView& view);

}  // namespace drivers::printer
