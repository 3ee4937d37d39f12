#include "drivers/printer/escpos/printer_report.hpp"

#include "drivers/printer/escpos/printer_link.hpp"

#include <fmt/format.h>

namespace drivers::printer::escpos {

base::Result<PrinterReport> ask_printer(std::shared_ptr<usb::UsbClassTransport> transport) {
    PrinterLink link(transport);
    TRY_STATUS(link.open(false));
    const auto id = transport->id();
    const auto& said = link.says_it_is();
    const bool both = !said.maker.empty() && !said.model.empty();
    std::string model = said.maker + (both ? " " : "") + said.model;
    if (const auto* known = model_of(id); model.empty() && known != nullptr) model = known->name;
    return PrinterReport{fmt::format("USB {:04X}:{:04X}", id.vendor, id.product), std::move(model)};
}

}  // namespace drivers::printer::escpos
