// The printer of a terminal that has none: says so, and ends every job at once with PrinterAbsent.
// Main thread only.
#pragma once

#include "drivers/device_set.hpp"

#include <utility>

namespace drivers::printer {

class AbsentDocumentPrinter final : public DocumentPrinter {
  public:
    explicit AbsentDocumentPrinter(DeviceSink sink) : sink_(std::move(sink)) {
        sink_(HealthChanged{domain::DeviceKind::document_printer, health()});
    }
    void print(domain::Ticket ticket, PrintJob) override {
        sink_(PrintFinished{ticket, base::fail(base::FaultCode::PrinterAbsent)});
    }
    void purge() override {}
    void paper_changed(domain::Ticket ticket) override {
        sink_(PaperChangeNoted{ticket, base::fail(base::FaultCode::PrinterAbsent)});
    }
    domain::DeviceHealth health() const override {
        return {domain::DeviceState::unavailable, domain::Supply::unknown,
                base::Fault{base::FaultCode::PrinterAbsent, {}}};
    }

  private:
    const DeviceSink sink_;
};

}  // namespace drivers::printer
