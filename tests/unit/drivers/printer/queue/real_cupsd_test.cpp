// The document printer over a real cupsd of its own, with ippeveprinter as the printer.
#include "cupsd_bench.hpp"
#include "printer_bench.hpp"

#include <cstdlib>

namespace drivers::printer {
namespace {

using namespace testing;
using base::FaultCode;
using domain::DeviceState;

class real_cupsd : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto missing = CupsdBench::missing(); !missing.empty())
            GTEST_SKIP() << "no private cupsd can be started here: " << missing;
        cupsd = std::make_unique<CupsdBench>();
        bench = std::make_unique<PrinterBench>();
        bench->options.spooler_settings = cupsd->settings();
        bench->options.beat = base::Millis{50};
        bench->options.rest = base::Millis{200};
        bench->start(cupsd->uri());
        bench->health(DeviceState::ready);
    }
    void print_whole(int number) {
        bench->send(number, 2);
        for (const auto* line : {"side", "side", "end"}) cupsd->tell_printer(line);
        EXPECT_EQ(name(bench->outcome()), "printed");
    }
    // A print of two sides of which one has come out.
    void print_half(int number) {
        bench->send(number, 2);
        cupsd->tell_printer("side");
        const auto progress = bench->inbox.next<PrintProgressed>();
        ASSERT_TRUE(progress);
        EXPECT_EQ(progress->page, 1);
    }

    std::unique_ptr<CupsdBench> cupsd;
    std::unique_ptr<PrinterBench> bench;
};

TEST_F(real_cupsd, prints_page_by_page_and_keeps_nothing) {
    print_whole(1);
    EXPECT_EQ(cupsd->sides(), 2);
    EXPECT_TRUE(cupsd->spooled().empty()) << cupsd->spooled().front();
    EXPECT_EQ(bench->sheets(), std::vector(2, SheetFate::printed));
}

TEST_F(real_cupsd, says_that_the_paper_is_out_and_goes_on_when_some_is_brought) {
    print_half(1);
    cupsd->tell_printer("state +media-empty,media-needed");
    const auto health = bench->health(DeviceState::unavailable);
    EXPECT_EQ(health.fault->code, FaultCode::PrinterPaperOut);
    EXPECT_EQ(health.supply, domain::Supply::out);
    cupsd->tell_printer("state -media-empty,media-needed");
    bench->health(DeviceState::ready);
    cupsd->tell_printer("side");
    cupsd->tell_printer("end");
    EXPECT_EQ(name(bench->outcome()), "printed");
}

TEST_F(real_cupsd, an_open_cover_at_an_idle_printer_is_seen_and_nothing_is_begun) {
    print_half(1);
    cupsd->tell_printer("state +cover-open");
    cupsd->tell_printer("side");
    cupsd->tell_printer("end");
    EXPECT_EQ(name(bench->outcome()), "unknown") << "it may have eaten the last sheet";
    bench->send(2, 2);
    EXPECT_EQ(bench->fault(), FaultCode::PrinterCoverOpen);
    EXPECT_EQ(cupsd->begun(), 1);
}

TEST_F(real_cupsd, killed_and_restarted_with_a_job_in_it_prints_nothing_late_or_twice) {
    for (const bool in_order : {false, true}) {
        SCOPED_TRACE(in_order ? "ended in order" : "killed");
        const int begun = cupsd->begun(), sides = cupsd->sides();
        print_half(1);
        cupsd->stop_cupsd(in_order);
        cupsd->tell_printer("fail");  // the printer gives up what it was sent
        cupsd->start_cupsd();
        EXPECT_EQ(name(bench->outcome()), "unknown");
        print_whole(2);
        EXPECT_EQ(cupsd->begun(), begun + 2) << "the first job was not begun again";
        EXPECT_EQ(cupsd->sides(), sides + 3);
        EXPECT_TRUE(cupsd->spooled().empty());
    }
}

TEST_F(real_cupsd, a_job_purged_at_the_sessions_end_prints_nothing_later) {
    print_half(1);
    bench->send(2, 2);  // waits behind it
    bench->printer->purge();
    EXPECT_EQ(name(bench->outcome()), "spoiled");
    EXPECT_EQ(bench->fault(), FaultCode::PrinterFailed);
    cupsd->tell_printer("fail");
    EXPECT_TRUE(cupsd->spooled().empty());
    print_whole(3);
    EXPECT_EQ(cupsd->begun(), 2);
    EXPECT_EQ(cupsd->sides(), 3);
}

TEST_F(real_cupsd, with_a_full_spool_refuses_the_document_and_prints_the_next_one_with_room) {
    if (!cupsd->fill_spool()) GTEST_SKIP() << "no small disk can be mounted here";
    for (int number = 1; number <= 3; ++number) {
        bench->send(number, 2);
        const auto outcome = bench->outcome();
        EXPECT_FALSE(outcome) << "printed, spoiled or unknown, though not a byte of it was kept";
    }
    EXPECT_EQ(cupsd->begun(), 0);
    EXPECT_TRUE(cupsd->spooled().empty()) << cupsd->spooled().front();
    cupsd->free_spool();
    print_whole(4);
    EXPECT_EQ(cupsd->begun(), 1) << "nothing of what was refused comes out later";
    EXPECT_EQ(cupsd->sides(), 2);
    EXPECT_EQ(bench->sheets(), std::vector(2, SheetFate::printed));
}

// cupsd's back end may report such a job as completed, with the sides that came out: then what
// became of the next sheet is unknown.
TEST_F(real_cupsd, a_printer_that_gives_up_part_way_has_not_printed) {
    print_half(1);
    cupsd->tell_printer("fail");
    const auto outcome = bench->outcome();
    ASSERT_TRUE(outcome);
    EXPECT_NE(*outcome, PrintOutcome::printed);
    const auto next = *outcome == PrintOutcome::spoiled ? SheetFate::spoiled : SheetFate::unknown;
    EXPECT_EQ(bench->sheets(), (std::vector{SheetFate::printed, next}));
}

TEST_F(real_cupsd, a_queue_is_found_by_its_name_over_the_spoolers_socket) {
    bench->printer.reset();
    ASSERT_EQ(::setenv("CUPS_SERVER", cupsd->socket().c_str(), 1), 0);
    bench->start("paper");
    print_whole(1);
    EXPECT_EQ(cupsd->sides(), 2);
    ASSERT_EQ(::setenv("CUPS_SERVER", "192.0.2.1", 1), 0);
    bench->start("paper");
    bench->send(2, 2);
    EXPECT_EQ(bench->fault(), FaultCode::PrinterSetUpWrong) << "the app has no network";
    ::unsetenv("CUPS_SERVER");
}

TEST_F(real_cupsd, nobody_on_its_port_is_an_absent_printer) {
    cupsd->stop_cupsd(true);
    EXPECT_EQ(bench->health(DeviceState::unavailable).fault->code, FaultCode::PrinterAbsent);
    bench->send(1, 2);
    EXPECT_EQ(bench->fault(), FaultCode::PrinterAbsent);
    cupsd->start_cupsd();
    bench->health(DeviceState::ready);
    print_whole(2);
}

}  // namespace
}  // namespace drivers::printer
