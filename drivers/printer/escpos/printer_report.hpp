// What a receipt printer says of itself, for technicians: asked while no driver holds it. Faults:
// those of PrinterLink::open; another program that holds it is PrinterAbsent with the detail
// "busy".
#pragma once

#include "base/result.hpp"
#include "drivers/usb/usb_class_transport.hpp"

#include <memory>
#include <string>

namespace drivers::printer::escpos {

struct PrinterReport {
    std::string where;  // USB 0416:5011
    std::string model;  // maker and model as it names itself; the table's word for it where it
                        // does not
};

base::Result<PrinterReport> ask_printer(std::shared_ptr<usb::UsbClassTransport> transport);

}  // namespace drivers::printer::escpos
