// What is known of a receipt printer, put together from all it says, and what that means: health,
// supply, who mends it. Pure. Automatic status replaces what was known; answers to DLE EOT change
// their part of it; the port status adds what only it may still be able to tell.
#pragma once

#include "domain/device_health.hpp"
#include "drivers/printer/escpos/codec/class_requests.hpp"
#include "drivers/printer/escpos/codec/replies.hpp"

#include <optional>

namespace drivers::printer::escpos {

struct PrinterState {
    AutomaticStatus status;
    bool told = false;  // `status` comes from the printer
    std::optional<PortStatus> port;
    friend bool operator==(const PrinterState&, const PrinterState&) = default;
};

void apply(PrinterState& state, const AutomaticStatus& status);
void apply(PrinterState& state, RealtimeQuery asked, RealtimeAnswer answer);

// Why it prints nothing now; none when it can print. A hot head is none: it goes on by itself.
std::optional<base::FaultCode> stop_cause(const PrinterState& state);
domain::DeviceHealth health_of(const PrinterState& state);

}  // namespace drivers::printer::escpos
