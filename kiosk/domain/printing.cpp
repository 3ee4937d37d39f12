#include "domain/printing.hpp"

namespace domain {

DeviceKind slip_printer(const TerminalHealth& health) {
    if (health.receipt_printer.state != DeviceState::unavailable)
        return DeviceKind::receipt_printer;
    const auto& documents = health.document_printer;
    const bool has_none =
        is_broken(documents) && documents.fault->code == base::FaultCode::PrinterAbsent;
    return has_none && is_broken(health.receipt_printer) ? DeviceKind::receipt_printer
                                                         : DeviceKind::document_printer;
}

DeviceKind list_printer(const TerminalHealth& health) {
    const bool strips = health.receipt_printer.state != DeviceState::unavailable;
    return strips && is_broken(health.document_printer) ? DeviceKind::receipt_printer
                                                        : DeviceKind::document_printer;
}

bool can_print_slips(const TerminalHealth& health) {
    return health.receipt_printer.state != DeviceState::unavailable ||
           !is_broken(health.document_printer);
}

}  // namespace domain
