#include "printer_bench.hpp"

namespace drivers::printer {
namespace {

using namespace testing;
using base::FaultCode;
using domain::DeviceState;
using Fates = std::vector<SheetFate>;

TEST(queue_printer, a_letter_comes_out_page_by_page_and_leaves_nothing_behind) {
    IppPeer peer({});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    for (int page = 1; page <= 3; ++page) {
        const auto progress = bench.inbox.next<PrintProgressed>();
        ASSERT_TRUE(progress);
        EXPECT_EQ(progress->page, page);
        EXPECT_EQ(progress->pages, 3);
    }
    EXPECT_EQ(name(bench.outcome()), "printed");
    EXPECT_EQ(peer.sides().size(), 3u);
    EXPECT_TRUE(peer.jobs().empty()) << "the spooler has forgotten it";
    ASSERT_EQ(peer.ever().size(), 1u);
    const auto job = peer.ever().front();
    EXPECT_EQ(job.name, "letter");
    EXPECT_EQ(job.user, "citizen-window");
    EXPECT_EQ(job.document, base::as_text(PrinterBench::pdf(1)));
    EXPECT_EQ(bench.sheets(), Fates(3, SheetFate::printed));
}

TEST(queue_printer, a_printer_without_a_spooler_prints_as_well) {
    IppPeer peer({.spooler = false});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
    EXPECT_EQ(peer.asked(IPP_OP_RELEASE_JOB), 0);
    EXPECT_EQ(bench.sheets(), Fates(3, SheetFate::printed));
}

TEST(queue_printer, a_spooler_that_remembers_nothing_is_believed_when_all_sides_were_counted) {
    IppPeer peer({.remembers = false});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
}

TEST(queue_printer, what_lies_in_the_queue_from_before_is_purged_before_it_is_used) {
    IppPeer peer({});
    for (const auto state : {IPP_JSTATE_PENDING, IPP_JSTATE_HELD, IPP_JSTATE_PROCESSING,
                             IPP_JSTATE_COMPLETED, IPP_JSTATE_ABORTED})
        peer.leave_job(state, "citizen-window");
    peer.leave_job(IPP_JSTATE_HELD, "somebody-else");
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
    EXPECT_EQ(peer.sides(), (std::vector<int>{7, 7, 7})) << "nothing but the new one";
    const auto left = peer.jobs();
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left.begin()->second.user, "somebody-else");
}

TEST(queue_printer, until_the_old_jobs_are_gone_nothing_is_printed) {
    IppPeer peer({});
    peer.leave_job(IPP_JSTATE_PENDING, "citizen-window");
    peer.cut({IPP_OP_CANCEL_JOB, IppPeer::Moment::before_it_is_done, false});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
    EXPECT_EQ(peer.sides(), (std::vector<int>{2, 2, 2}));
}

TEST(queue_printer, nobody_there_is_absent_and_well_again_when_it_comes) {
    IppPeer peer({});
    peer.go_down();
    PrinterBench bench;
    bench.start(peer.uri());
    EXPECT_EQ(bench.health(DeviceState::unavailable).fault->code, FaultCode::PrinterAbsent);
    bench.send();
    EXPECT_EQ(bench.fault(), FaultCode::PrinterAbsent);
    peer.come_up(true);
    bench.health(DeviceState::ready);
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
}

TEST(queue_printer, a_job_the_printer_gives_up_part_way_is_spoiled) {
    for (const auto state : {IPP_JSTATE_ABORTED, IPP_JSTATE_CANCELED}) {
        IppPeer peer({.sides_until_it_waits = 1, .gives_up_as = state});
        PrinterBench bench;
        bench.start(peer.uri());
        bench.send();
        EXPECT_EQ(name(bench.outcome()), "spoiled");
        EXPECT_EQ(bench.sheets(),
                  (Fates{SheetFate::printed, SheetFate::spoiled, SheetFate::untouched}));
    }
}

TEST(queue_printer, fewer_sides_than_the_document_has_are_no_print) {
    IppPeer peer({.pages = 2});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send(1, 3);
    EXPECT_EQ(name(bench.outcome()), "unknown");
    EXPECT_EQ(bench.sheets(), (Fates{SheetFate::printed, SheetFate::printed, SheetFate::unknown}));
}

TEST(queue_printer, a_job_purged_at_the_sessions_end_prints_nothing_later) {
    IppPeer peer({.sides_until_it_waits = 1});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send(1);
    bench.send(2);
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    bench.printer->purge();
    EXPECT_EQ(name(bench.outcome()), "spoiled");
    EXPECT_EQ(bench.fault(), FaultCode::PrinterFailed) << "the second was never begun";
    peer.change([](auto& conduct) { conduct.sides_until_it_waits = 1000; });
    bench.send(3);
    EXPECT_EQ(name(bench.outcome()), "printed");
    EXPECT_EQ(peer.sides(), (std::vector<int>{1, 2, 2, 2})) << "the next session's paper only";
    EXPECT_EQ(peer.ever().size(), 2u);
}

TEST(queue_printer, each_print_ends_in_exactly_one_completion) {
    IppPeer peer({});
    PrinterBench bench;
    bench.start(peer.uri());
    for (int i = 1; i <= 4; ++i) bench.send(i);
    for (int i = 1; i <= 4; ++i) {
        const auto ended = bench.finished();
        EXPECT_EQ(ended.ticket, (domain::Ticket{1, static_cast<std::uint64_t>(i)}));
        EXPECT_EQ(name(ended.outcome), "printed");
    }
    bench.printer.reset();
    while (auto event = bench.inbox.try_next())
        EXPECT_FALSE(std::holds_alternative<PrintFinished>(*event));
}

TEST(queue_printer, a_program_that_ends_takes_its_job_along) {
    IppPeer peer({.sides_until_it_waits = 1});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    EXPECT_EQ(bench.sheets(), (Fates{SheetFate::printed, SheetFate::unknown, SheetFate::unknown}));
    for (const auto& [id, job] : peer.jobs()) EXPECT_GE(job.state, IPP_JSTATE_CANCELED) << id;
}

TEST(queue_printer, a_spooler_that_keeps_papers_is_reported_and_still_prints) {
    IppPeer peer({});
    PrinterBench bench;
    std::filesystem::create_directories(bench.folder);
    bench.options.spooler_settings = (bench.folder / "cupsd.conf").string();
    ASSERT_TRUE(
        base::write_file(bench.options.spooler_settings, base::to_bytes("PreserveJobFiles 1d\n")));
    bench.start(peer.uri());
    const auto health = bench.health(DeviceState::degraded);
    EXPECT_EQ(health.fault->code, FaultCode::PrinterKeepsPapers);
    EXPECT_EQ(health.fault->safe_detail, "cupsd.conf:1 PreserveJobFiles");
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
}

TEST(queue_printer, a_spooler_that_would_start_with_old_jobs_is_reported_and_still_prints) {
    IppPeer peer({});
    PrinterBench bench;
    bench.options.spooler_service = (bench.folder / "citizen-window.conf").string();  // not there
    bench.start(peer.uri());
    const auto health = bench.health(DeviceState::degraded);
    EXPECT_EQ(health.fault->code, FaultCode::PrinterKeepsPapers);
    EXPECT_EQ(health.fault->safe_detail, "citizen-window.conf:0 ExecStartPre");
    bench.send();
    EXPECT_EQ(name(bench.outcome()), "printed");
}

TEST(queue_printer, a_queue_whose_policy_stops_it_is_reported) {
    IppPeer peer({.error_policy = "stop-printer"});
    PrinterBench bench;
    bench.start(peer.uri());
    EXPECT_EQ(bench.health(DeviceState::degraded).fault->code, FaultCode::PrinterSetUpWrong);
}

TEST(queue_printer, without_a_ledger_nothing_is_printed) {
    IppPeer peer({});
    PrinterBench bench;
    std::filesystem::create_directories(bench.folder / "documents.ledger");
    bench.start(peer.uri());
    EXPECT_EQ(bench.health(DeviceState::unavailable).fault->code, FaultCode::FileUnwritable);
    bench.send();
    EXPECT_EQ(bench.fault(), FaultCode::FileUnwritable);
    EXPECT_TRUE(peer.ever().empty());
}

TEST(queue_printer, what_is_no_document_is_refused) {
    IppPeer peer({});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.printer->print({1, 1}, {"letter", 1, base::Secret(base::to_bytes("<html>"))});
    EXPECT_EQ(bench.fault(), FaultCode::PrinterFailed);
    bench.printer->print({1, 2}, {"Wang Xiulan", 1, base::Secret(PrinterBench::pdf(1))});
    EXPECT_EQ(bench.fault(), FaultCode::PrinterFailed);
    bench.send(3, 0);
    EXPECT_EQ(bench.fault(), FaultCode::PrinterFailed);
    EXPECT_TRUE(peer.ever().empty());
}

}  // namespace
}  // namespace drivers::printer
