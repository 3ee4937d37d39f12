// A document printer in memory, on its own thread: takes PDFs, prints page by page, and keeps what
// it printed as files when it has an output folder (training only: real slips are never kept). The
// panel's thread takes its paper away, jams it, unplugs it, or lets the next job end unknown. Every
// job ends in one PrintFinished: printed, spoiled (begun, not finished), unknown, or a fault when
// nothing was printed: PrinterAbsent, PrinterPaperOut, PrinterJammed, PrinterFailed (not a PDF,
// purged, too many jobs).
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace drivers::printer {

// The machine that the panel handles.
class EmulatedPrinterMachine {
  public:
    struct Condition {
        bool plugged = true;
        bool paper = true;
        bool jammed = false;
        bool cover_open = false;
        bool low = false;          // paper or toner
        bool tray_sensor = false;  // can tell whether paper lies in its tray
        bool paper_lies = false;   // as that sensor sees it
        friend bool operator==(const Condition&, const Condition&) = default;
    };

    void set_plugged(bool plugged);
    void set_paper(bool paper);
    void set_jammed(bool jammed);
    void set_cover_open(bool open);
    void set_low(bool low);
    void lose_next_outcome();  // the next job ends unknown
    void set_tray_sensor(bool tells);
    void take_paper();

    // The printer's side.
    Condition condition() const;
    bool take_lost_outcome();
    bool lay_paper();  // whether the tray's sensor sees it
    // Waits until the condition differs from `seen`, something was queued, the stop or the time.
    void wait(std::stop_token stop, const Condition& seen, base::Millis limit);
    void wake();

  private:
    template <class Change>
    void change(Change make);

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    Condition condition_;
    bool lose_next_ = false;
    bool woken_ = false;
};

struct EmulatedPrinterOptions {
    std::string output_folder;    // empty = keep nothing
    base::Millis page_time{400};  // how long a page takes
};

class EmulatedDocumentPrinter final : public DocumentPrinter {
  public:
    EmulatedDocumentPrinter(std::shared_ptr<EmulatedPrinterMachine> machine,
                            EmulatedPrinterOptions options, DeviceSink sink);

    void print(domain::Ticket ticket, PrintJob job) override;
    void purge() override;
    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    struct Waiting {
        domain::Ticket ticket;
        PrintJob job;
        std::uint64_t round = 0;
    };

    void run(std::stop_token stop);
    void look_after_health();
    void look_after_tray();
    base::Result<PrintOutcome> print_now(const Waiting& waiting, std::stop_token stop);
    base::Status keep(const PrintJob& job) const;

    const std::shared_ptr<EmulatedPrinterMachine> machine_;
    const EmulatedPrinterOptions options_;
    const DeviceSink sink_;
    HealthReport health_;
    base::BoundedQueue<Waiting> queue_{4};
    std::optional<domain::Ticket> lying_;  // worker only: whose paper is in the tray
    std::atomic<std::uint64_t> round_{0};  // purge() starts a new one: older jobs are not printed

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::printer
