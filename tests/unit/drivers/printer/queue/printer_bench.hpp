// The real document printer over the real libcups, in front of a queue that a test controls.
#pragma once

#include "../../event_inbox.hpp"
#include "drivers/printer/cups/cups_queue.hpp"
#include "drivers/printer/queue/queue_document_printer.hpp"
#include "ipp_peer.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

namespace drivers::printer::testing {

using drivers::testing::EventInbox;

// Patience that no test waits for.
inline CoursePatience endless() {
    const base::Millis long_time{600000};
    return {long_time, long_time, long_time, long_time, long_time};
}

class PrinterBench {
  public:
    EventInbox inbox;
    std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("papers" + std::to_string(::getpid()));
    QueuePrinterOptions options{"provisioning/cups/cupsd.conf",
                                "provisioning/cups/citizen-window.conf", base::Millis{1},
                                base::Millis{5}, endless()};
    std::unique_ptr<QueueDocumentPrinter> printer;

    PrinterBench() { std::filesystem::remove_all(folder); }
    ~PrinterBench() {
        printer.reset();
        std::filesystem::remove_all(folder);
    }
    void start(const std::string& uri) {
        const auto address = domain::print_queue_address(uri);
        ASSERT_TRUE(address) << uri;
        start(*address);
    }
    void start(const domain::PrintQueueAddress& address) {
        printer = std::make_unique<QueueDocumentPrinter>(make_cups_queue(address), ledger(),
                                                         options, clock_, inbox.sink());
    }
    base::Result<std::unique_ptr<Ledger>> ledger() {
        return Ledger::open((folder / "documents.ledger").string(), clock_);
    }
    // Bigger than what fits into one write, and recognisable.
    static base::Bytes pdf(int number) {
        return base::to_bytes("%PDF-1.7 " + std::to_string(number) + std::string(70000, '.') +
                              "%%EOF\n");
    }
    void send(int number = 1, int pages = 3) {
        printer->print({1, static_cast<std::uint64_t>(number)},
                       {"letter", pages, base::Secret(pdf(number))});
    }
    PrintFinished finished() {
        auto event = inbox.next<PrintFinished>();
        EXPECT_TRUE(event) << "no completion";
        return event ? std::move(*event)
                     : PrintFinished{{}, base::fail(base::FaultCode::InternalError)};
    }
    base::Result<PrintOutcome> outcome() { return finished().outcome; }
    base::FaultCode fault() {
        const auto ended = outcome();
        EXPECT_FALSE(ended) << "printed, spoiled or unknown: " << (ended ? int(*ended) : -1);
        return ended ? base::FaultCode::InternalError : ended.error().code;
    }
    domain::DeviceHealth health(domain::DeviceState state) {
        const auto found = inbox.next_health(domain::DeviceKind::document_printer, state);
        EXPECT_TRUE(found);
        return found.value_or(domain::DeviceHealth{});
    }
    // What the ledger says of its newest job, read from the disk after the printer has gone.
    std::vector<SheetFate> sheets() {
        printer.reset();
        const auto book = ledger();
        if (!book || (*book)->book().jobs.empty()) return {};
        return (*book)->book().jobs.back().sheets;
    }

  private:
    base::SystemClock clock_;
};

inline std::string name(const base::Result<PrintOutcome>& outcome) {
    if (!outcome)
        return std::string(base::name(outcome.error().code)) + " " + outcome.error().safe_detail;
    constexpr const char* names[] = {"printed", "spoiled", "unknown"};
    return names[static_cast<int>(*outcome)];
}

}  // namespace drivers::printer::testing
