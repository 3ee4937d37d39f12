// The cable of the receipt printer is pulled at every moment of a print.
#include "slip_bench.hpp"

namespace drivers::printer::escpos {
namespace {

using base::FaultCode;
using domain::DeviceState;

// After a broken print: nothing more of it comes out, and the next slip is whole and comes once.
void expect_the_next_one_is_whole(SlipBench& bench, const std::string& moment) {
    const auto lay_there = bench.device->slips().size();
    bench.device->plug();
    ASSERT_TRUE(bench.becomes(DeviceState::ready)) << moment;
    EXPECT_LE(bench.device->slips().size(), lay_there + 1) << moment;  // what was in its buffer
    // One that hangs there whole and was not cut off came out, too.
    const bool hangs_whole = bench.device->hanging_rows() == bench.slip.height;
    const int whole_before = bench.whole_slips() + (hangs_whole ? 1 : 0);
    EXPECT_LE(whole_before, 1) << moment;
    ASSERT_TRUE(bench.is_printed()) << moment;
    EXPECT_EQ(bench.whole_slips(), whole_before + 1) << moment;
    EXPECT_EQ(bench.device->hanging_rows(), 0) << moment;
    EXPECT_EQ(bench.device->text_bytes(), 0u) << moment;
}

TEST(slip_cable, pulled_after_any_of_ten_parts_of_the_bytes_it_is_honest_and_never_prints_twice) {
    const auto picture = sample_slip();
    // A cut goes before the first slip of a run.
    const std::size_t all = partial_cut().size() + slip(picture).size();
    const std::vector<std::size_t> moments{
        1, 2, 8, 64, all / 8, all / 4, all / 2, all - 5, all - 1, all, all + 5, all + 11, all + 14};
    for (const auto moment : moments) {
        SlipBench bench;
        ASSERT_TRUE(bench.becomes(DeviceState::ready));
        bench.device->unplug_after(moment);
        const auto outcome = bench.print();
        const auto name = std::to_string(moment) + " of " + std::to_string(all);
        ASSERT_TRUE(outcome) << name;
        // Its end cannot have reached the printer, or nobody knows.
        EXPECT_TRUE(*outcome == PrintOutcome::unknown ||
                    (moment < all && *outcome == PrintOutcome::spoiled))
            << name;
        const bool was_cut_short = moment + 4096 < all;
        EXPECT_TRUE(!was_cut_short || *outcome == PrintOutcome::spoiled) << name;
        expect_the_next_one_is_whole(bench, name);
    }
}

TEST(slip_cable, pulled_at_any_transfer_it_ends_in_one_completion_and_the_next_slip_is_whole) {
    constexpr std::size_t moments_at_least = 10;
    std::size_t transfer = 1;
    for (;; ++transfer) {
        ASSERT_LT(transfer, 400u);
        SlipBench bench;
        ASSERT_TRUE(bench.becomes(DeviceState::ready));
        bench.device->unplug_at(transfer);
        const auto outcome = bench.print();
        const auto name = "transfer " + std::to_string(transfer);
        if (outcome && *outcome == PrintOutcome::printed) break;
        if (!outcome) {
            EXPECT_EQ(outcome.error().code, FaultCode::PrinterAbsent) << name;
            EXPECT_EQ(bench.whole_slips(), 0) << name;
        }
        EXPECT_FALSE(bench.inbox.next<PrintFinished>(std::chrono::milliseconds{1})) << name;
        expect_the_next_one_is_whole(bench, name);
    }
    EXPECT_GT(transfer, moments_at_least);
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(slip_cable, a_pipe_that_stalls_at_any_transfer_never_makes_a_slip_come_twice) {
    for (std::size_t transfer = 1; transfer < 40; ++transfer) {
        SlipBench bench;
        ASSERT_TRUE(bench.becomes(DeviceState::ready));
        bench.device->stall_at(transfer);
        const auto outcome = bench.print();
        EXPECT_LE(bench.whole_slips(), 1) << transfer;
        if (outcome && *outcome == PrintOutcome::printed) {
            EXPECT_EQ(bench.whole_slips(), 1) << transfer;
            continue;
        }
        const int before = bench.whole_slips();
        ASSERT_TRUE(bench.becomes(DeviceState::ready)) << transfer;
        EXPECT_TRUE(bench.is_printed()) << transfer;
        EXPECT_EQ(bench.whole_slips(), before + 1) << transfer;
    }
}

TEST(slip_cable, what_was_left_in_the_printer_by_an_earlier_run_is_thrown_away_at_the_start) {
    SlipBench bench;
    bench.device->slow_down(1);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->unplug_after(20000);
    ASSERT_TRUE(bench.print());
    bench.printer.reset();  // the program ends, the printer keeps its power
    const int hanging = bench.device->hanging_rows();
    bench.device->plug();
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_LE(bench.device->hanging_rows(), hanging + 3);
    bench.device->slow_down(0);
    ASSERT_TRUE(bench.is_printed());
    EXPECT_EQ(bench.whole_slips(), 1);
}

}  // namespace
}  // namespace drivers::printer::escpos
