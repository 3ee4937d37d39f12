// Status and answers that get lost or come late.
#include "slip_bench.hpp"

namespace drivers::printer::escpos {
namespace {

using base::FaultCode;
using domain::DeviceState;
using domain::Supply;

TEST(slip_status, a_lost_status_byte_resynchronises_with_the_next_change) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->lose_status_byte();
    bench.device->set_paper_low(true);  // this one comes without its first byte
    bench.device->open_cover(true);
    ASSERT_TRUE(bench.becomes(FaultCode::ReceiptPrinterCoverOpen));
    EXPECT_EQ(bench.printer->health().supply, Supply::low);
    bench.device->open_cover(false);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_TRUE(bench.is_printed());
}

TEST(slip_status, a_status_that_lost_its_first_byte_during_a_print_proves_nothing) {
    PrinterTraits traits;
    traits.process_answers = traits.order_answers = false;
    SlipBench bench(traits);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->slow_down(20);
    bench.send();
    bench.device->lose_status_byte();
    bench.device->set_paper_low(true);
    EXPECT_EQ(*bench.outcome(), PrintOutcome::unknown);
}

TEST(slip_status, a_reply_to_an_earlier_slip_is_not_taken_for_a_later_one) {
    PrinterTraits traits;
    traits.id = {0x0FE6, 0x811E};
    traits.process_answers = false;
    SlipBench bench(traits);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->hold_order_answers(true);
    EXPECT_EQ(*bench.print(), PrintOutcome::unknown);
    // The late answer comes when the next slip has been asked for and has no paper to be on.
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.slip = sample_slip(576, 1500);
    bench.device->end_paper_after(100);
    bench.device->hold_order_answers(false);
    EXPECT_EQ(*bench.print(), PrintOutcome::spoiled);
}

TEST(slip_status, an_answer_in_order_that_comes_late_counts_for_the_slip_it_belongs_to_only) {
    auto device = std::make_shared<EmulatedReceiptPrinter>();
    PrinterLink link(std::make_shared<usb::EmulatedUsbTransport>(device));
    ASSERT_TRUE(link.open(false));
    const auto question = ask_paper_in_order();
    device->hold_order_answers(true);
    link.expect(process_id(1));
    ASSERT_TRUE(link.send_some(question, base::Millis{1}));
    link.expect(process_id(2));
    ASSERT_TRUE(link.send_some(question, base::Millis{1}));
    device->slow_down(0);
    device->hold_order_answers(false);
    // Both have come: the second one's is there.
    ASSERT_TRUE(link.hear(base::Millis{0}));
    EXPECT_FALSE(link.printed());
    device->hold_order_answers(true);
    link.expect(process_id(3));
    EXPECT_FALSE(link.processed());
    ASSERT_TRUE(link.send_some(question, base::Millis{1}));
    ASSERT_TRUE(link.hear(base::Millis{0}));
    EXPECT_FALSE(link.processed());
}

TEST(slip_status, a_process_answer_counts_for_its_own_slip_only) {
    auto device = std::make_shared<EmulatedReceiptPrinter>();
    PrinterLink link(std::make_shared<usb::EmulatedUsbTransport>(device));
    ASSERT_TRUE(link.open(false));
    link.expect(process_id(1));
    ASSERT_TRUE(link.send_some(ask_process_id(process_id(1)), base::Millis{1}));
    link.expect(process_id(2));
    ASSERT_TRUE(link.hear(base::Millis{0}));
    EXPECT_FALSE(link.printed());
    ASSERT_TRUE(link.send_some(ask_process_id(process_id(2)), base::Millis{1}));
    ASSERT_TRUE(link.hear(base::Millis{0}));
    EXPECT_TRUE(link.printed());
}

TEST(slip_status, an_answer_nobody_asked_for_changes_nothing) {
    PrinterTraits traits;
    traits.automatic_status = false;
    auto device = std::make_shared<EmulatedReceiptPrinter>(traits);
    PrinterLink link(std::make_shared<usb::EmulatedUsbTransport>(device));
    ASSERT_TRUE(link.open(false));
    const auto before = link.state();
    device->set_paper_low(true);
    ASSERT_TRUE(link.send_some(ask_now(RealtimeQuery::paper), base::Millis{1}));
    ASSERT_TRUE(link.hear(base::Millis{0}));
    EXPECT_EQ(link.state(), before);
}

TEST(slip_status, the_port_tells_of_missing_paper_while_the_out_pipe_takes_nothing) {
    PrinterTraits traits;
    traits.automatic_status = false;
    SlipBench bench(traits);
    bench.slip = sample_slip(576, 1500);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->end_paper_after(300);
    EXPECT_EQ(*bench.print(), PrintOutcome::spoiled);
    EXPECT_TRUE(bench.becomes(FaultCode::PrinterPaperOut));
}

}  // namespace
}  // namespace drivers::printer::escpos
