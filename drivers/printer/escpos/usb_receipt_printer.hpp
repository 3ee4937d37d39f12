// The real receipt printer: slips as dots over libusb's printer class, on its own thread. Every job
// ends in one PrintFinished: printed, spoiled, unknown, or a fault when no paper was moved
// (PrinterAbsent, PrinterPaperOut, PrinterJammed, PrinterFailed, ReceiptPrinter…). A slip that was
// begun is never sent again, and one that cannot be written down is not begun (PrinterFailed
// "ledger"); what a printer still holds of it is thrown away, so that nothing of it
// comes out later. Between slips it listens and looks at the port twice a second; a printer that is
// gone is looked for, one that fails is opened anew when drivers/supervision says so, and is
// DeviceKeepsFailing in the end.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"
#include "drivers/printer/escpos/slip_run.hpp"
#include "drivers/printer/ledger.hpp"
#include "drivers/supervision/recovery.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace drivers::printer::escpos {

struct ReceiptPrinterOptions {
    std::string ledger_file{};  // where every slip is written down; empty = nowhere (tests)
    SlipPatience patience{};
};

class UsbReceiptPrinter final : public DocumentPrinter {
  public:
    // `clock` must outlive it.
    UsbReceiptPrinter(std::shared_ptr<usb::UsbClassTransport> transport,
                      ReceiptPrinterOptions options, const base::Clock& clock, DeviceSink sink);

    // Prints the job's slip; its PDF is for others.
    void print(domain::Ticket ticket, PrintJob job) override;
    void purge() override { ++round_; }
    void paper_changed(domain::Ticket ticket) override;
    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    struct Waiting {
        domain::Ticket ticket;
        PrintJob job;
        std::uint64_t round = 0;
    };

    void run(std::stop_token stop);
    base::Millis pause() const;
    bool bring_up();
    void look_after();
    void say_health();
    void wake();
    void note_paper_changes();
    base::Status open_ledger();
    void note_length(const domain::BitPicture& slip);
    // Writes it down, prints it, writes down what became of it.
    base::Result<PrintOutcome> print_now(const Waiting& waiting, std::stop_token stop);
    base::Result<PrintOutcome> print_slip(const Waiting& waiting, std::stop_token stop);
    void link_lost(base::Fault fault);

    const ReceiptPrinterOptions options_;
    const base::Clock& clock_;
    const DeviceSink sink_;
    HealthReport health_;
    // Slips, and at most one empty place that only wakes the worker.
    base::BoundedQueue<std::optional<Waiting>> queue_{5};
    std::atomic<bool> waking_ = false;
    base::BoundedQueue<domain::Ticket> paper_changes_{4};
    std::atomic<std::uint64_t> round_{0};  // purge() starts a new one: older jobs are not printed

    // The worker's own.
    supervision::Recovery recovery_;
    PrinterLink link_;
    std::unique_ptr<Ledger> ledger_;
    bool may_hold_a_slip_ = true;  // what an earlier run of the program left is not known
    bool torn_ = true;             // a piece of somebody's slip may hang from it
    bool was_out_ = false;         // of paper, when it last said how much there is
    std::uint64_t slips_ = 0;      // counts up, for their ids

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::printer::escpos
