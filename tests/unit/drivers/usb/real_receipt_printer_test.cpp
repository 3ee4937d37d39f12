// The receipt printer's driver over the real libusb: the printer class chosen from descriptors,
// class requests, writes that end half-way, the pipe that is always being read.
#include "../printer/slip_bench.hpp"
#include "drivers/printer/escpos/printer_models.hpp"
#include "drivers/usb/libusb_transport.hpp"
#include "tests/usbdevfs/mock_bus.hpp"

namespace drivers::printer::escpos {
namespace {

using base::FaultCode;
using domain::DeviceState;

struct RealSlipBench : SlipBench {
    usbdevfs::MockBus bus{device};

    RealSlipBench() {
        printer = std::make_unique<UsbReceiptPrinter>(
            std::make_shared<usb::LibusbTransport>(served_printers(), usb::Wanted::printer),
            options, clock, inbox.sink());
    }
    ~RealSlipBench() { printer.reset(); }
};

class RealReceiptPrinter : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!usbdevfs::runs_under_umockdev()) GTEST_SKIP() << "umockdev is not installed";
    }
};

TEST_F(RealReceiptPrinter, prints_a_slip_dot_by_dot_once_and_has_it_proved) {
    RealSlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_TRUE(bench.is_printed());
    EXPECT_EQ(bench.whole_slips(), 1);
    EXPECT_EQ(bench.device->text_bytes(), 0u);
}

TEST_F(RealReceiptPrinter, says_by_itself_that_its_cover_is_open_and_closed_again) {
    RealSlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->open_cover(true);
    EXPECT_TRUE(bench.becomes(FaultCode::ReceiptPrinterCoverOpen));
    bench.device->open_cover(false);
    EXPECT_TRUE(bench.becomes(DeviceState::ready));
}

TEST_F(RealReceiptPrinter, whose_paper_ends_in_a_slip_says_so_and_prints_the_next_one_whole) {
    RealSlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->end_paper_after(bench.slip.height / 2);
    const auto outcome = bench.print();
    EXPECT_TRUE(!outcome || *outcome != PrintOutcome::printed);
    EXPECT_TRUE(bench.becomes(FaultCode::PrinterPaperOut));
    bench.device->set_paper(true);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_TRUE(bench.is_printed());
    EXPECT_LE(bench.whole_slips(), 2);
}

// One process for each moment: umockdev's table of open files is small.
class PulledFromARealPrinter : public RealReceiptPrinter,
                               public ::testing::WithParamInterface<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(moments, PulledFromARealPrinter,
                         ::testing::Values(1, 2, 3, 4, 5, 6, 8, 10, 12, 15));

TEST_P(PulledFromARealPrinter, the_cable_ends_the_slip_honestly_and_the_next_one_is_whole) {
    RealSlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->unplug_at(GetParam());
    const auto outcome = bench.print();
    if (!outcome) {
        EXPECT_EQ(outcome.error().code, FaultCode::PrinterAbsent);
        EXPECT_EQ(bench.whole_slips(), 0);
    }
    EXPECT_FALSE(bench.inbox.next<PrintFinished>(std::chrono::milliseconds{1}));
    bench.device->plug();
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    const int before = bench.whole_slips();
    ASSERT_TRUE(bench.is_printed());
    EXPECT_EQ(bench.whole_slips(), before + 1);
    EXPECT_EQ(bench.device->text_bytes(), 0u);
}

}  // namespace
}  // namespace drivers::printer::escpos
