#include "drivers/printer/emulated_document_printer.hpp"
#include "event_inbox.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace drivers::printer {
namespace {

using base::FaultCode;

struct Bench {
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedPrinterMachine> machine = std::make_shared<EmulatedPrinterMachine>();
    std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("printer" + std::to_string(::getpid()));
    std::unique_ptr<EmulatedDocumentPrinter> printer;

    explicit Bench(base::Millis page_time = base::Millis{0}) {
        std::filesystem::create_directories(folder);
        printer = std::make_unique<EmulatedDocumentPrinter>(
            machine, EmulatedPrinterOptions{folder.string(), page_time}, inbox.sink());
    }
    ~Bench() { std::filesystem::remove_all(folder); }
    void send(std::string_view bytes = "%PDF-1.7\n…\n%%EOF\n", int pages = 3) {
        printer->print({1, 1}, {"receipt", pages, base::Secret(base::to_bytes(bytes))});
    }
    base::Result<PrintOutcome> outcome() {
        auto finished = inbox.next<PrintFinished>();
        return finished ? finished->outcome : base::fail(FaultCode::InternalError, "no completion");
    }
};

TEST(printer, a_document_is_printed_page_by_page_and_kept_in_training) {
    Bench bench;
    bench.send();
    for (int page = 1; page <= 3; ++page) {
        const auto progress = bench.inbox.next<PrintProgressed>();
        ASSERT_TRUE(progress);
        EXPECT_EQ(progress->page, page);
        EXPECT_EQ(progress->pages, 3);
    }
    EXPECT_EQ(*bench.outcome(), PrintOutcome::printed);
    EXPECT_TRUE(std::filesystem::exists(bench.folder / "receipt.pdf"));
}

TEST(printer, without_paper_nothing_is_begun) {
    Bench bench;
    bench.machine->set_paper(false);
    bench.send();
    const auto outcome = bench.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, FaultCode::PrinterPaperOut);
    EXPECT_EQ(bench.printer->health().supply, domain::Supply::out);
}

TEST(printer, an_open_cover_and_a_low_supply_are_said) {
    Bench bench;
    bench.machine->set_cover_open(true);
    const auto open = bench.inbox.next_health(domain::DeviceKind::document_printer,
                                              domain::DeviceState::unavailable);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->fault->code, FaultCode::PrinterCoverOpen);
    bench.send();
    EXPECT_EQ(bench.outcome().error().code, FaultCode::PrinterCoverOpen);
    bench.machine->set_low(true);
    bench.machine->set_cover_open(false);
    const auto closed =
        bench.inbox.next_health(domain::DeviceKind::document_printer, domain::DeviceState::ready);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->supply, domain::Supply::low);
}

TEST(printer, a_jam_in_the_middle_spoils_the_document) {
    Bench bench(base::Millis{600000});
    bench.send();
    ASSERT_TRUE(
        bench.inbox.next_health(domain::DeviceKind::document_printer, domain::DeviceState::ready));
    bench.machine->set_jammed(true);
    const auto outcome = bench.outcome();
    // Jammed before it began is a fault; after, a spoiled page.
    if (outcome) {
        EXPECT_EQ(*outcome, PrintOutcome::spoiled);
    } else {
        EXPECT_EQ(outcome.error().code, FaultCode::PrinterJammed);
    }
}

TEST(printer, a_lost_outcome_is_unknown_and_not_kept) {
    Bench bench;
    bench.machine->lose_next_outcome();
    bench.send();
    EXPECT_EQ(*bench.outcome(), PrintOutcome::unknown);
    EXPECT_FALSE(std::filesystem::exists(bench.folder / "receipt.pdf"));
}

TEST(printer, an_unplugged_printer_is_absent) {
    Bench bench;
    bench.machine->set_plugged(false);
    bench.send();
    EXPECT_EQ(bench.outcome().error().code, FaultCode::PrinterAbsent);
}

TEST(printer, what_is_not_a_pdf_is_refused) {
    Bench bench;
    bench.send("<html>");
    EXPECT_EQ(bench.outcome().error().code, FaultCode::PrinterFailed);
}

TEST(printer, purged_jobs_are_not_printed) {
    Bench bench(base::Millis{600000});
    bench.send();
    bench.printer->print({1, 2}, {"letter", 1, base::Secret(base::to_bytes("%PDF-1.7 %%EOF"))});
    bench.printer->purge();
    for (int i = 0; i < 2; ++i) {
        const auto outcome = bench.outcome();
        EXPECT_FALSE(outcome && *outcome == PrintOutcome::printed);
    }
    EXPECT_TRUE(std::filesystem::is_empty(bench.folder));
}

TEST(printer, a_tray_that_tells_says_that_paper_lies_there_and_once_when_it_is_taken) {
    Bench bench;
    bench.machine->set_tray_sensor(true);
    bench.send();
    const auto finished = bench.inbox.next<PrintFinished>();
    ASSERT_TRUE(finished);
    EXPECT_TRUE(finished->lies_in_tray);
    bench.machine->take_paper();
    const auto taken = bench.inbox.next<PaperTaken>();
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->ticket, finished->ticket);
}

TEST(printer, a_printer_without_that_sensor_never_claims_to_know) {
    Bench bench;
    bench.send();
    const auto finished = bench.inbox.next<PrintFinished>();
    ASSERT_TRUE(finished);
    EXPECT_FALSE(finished->lies_in_tray);
}

}  // namespace
}  // namespace drivers::printer
