// A receipt printer that comes and goes, or fails again and again. The clock stands still, so
// nothing is tried because time has passed.
#include "../counted.hpp"
#include "../printer/slip_bench.hpp"

#include <functional>
#include <utility>

namespace drivers::printer::escpos {
namespace {

using base::Fault;
using base::FaultCode;
using base::Millis;
using domain::DeviceState;

constexpr int failures_until_given_up = 5;

// Writes stall for good: a printer that has hung up.
class StallingTransport final : public usb::UsbClassTransport {
  public:
    explicit StallingTransport(std::shared_ptr<testing::Counted> openings)
        : openings_(std::move(openings)) {}

    using Hook = std::function<void(const std::function<void()>& tell)>;
    void on_second_opening(Hook hook) { hook_ = std::move(hook); }
    base::Status open() override {
        if (openings_->add() == 2 && hook_) hook_(tell_);
        return {};
    }
    void on_plugging(std::function<void()> tell) override { tell_ = std::move(tell); }
    void close() override {}
    usb::DeviceId id() const override { return {0x04B8, 0x0E15}; }
    std::vector<usb::Endpoint> endpoints() const override { return interface().endpoints; }
    usb::InterfaceSetting interface() const override {
        return {0, 0, 7, 1, 2, {{0x01, usb::TransferKind::bulk, 64}}};
    }
    base::Status write(std::uint8_t, base::ByteView, Millis) override { return stalled(); }
    base::Result<std::size_t> write_some(std::uint8_t, base::ByteView, Millis) override {
        return stalled();
    }
    base::Result<std::size_t> read(std::uint8_t, std::span<std::uint8_t>, Millis) override {
        return stalled();
    }
    base::Result<std::size_t> ask(const usb::ClassRequest&, std::span<std::uint8_t>,
                                  Millis) override {
        return stalled();
    }
    base::Status tell(const usb::ClassRequest&, Millis) override { return stalled(); }
    base::Status listen(std::uint8_t) override { return {}; }

  private:
    static tl::unexpected<Fault> stalled() { return base::fail(FaultCode::UsbStalled); }
    const std::shared_ptr<testing::Counted> openings_;
    Hook hook_;
    std::function<void()> tell_;
};

TEST(receipt_printer_supervision, one_that_is_plugged_in_again_is_found_at_once) {
    SlipBench bench;
    const base::ManualClock clock{base::Instant{}};
    bench.printer = std::make_unique<UsbReceiptPrinter>(
        std::make_shared<usb::EmulatedUsbTransport>(bench.device), bench.options, clock,
        bench.inbox.sink());
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    for (int round = 0; round < 10; ++round) {
        bench.device->unplug();
        ASSERT_TRUE(bench.becomes(FaultCode::PrinterAbsent)) << round;
        bench.device->plug();
        ASSERT_TRUE(bench.becomes(DeviceState::ready)) << round;
    }
    EXPECT_TRUE(bench.is_printed());
    bench.printer.reset();
}

TEST(receipt_printer_supervision, one_that_fails_again_and_again_is_given_up_and_left_alone) {
    SlipBench bench;
    const base::ManualClock clock{base::Instant{}};
    const auto openings = std::make_shared<testing::Counted>();
    bench.printer = std::make_unique<UsbReceiptPrinter>(
        std::make_shared<StallingTransport>(openings), bench.options, clock, bench.inbox.sink());
    // The first opening is its own; who wants to print has it tried again.
    for (int i = 2; i <= failures_until_given_up; ++i) {
        const auto outcome = bench.print();
        ASSERT_FALSE(outcome);
        EXPECT_EQ(openings->now(), i);
    }
    EXPECT_EQ(bench.printer->health().fault,
              (Fault{FaultCode::DeviceKeepsFailing, "PrinterFailed"}));
    const auto outcome = bench.print();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, FaultCode::DeviceKeepsFailing);
    EXPECT_EQ(openings->now(), failures_until_given_up);
    bench.printer.reset();
}

TEST(receipt_printer_supervision, notices_in_any_number_leave_room_for_slips) {
    constexpr std::uint64_t slips = 4;
    SlipBench bench;
    const base::ManualClock clock{base::Instant{}};
    const auto openings = std::make_shared<testing::Counted>();
    auto transport = std::make_shared<StallingTransport>(openings);
    // While its thread is busy with the opening for the first slip.
    transport->on_second_opening([&](const std::function<void()>& tell) {
        for (int i = 0; i < 50; ++i) tell();
        for (std::uint64_t i = 0; i < slips; ++i) bench.send();
    });
    bench.printer = std::make_unique<UsbReceiptPrinter>(std::move(transport), bench.options, clock,
                                                        bench.inbox.sink());
    ASSERT_TRUE(openings->reaches(1));
    bench.send();
    for (std::uint64_t i = 0; i <= slips; ++i) {
        const auto finished = bench.inbox.next<PrintFinished>();
        ASSERT_TRUE(finished && !finished->outcome);
        EXPECT_NE(finished->outcome.error().safe_detail, "queue full");
    }
    bench.printer.reset();
}

}  // namespace
}  // namespace drivers::printer::escpos
