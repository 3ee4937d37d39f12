// The document printer over a print queue, on its own thread: one print after the other by
// print_course, every sheet in the ledger, health by looking at the printer.
//
// Before the queue is used for the first time, after every job that may have been left in it, and
// when purge() is called, everything of ours in it is purged: a spooler prints again what it still
// holds after its restart. While that has not succeeded nothing is printed.
//
// Where the printer tells how much its output tray still holds, a print that left less room lies in
// it until there is as much as before: PaperTaken.
//
// Every print ends in exactly one PrintFinished, or in none after the destructor has begun; that
// waits for the exchange that is under way and purges the job. Faults of a print that touched
// no sheet: PrinterAbsent, what condition_of() found, PrinterFailed (purged, too many jobs, not a
// PDF), and those of the ledger.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"
#include "drivers/printer/ledger.hpp"
#include "drivers/printer/queue/print_course.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace drivers::printer {

struct QueuePrinterOptions {
    // Checked when a spooler is behind it: what it is set up with, and how its service starts.
    std::string spooler_settings = "/etc/cups/cupsd.conf";
    std::string spooler_service = "/etc/systemd/system/cups.service.d/citizen-window.conf";
    base::Millis beat{1000};  // between two looks while a job lives
    base::Millis rest{5000};  // between two looks at a printer with nothing to do
    CoursePatience patience{};
};

class QueueDocumentPrinter final : public DocumentPrinter {
  public:
    // `ledger` may be a fault: then the printer says it and prints nothing. `clock` must outlive
    // it.
    QueueDocumentPrinter(std::unique_ptr<PrintQueue> queue,
                         base::Result<std::unique_ptr<Ledger>> ledger, QueuePrinterOptions options,
                         const base::Clock& clock, DeviceSink sink);
    ~QueueDocumentPrinter() override;

    void print(domain::Ticket ticket, PrintJob job) override;
    void purge() override;
    void paper_changed(domain::Ticket ticket) override;
    domain::DeviceHealth health() const override { return health_.now(); }
    std::vector<domain::InkLevel> ink() const override;

  private:
    struct Waiting {
        domain::Ticket ticket;
        PrintJob job;
        std::uint64_t round = 0;
    };

    void wake();
    void wait(std::stop_token stop, base::Millis limit);
    void run(std::stop_token stop);
    Asked<void> sweep();
    Asked<void> purge_ours();
    Asked<PrinterView> look_at_printer();
    void say_health(const PrinterView& view);
    void note_paper_changes();
    void check_spooler(const PrinterView& view);
    void serve(const Waiting& waiting, std::stop_token stop);
    std::optional<base::Fault> why_not(const Waiting& waiting, std::stop_token stop);
    CourseEvent carry_out(const PrintCourse& course, const PrintJob& job);
    bool lies_in_tray(domain::Ticket ticket);
    void look_after_tray();
    void note_progress(const Waiting& waiting, const PrintCourse& course);
    void settle(const CourseEnd& end, int pages);
    void abandon(const PrintCourse& course);

    const std::unique_ptr<PrintQueue> queue_;
    const base::Result<std::unique_ptr<Ledger>> ledger_;
    const QueuePrinterOptions options_;
    const base::Clock& clock_;
    const DeviceSink sink_;
    HealthReport health_;
    base::BoundedQueue<Waiting> jobs_{4};
    base::BoundedQueue<domain::Ticket> paper_changes_{4};
    base::LatestValue<std::vector<domain::InkLevel>> ink_;

    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool rung_ = false;
    std::atomic<std::uint64_t> round_{0};  // purge() starts a new one: older jobs are not printed

    // The worker's own.
    bool swept_ = false;  // nothing of ours is left in the queue
    std::uint64_t swept_round_ = 0;
    bool paper_was_out_ = false;
    std::optional<base::Fault> spooler_fault_;
    std::optional<std::uint64_t> serial_;  // of the print under way, in the ledger
    int noted_ = 0;                        // its sheets that came out
    // Sheets that fit into the output tray: at the last look, and before the print under way.
    std::optional<int> tray_room_, tray_room_before_;
    struct Lying {
        domain::Ticket ticket;
        int room_before = 0;
    };
    std::optional<Lying> lying_;  // what the tray's sensor saw come, and not go yet

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::printer
