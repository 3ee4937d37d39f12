// The line to the queue breaks at each of ten moments of a print: for once, or for good.
#include "printer_bench.hpp"

namespace drivers::printer {
namespace {

using namespace testing;
using Moment = IppPeer::Moment;

struct Pull {
    const char* name;
    ipp_op_t operation;
    Moment moment;
    int after;
    // What it must be where the line is gone for good; null = whatever is honest.
    const char* for_good;
};

// The first two exchanges of each kind belong to the start: it looks at the queue and at the
// printer behind it.
const Pull pulls[] = {
    {"before_the_first_look", IPP_OP_GET_PRINTER_ATTRIBUTES, Moment::before_the_request, 0,
     nullptr},
    {"before_the_job_is_made", IPP_OP_CREATE_JOB, Moment::before_it_is_done, 0, "PrinterAbsent"},
    {"after_the_job_is_made", IPP_OP_CREATE_JOB, Moment::before_the_answer, 0, "PrinterAbsent"},
    {"in_the_middle_of_the_document", IPP_OP_SEND_DOCUMENT, Moment::in_the_document, 0,
     "PrinterAbsent"},
    {"after_the_document", IPP_OP_SEND_DOCUMENT, Moment::before_the_answer, 0, "PrinterAbsent"},
    {"before_the_release", IPP_OP_RELEASE_JOB, Moment::before_it_is_done, 0, "unknown"},
    {"after_the_release", IPP_OP_RELEASE_JOB, Moment::before_the_answer, 0, "unknown"},
    {"before_the_first_side", IPP_OP_GET_JOB_ATTRIBUTES, Moment::before_it_is_done, 1, "unknown"},
    {"after_the_second_side", IPP_OP_GET_JOB_ATTRIBUTES, Moment::before_the_answer, 2, "unknown"},
    {"after_the_last_side", IPP_OP_GET_JOB_ATTRIBUTES, Moment::before_the_answer, 4, "unknown"},
};

// The next print comes out whole, and nothing of the earlier one beside it.
void expect_only_the_next(IppPeer& peer, PrinterBench& bench) {
    const auto before = peer.sides();
    bench.send(2);
    EXPECT_EQ(name(bench.outcome()), "printed");
    auto after = peer.sides();
    ASSERT_EQ(after.size(), before.size() + 3);
    after.erase(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(before.size()));
    for (const int job : after) EXPECT_EQ(job, after.front());
    EXPECT_TRUE(peer.jobs().empty());
}

class pulled_cable : public ::testing::TestWithParam<Pull> {};

// The paper that lies there, beside what was said about it.
void expect_honest(const base::Result<PrintOutcome>& outcome, std::size_t sides) {
    if (!outcome)
        EXPECT_EQ(sides, 0u) << "a fault means that no sheet was touched";
    else if (*outcome == PrintOutcome::printed)
        EXPECT_EQ(sides, 3u) << "printed means all of it";
    else
        EXPECT_LE(sides, 3u);
}

void expect_nothing_more(PrinterBench& bench) {
    while (auto event = bench.inbox.try_next())
        EXPECT_FALSE(std::holds_alternative<PrintFinished>(*event)) << "a second completion";
}

TEST_P(pulled_cable, and_put_back_ends_in_one_honest_outcome) {
    const auto& pull = GetParam();
    IppPeer peer({});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.health(domain::DeviceState::ready);
    peer.cut({pull.operation, pull.moment, false, pull.after});
    bench.send(1);
    const auto outcome = bench.outcome();
    expect_honest(outcome, peer.sides().size());
    // What was said stays true: nothing comes out later, and nothing twice.
    expect_only_the_next(peer, bench);
    bench.printer.reset();
    expect_nothing_more(bench);
}

TEST_P(pulled_cable, for_good_ends_in_one_honest_outcome_and_nothing_comes_out_later) {
    const auto& pull = GetParam();
    IppPeer peer({});
    PrinterBench bench;
    bench.options.patience.contact = base::Millis{30};
    bench.start(peer.uri());
    bench.health(domain::DeviceState::ready);
    peer.cut({pull.operation, pull.moment, true, pull.after});
    bench.send(1);
    const auto outcome = bench.outcome();
    expect_honest(outcome, peer.sides().size());
    if (pull.for_good != nullptr) {
        EXPECT_EQ(name(outcome).substr(0, name(outcome).find(' ')), pull.for_good);
    }
    // The spooler comes back with all it had: it is swept before anything is printed.
    peer.come_up(true);
    expect_only_the_next(peer, bench);
    bench.printer.reset();
    expect_nothing_more(bench);
    const auto ledger = bench.ledger();
    ASSERT_TRUE(ledger);
    for (const auto& job : (*ledger)->book().jobs) EXPECT_TRUE(job.settled());
    EXPECT_EQ((*ledger)->found_unsettled(), 0);
}

INSTANTIATE_TEST_SUITE_P(at_each_moment, pulled_cable, ::testing::ValuesIn(pulls),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(pulled_cable, a_printer_without_a_spooler_may_have_begun_when_the_document_was_cut) {
    IppPeer peer({.spooler = false});
    PrinterBench bench;
    bench.options.patience.contact = base::Millis{30};
    bench.start(peer.uri());
    bench.health(domain::DeviceState::ready);
    peer.cut({IPP_OP_SEND_DOCUMENT, Moment::in_the_document, true});
    bench.send(1);
    EXPECT_EQ(name(bench.outcome()), "unknown");
    EXPECT_EQ(bench.sheets(), std::vector(3, SheetFate::unknown));
}

TEST(killed_spooler, restarted_with_a_job_in_it_prints_nothing_late_and_nothing_twice) {
    for (const bool keeps : {true, false}) {
        SCOPED_TRACE(keeps ? "it kept the job" : "it forgot the job");
        IppPeer peer({.sides_until_it_waits = 1});
        PrinterBench bench;
        bench.start(peer.uri());
        bench.send(1);
        ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
        peer.go_down();
        peer.change([](auto& conduct) { conduct.sides_until_it_waits = 1000; });
        peer.come_up(keeps);
        EXPECT_EQ(name(bench.outcome()), "unknown");
        EXPECT_EQ(peer.sides().size(), 1u);
        EXPECT_TRUE(peer.jobs().empty());
        bench.send(2);
        EXPECT_EQ(name(bench.outcome()), "printed");
        EXPECT_EQ(peer.sides().size(), 4u);
    }
}

TEST(killed_spooler, restarted_while_the_kiosk_was_down_too_is_purged_at_the_start) {
    IppPeer peer({.sides_until_it_waits = 1});
    PrinterBench bench;
    bench.start(peer.uri());
    bench.send(1);
    ASSERT_TRUE(bench.inbox.next<PrintProgressed>());
    peer.go_down();
    bench.printer.reset();
    peer.come_up(true);
    peer.change([](auto& conduct) { conduct.sides_until_it_waits = 1000; });
    ASSERT_EQ(peer.jobs().size(), 1u);
    bench.start(peer.uri());
    bench.health(domain::DeviceState::ready);
    EXPECT_TRUE(peer.jobs().empty());
    EXPECT_EQ(peer.sides().size(), 1u);
}

}  // namespace
}  // namespace drivers::printer
