// What the emulated printer does in front of the driver of a terminal in service.
#include "emulated_bench.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <utility>

namespace drivers::printer {
namespace {

using namespace testing;
using base::FaultCode;
using domain::DeviceState;
using Fates = std::vector<SheetFate>;

constexpr base::Millis a_while{1000};

TEST(printer, a_document_is_printed_page_by_page_and_kept_in_training) {
    EmulatedBench bench(a_while);
    bench.start();
    bench.send();
    EXPECT_FALSE(bench.kept());
    for (int page = 1; page <= 3; ++page) {
        bench.under_way();
        bench.page_time_passes();
        const auto progress = bench.real.inbox.next<PrintProgressed>();
        ASSERT_TRUE(progress);
        EXPECT_EQ(progress->page, page);
        EXPECT_EQ(progress->pages, 3);
    }
    EXPECT_EQ(name(bench.real.outcome()), "printed");
    EXPECT_EQ(*base::read_file((bench.printed() / "receipt.pdf").string()),
              EmulatedBench::paper(3));
    EXPECT_EQ(bench.real.sheets(), Fates(3, SheetFate::printed));
}

TEST(printer, without_paper_nothing_is_begun) {
    EmulatedBench bench;
    bench.by_hand([](auto& machine) { machine.set_paper(false); });
    bench.start();
    bench.send();
    EXPECT_EQ(bench.real.fault(), FaultCode::PrinterPaperOut);
    EXPECT_EQ(bench.real.printer->health().supply, domain::Supply::out);
    bench.by_hand([](auto& machine) { EXPECT_TRUE(machine.jobs().empty()); });
}

TEST(printer, an_open_cover_and_a_low_supply_are_said) {
    EmulatedBench bench;
    bench.start();
    EXPECT_EQ(bench.real.health(DeviceState::ready).supply, domain::Supply::plenty);
    bench.by_hand([](auto& machine) { machine.set_cover_open(true); });
    EXPECT_EQ(bench.real.health(DeviceState::unavailable).fault->code, FaultCode::PrinterCoverOpen);
    bench.send();
    EXPECT_EQ(bench.real.fault(), FaultCode::PrinterCoverOpen);
    bench.by_hand([](auto& machine) {
        machine.set_low(true);
        machine.set_cover_open(false);
    });
    EXPECT_EQ(bench.real.health(DeviceState::ready).supply, domain::Supply::low);
}

// Two sheets of three have come out.
void print_two_of_three(EmulatedBench& bench) {
    bench.by_hand([](auto& machine) { machine.end_paper_after(2); });
    bench.send();
    ASSERT_TRUE(bench.real.inbox.next<PrintProgressed>());
    ASSERT_TRUE(bench.real.inbox.next<PrintProgressed>());
}

TEST(printer, a_jam_in_the_middle_spoils_the_document) {
    EmulatedBench bench(a_while);
    bench.real.options.patience.mend = base::Millis{20};
    bench.start();
    bench.send();
    bench.under_way([](auto& machine) { machine.set_jammed(true); });
    EXPECT_EQ(name(bench.real.outcome()), "spoiled");
    EXPECT_FALSE(bench.kept());
}

TEST(printer, a_jam_that_is_cleared_in_time_prints_the_eaten_sheet_again) {
    EmulatedBench bench(a_while);
    bench.start();
    bench.send(1, 1);
    bench.under_way([](auto& machine) { machine.set_jammed(true); });
    EXPECT_EQ(bench.real.health(DeviceState::unavailable).fault->code, FaultCode::PrinterJammed);
    bench.by_hand([](auto& machine) { machine.set_jammed(false); });
    bench.real.health(DeviceState::ready);
    bench.page_time_passes();
    EXPECT_EQ(name(bench.real.outcome()), "printed");
    EXPECT_TRUE(bench.kept());
}

TEST(printer, paper_that_ends_in_the_middle_is_waited_for_and_the_print_goes_on) {
    EmulatedBench bench;
    bench.start();
    print_two_of_three(bench);
    const auto health = bench.real.health(DeviceState::unavailable);
    EXPECT_EQ(health.fault->code, FaultCode::PrinterPaperOut);
    EXPECT_EQ(health.supply, domain::Supply::out);
    EXPECT_FALSE(bench.kept());
    bench.by_hand([](auto& machine) { machine.set_paper(true); });
    EXPECT_EQ(name(bench.real.outcome()), "printed");
    EXPECT_TRUE(bench.kept());
}

TEST(printer, paper_that_ends_in_the_middle_and_is_not_brought_spoils_the_rest) {
    EmulatedBench bench;
    bench.real.options.patience.mend = base::Millis{20};
    bench.start();
    print_two_of_three(bench);
    EXPECT_EQ(name(bench.real.outcome()), "spoiled");
    bench.by_hand([](auto& machine) { machine.set_paper(true); });
    EXPECT_EQ(bench.real.sheets(),
              (Fates{SheetFate::printed, SheetFate::printed, SheetFate::spoiled}));
    EXPECT_FALSE(bench.kept()) << "nothing comes out when paper is brought";
}

TEST(printer, paper_that_ends_with_the_last_sheet_is_a_print) {
    EmulatedBench bench;
    bench.by_hand([](auto& machine) { machine.end_paper_after(3); });
    bench.start();
    bench.send();
    EXPECT_EQ(name(bench.real.outcome()), "printed");
    bench.send(2);
    EXPECT_EQ(bench.real.fault(), FaultCode::PrinterPaperOut);
}

TEST(printer, a_lost_outcome_is_unknown_and_not_kept) {
    EmulatedBench bench;
    bench.by_hand([](auto& machine) { machine.lose_next_outcome(); });
    bench.start();
    bench.send();
    EXPECT_EQ(name(bench.real.outcome()), "unknown");
    EXPECT_FALSE(bench.kept());
    bench.send(2);
    EXPECT_EQ(name(bench.real.outcome()), "printed") << "the next one only";
}

TEST(printer, an_unplugged_printer_is_absent_and_well_again_when_it_is_plugged_in) {
    EmulatedBench bench;
    bench.machine->unplug();
    bench.start();
    bench.send();
    EXPECT_EQ(bench.real.fault(), FaultCode::PrinterAbsent);
    EXPECT_FALSE(std::filesystem::exists(bench.socket()));
    bench.machine->plug();
    bench.real.health(DeviceState::ready);
    bench.send(2);
    EXPECT_EQ(name(bench.real.outcome()), "printed");
}

TEST(printer, unplugged_in_the_middle_ends_unknown_and_prints_nothing_later) {
    for (const bool comes_back_at_once : {false, true}) {
        SCOPED_TRACE(comes_back_at_once);
        EmulatedBench bench;
        bench.real.options.patience.contact =
            comes_back_at_once ? base::Millis{600000} : base::Millis{20};
        bench.start();
        print_two_of_three(bench);
        bench.machine->unplug();
        if (comes_back_at_once) bench.machine->plug();
        EXPECT_EQ(name(bench.real.outcome()), "unknown");
        bench.machine->plug();
        bench.by_hand([](auto& machine) { machine.set_paper(true); });
        bench.real.health(DeviceState::ready);
        EXPECT_FALSE(bench.kept());
        bench.send(2, 1);
        EXPECT_EQ(name(bench.real.outcome()), "printed");
    }
}

TEST(printer, what_is_not_a_pdf_is_refused) {
    EmulatedBench bench;
    bench.start();
    bench.real.printer->print({1, 1}, {"receipt", 1, base::Secret(base::to_bytes("<html>"))});
    EXPECT_EQ(bench.real.fault(), FaultCode::PrinterFailed);
}

TEST(printer, a_pdf_without_pages_is_given_up) {
    EmulatedBench bench;
    bench.start();
    bench.real.printer->print({1, 1}, {"receipt", 1, base::Secret(EmulatedBench::paper(0))});
    EXPECT_EQ(name(bench.real.outcome()), "spoiled");
    EXPECT_FALSE(bench.kept());
}

TEST(printer, purged_jobs_are_not_printed) {
    EmulatedBench bench(a_while);
    bench.start();
    bench.send(1);
    bench.send(2);
    bench.under_way();
    bench.real.printer->purge();
    EXPECT_EQ(name(bench.real.outcome()), "spoiled");
    EXPECT_EQ(bench.real.fault(), FaultCode::PrinterFailed);
    for (int page = 0; page < 6; ++page) bench.page_time_passes();
    bench.by_hand([](auto& machine) {
        for (const auto& [id, job] : machine.jobs()) EXPECT_TRUE(job.ended()) << id;
    });
    EXPECT_TRUE(std::filesystem::is_empty(bench.printed()));
}

TEST(printer, a_tray_that_tells_says_that_paper_lies_there_and_once_when_it_is_taken) {
    EmulatedBench bench;
    bench.by_hand([](auto& machine) { machine.set_tray_sensor(true); });
    bench.start();
    bench.send();
    const auto finished = bench.real.finished();
    EXPECT_TRUE(finished.lies_in_tray);
    bench.by_hand([](auto& machine) { machine.take_paper(); });
    const auto taken = bench.real.inbox.next<PaperTaken>();
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->ticket, finished.ticket);
    bench.send(2);
    EXPECT_TRUE(bench.real.finished().lies_in_tray);
    bench.real.printer.reset();
    while (auto event = bench.real.inbox.try_next())
        EXPECT_FALSE(std::holds_alternative<PaperTaken>(*event)) << "nobody took it";
}

TEST(printer, a_printer_without_that_sensor_never_claims_to_know) {
    EmulatedBench bench;
    bench.start();
    bench.send();
    EXPECT_FALSE(bench.real.finished().lies_in_tray);
}

TEST(printer, a_jobs_name_does_not_lead_out_of_the_folder) {
    EmulatedBench bench;
    const auto queue = make_cups_queue(bench.address());
    const auto job = queue->create_job("../receipt", false);
    ASSERT_TRUE(job);
    ASSERT_TRUE(queue->send_pdf(*job, EmulatedBench::paper(1)));
    EXPECT_FALSE(std::filesystem::exists(bench.folder / "receipt.pdf"));
    EXPECT_TRUE(std::filesystem::exists(bench.printed() / "untitled.pdf"));
}

// What a program says and how it ended.
std::pair<std::string, int> run(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int out[2];
    EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, out[1], 1);
    pid_t child = 0;
    const int error =
        ::posix_spawn(&child, arguments.front(), &files, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::close(out[1]);
    std::string said;
    char block[4096];
    for (ssize_t got = 0; (got = ::read(out[0], block, sizeof block)) > 0;)
        said.append(block, static_cast<std::size_t>(got));
    ::close(out[0]);
    int status = -1;
    EXPECT_TRUE(error == 0 && ::waitpid(child, &status, 0) == child);
    return {said, status};
}

// The suites of the Printer Working Group that come with CUPS. That of IPP 1.1 names documents that
// do not come with it and are for printers of other formats; it wants to be able to open them.
TEST(printer, the_test_suites_of_ipp_find_nothing_wrong_with_it) {
    const std::string tool = "/usr/bin/ipptool", suites = "/usr/share/cups/ipptool/";
    if (!std::filesystem::exists(tool)) GTEST_SKIP() << "no ipptool here";
    for (const std::string suite : {"get-printer-attributes.test", "ipp-1.1.test"}) {
        EmulatedBench bench;
        const auto own = [&](const std::string& file) { return (bench.folder / file).string(); };
        std::filesystem::copy_file(suites + suite, own(suite));
        for (const auto* file : {"one_page.pdf", "document-a4.pdf", "document-letter.pdf",
                                 "document-a4.ps", "document-letter.ps", "color.jpg", "gray.jpg"})
            ASSERT_TRUE(base::write_file(own(file), EmulatedBench::paper(1)));
        std::string host;
        for (const char c : bench.socket()) host += c == '/' ? "%2F" : std::string(1, c);
        const auto [said, status] = run({tool, "-t", "-T", "10", "-f", own("one_page.pdf"),
                                         "ipp://" + host + "/ipp/print", own(suite)});
        EXPECT_EQ(status, 0) << said;
        EXPECT_NE(said.find("[PASS]"), std::string::npos) << said;
    }
}

}  // namespace
}  // namespace drivers::printer
