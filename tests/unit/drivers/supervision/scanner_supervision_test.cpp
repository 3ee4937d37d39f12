// A scanner that comes and goes, or fails again and again. The clock stands still, so nothing is
// tried because time has passed.
#include "../counted.hpp"
#include "../event_inbox.hpp"
#include "drivers/qr/scanner/emulated/emulated_scanner.hpp"
#include "drivers/qr/scanner/scanner.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>

namespace drivers::qr {
namespace {

using base::Fault;
using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using domain::ScannerKind;

constexpr int failures_until_given_up = 5;

struct Cable {
    std::atomic<bool> held = false;  // by another program
    testing::Counted openings;
    std::mutex mutex;
    std::function<void()> listener;

    void plug() {
        std::lock_guard lock(mutex);
        if (listener) listener();
    }
};

class CableWire final : public ScannerWire {
  public:
    CableWire(Cable& cable, std::shared_ptr<EmulatedScanner> machine)
        : cable_(cable), machine_(std::move(machine)) {}
    ~CableWire() override { on_plugging({}); }
    base::Result<OpenScanner> open() override {
        const bool held = cable_.held;
        cable_.openings.add();
        if (held) return base::fail(FaultCode::CodeScannerNotHeld, "busy");
        return machine_->open();
    }
    void on_plugging(std::function<void()> tell) override {
        std::lock_guard lock(cable_.mutex);
        cable_.listener = std::move(tell);
    }

  private:
    Cable& cable_;
    const std::shared_ptr<EmulatedScanner> machine_;
};

struct Bench {
    base::ManualClock clock{base::Instant{}};
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedScanner> machine;

    explicit Bench(ScannerKind kind) : machine(std::make_shared<EmulatedScanner>(kind, clock)) {}
    std::optional<domain::DeviceHealth> next(DeviceState state) {
        return inbox.next_health(DeviceKind::code_scanner, state);
    }
};

class EveryScanner : public ::testing::TestWithParam<ScannerKind> {};
INSTANTIATE_TEST_SUITE_P(scanner, EveryScanner,
                         ::testing::Values(ScannerKind::hid, ScannerKind::serial,
                                           ScannerKind::keyboard));

TEST_P(EveryScanner, is_gone_when_it_is_pulled_out_and_found_as_soon_as_it_is_plugged_in) {
    Bench bench(GetParam());
    const Scanner scanner(std::make_unique<EmulatedScannerWire>(bench.machine), bench.clock,
                          bench.inbox.sink());
    ASSERT_TRUE(bench.next(DeviceState::ready));
    for (int round = 0; round < 20; ++round) {
        bench.machine->plug(false);
        const auto gone = bench.next(DeviceState::unavailable);
        ASSERT_TRUE(gone) << round;
        EXPECT_EQ(gone->fault->code, FaultCode::CodeScannerAbsent);
        bench.machine->plug(true);
        ASSERT_TRUE(bench.next(DeviceState::ready)) << round;
    }
}

TEST(scanner_supervision,
     one_that_cannot_be_held_again_and_again_is_given_up_until_it_is_plugged_in) {
    Bench bench(ScannerKind::keyboard);
    Cable cable;
    cable.held = true;
    Scanner scanner(std::make_unique<CableWire>(cable, bench.machine), bench.clock,
                    bench.inbox.sink());
    ASSERT_TRUE(cable.openings.reaches(1));
    for (int i = 2; i <= failures_until_given_up; ++i) {
        cable.plug();
        ASSERT_TRUE(cable.openings.reaches(i));
    }
    auto health = bench.next(DeviceState::unavailable);
    EXPECT_EQ(health->fault, (Fault{FaultCode::CodeScannerNotHeld, "busy"}));
    health = bench.next(DeviceState::unavailable);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault, (Fault{FaultCode::DeviceKeepsFailing, "CodeScannerNotHeld"}));
    // Who asks for a code wakes the thread, and does not have it tried.
    for (std::uint64_t request = 1; request < 20; ++request)
        scanner.start({1, request}, LookWith::scanner);
    cable.held = false;
    cable.plug();
    EXPECT_TRUE(bench.next(DeviceState::ready));
    EXPECT_EQ(cable.openings.now(), failures_until_given_up + 1);
}

TEST(scanner_supervision, nobody_is_told_of_plugging_after_the_scanner_has_gone) {
    Bench bench(ScannerKind::hid);
    auto scanner = std::make_unique<Scanner>(std::make_unique<EmulatedScannerWire>(bench.machine),
                                             bench.clock, bench.inbox.sink());
    ASSERT_TRUE(bench.next(DeviceState::ready));
    scanner.reset();
    const auto said = bench.inbox.size();
    bench.machine->plug(false);
    bench.machine->plug(true);
    EXPECT_EQ(bench.inbox.size(), said);
}

}  // namespace
}  // namespace drivers::qr
