// Paper that runs out, covers that stand open and jams: before, during and after a print.
#include "printer_bench.hpp"

namespace drivers::printer {
namespace {

using namespace testing;
using base::FaultCode;
using domain::DeviceState;
using Fates = std::vector<SheetFate>;

TEST(queue_printer, paper_out_before_the_print_sends_nothing) {
    IppPeer peer({.reasons = {"media-empty-error"}});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    EXPECT_EQ(bench.fault(), FaultCode::PrinterPaperOut);
    EXPECT_TRUE(peer.ever().empty());
    EXPECT_TRUE(bench.sheets().empty());
}

TEST(queue_printer, paper_out_during_the_print_goes_on_when_some_is_brought) {
    IppPeer peer({.sides_until_it_waits = 1});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    peer.change([](auto& conduct) { conduct.reasons = {"media-empty", "media-needed"}; });
    const auto health = bench.health(DeviceState::unavailable);
    EXPECT_EQ(health.supply, domain::Supply::out);
    EXPECT_EQ(health.fault->code, FaultCode::PrinterPaperOut);
    peer.change([](auto& conduct) {
        conduct.reasons.clear();
        conduct.sides_until_it_waits = 1000;
    });
    EXPECT_EQ(name(bench.outcome()), "printed");
    EXPECT_EQ(bench.sheets(), Fates(3, SheetFate::printed));
}

TEST(queue_printer, paper_out_during_the_print_that_nobody_brings_spoils_the_rest) {
    IppPeer peer({.sides_until_it_waits = 1});
    PrinterBench bench;
    bench.options.patience.mend = base::Millis{20};
    bench.start(peer.uri());
    bench.send();
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    peer.change([](auto& conduct) { conduct.reasons = {"media-empty"}; });
    EXPECT_EQ(name(bench.outcome()), "spoiled");
    EXPECT_TRUE(peer.jobs().empty()) << "nothing comes out when paper is brought";
    EXPECT_EQ(bench.sheets(),
              (Fates{SheetFate::printed, SheetFate::spoiled, SheetFate::untouched}));
}

TEST(queue_printer, paper_out_after_the_last_sheet_is_a_print) {
    IppPeer peer({.sides_until_it_waits = 2});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    peer.change([](auto& conduct) {
        conduct.reasons = {"media-empty"};
        conduct.sides_until_it_waits = 1000;
    });
    EXPECT_EQ(name(bench.outcome()), "printed");
    bench.send(2);
    EXPECT_EQ(bench.fault(), FaultCode::PrinterPaperOut) << "and the next is not begun";
}

TEST(queue_printer, an_open_cover_before_the_print_sends_nothing_and_is_said) {
    IppPeer peer({.reasons = {"cover-open-error"}});
    PrinterBench bench;
    bench.start(peer.uri());
    EXPECT_EQ(bench.health(DeviceState::unavailable).fault->code, FaultCode::PrinterCoverOpen);
    bench.send();
    EXPECT_EQ(bench.fault(), FaultCode::PrinterCoverOpen);
    peer.change([](auto& conduct) { conduct.reasons.clear(); });
    bench.health(DeviceState::ready);
}

TEST(queue_printer, an_open_cover_during_the_print_spoils_it_unless_it_is_closed) {
    for (const bool closed : {false, true}) {
        SCOPED_TRACE(closed);
        IppPeer peer({.sides_until_it_waits = 2});
        PrinterBench bench;
        if (!closed) bench.options.patience.mend = base::Millis{20};
        bench.start(peer.uri());
        bench.send();
        ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
        ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
        peer.change([](auto& conduct) { conduct.reasons = {"cover-open"}; });
        if (closed) {
            bench.health(DeviceState::unavailable);
            peer.change([](auto& conduct) {
                conduct.reasons.clear();
                conduct.sides_until_it_waits = 1000;
            });
        }
        EXPECT_EQ(name(bench.outcome()), closed ? "printed" : "spoiled");
    }
}

TEST(queue_printer, a_jam_beside_the_last_sheet_leaves_it_unknown) {
    IppPeer peer({.sides_until_it_waits = 2});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send();
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    peer.change([](auto& conduct) {
        conduct.reasons = {"media-jam"};
        conduct.sides_until_it_waits = 1000;
    });
    EXPECT_EQ(name(bench.outcome()), "unknown");
    const auto fates = bench.sheets();
    EXPECT_EQ(fates.size(), 3u);
}

TEST(queue_printer, paper_that_somebody_says_was_filled_up_begins_the_count_anew) {
    IppPeer peer({});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send(1);
    EXPECT_EQ(name(bench.outcome()), "printed");
    bench.printer->paper_changed({5, 6});
    const auto noted = bench.inbox.next<PaperChangeNoted>();
    ASSERT_TRUE(noted);
    EXPECT_EQ(noted->ticket, (domain::Ticket{5, 6}));
    EXPECT_TRUE(noted->noted);
    bench.printer.reset();
    const auto ledger = bench.ledger();
    ASSERT_TRUE(ledger);
    EXPECT_EQ((*ledger)->counters().printed, 0);
    EXPECT_NE((*ledger)->counters().since, base::Instant{});
}

TEST(queue_printer, brought_paper_begins_the_count_of_sheets_anew) {
    IppPeer peer({});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send(1);
    EXPECT_EQ(name(bench.outcome()), "printed");
    peer.change([](auto& conduct) { conduct.reasons = {"media-empty"}; });
    bench.health(DeviceState::unavailable);
    peer.change([](auto& conduct) { conduct.reasons.clear(); });
    bench.health(DeviceState::ready);
    bench.send(2, 3);
    EXPECT_EQ(name(bench.outcome()), "printed");
    bench.printer.reset();
    const auto ledger = bench.ledger();
    ASSERT_TRUE(ledger);
    EXPECT_EQ((*ledger)->counters().printed, 3);
}

}  // namespace
}  // namespace drivers::printer
