// The scanner's thread over an emulated one in each of its modes.
#include "../event_inbox.hpp"
#include "drivers/qr/scanner/emulated/emulated_scanner.hpp"
#include "drivers/qr/scanner/scanner.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace drivers::qr {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;
using domain::ScannerKind;
using domain::Ticket;

struct Bench {
    base::SystemClock clock;
    testing::EventInbox inbox;
    std::shared_ptr<EmulatedScanner> machine;
    std::unique_ptr<Scanner> scanner;

    explicit Bench(ScannerKind kind)
        : machine(std::make_shared<EmulatedScanner>(kind, clock)),
          scanner(std::make_unique<Scanner>(std::make_unique<EmulatedScannerWire>(machine), clock,
                                            inbox.sink())) {}
    bool ready() {
        return inbox.next_health(DeviceKind::code_scanner, DeviceState::ready).has_value();
    }
    std::optional<base::Fault> fault() {
        const auto health = inbox.next_health(DeviceKind::code_scanner, DeviceState::unavailable);
        return health ? health->fault : std::nullopt;
    }
    // A code before the request has been seen by the worker is nobody's: it is scanned again.
    std::optional<CodeSeen> scanned(std::string_view code) {
        for (int i = 0; i < 50; ++i) {
            machine->scan(base::to_bytes(code));
            if (auto seen = inbox.next<CodeSeen>(std::chrono::milliseconds(200))) return seen;
        }
        return std::nullopt;
    }
};

class EveryMode : public ::testing::TestWithParam<ScannerKind> {};
INSTANTIATE_TEST_SUITE_P(scanner, EveryMode,
                         ::testing::Values(ScannerKind::hid, ScannerKind::serial,
                                           ScannerKind::keyboard));

TEST_P(EveryMode, says_what_is_scanned_with_the_ticket_of_the_request) {
    Bench bench(GetParam());
    ASSERT_TRUE(bench.ready());
    bench.scanner->start({3, 4}, LookWith::scanner);
    const std::string code = "CWG1:" + std::string(120, '7');  // several reports
    const auto seen = bench.scanned(code);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->ticket, (Ticket{3, 4}));
    EXPECT_EQ(*seen->text, code);
}

TEST_P(EveryMode, what_nobody_asked_for_is_never_said_and_is_counted_for_the_next_request) {
    Bench bench(GetParam());
    ASSERT_TRUE(bench.ready());
    ASSERT_TRUE(bench.machine->scan(base::to_bytes("CWG1:EARLY")));
    bench.scanner->start({3, 4}, LookWith::scanner);
    const auto ignored = bench.inbox.next<CodesIgnored>();
    ASSERT_TRUE(ignored);
    EXPECT_EQ(ignored->count, 1);
    const auto seen = bench.scanned("CWG1:NOW");
    ASSERT_TRUE(seen);
    EXPECT_EQ(*seen->text, "CWG1:NOW");
}

TEST_P(EveryMode, after_stop_nothing_is_said) {
    Bench bench(GetParam());
    ASSERT_TRUE(bench.ready());
    bench.scanner->start({3, 4}, LookWith::scanner);
    ASSERT_TRUE(bench.scanned("CWG1:1"));
    bench.scanner->stop();
    ASSERT_TRUE(bench.machine->scan(base::to_bytes("CWG1:2")));
    EXPECT_FALSE(bench.inbox.next<CodeSeen>(std::chrono::milliseconds(300)));
}

TEST_P(EveryMode, a_cable_pulled_in_the_middle_of_a_code_says_no_half_and_is_found_again) {
    Bench bench(GetParam());
    ASSERT_TRUE(bench.ready());
    bench.scanner->start({3, 4}, LookWith::scanner);
    bench.machine->begin_scan(base::to_bytes("CWG1:" + std::string(150, '1')));
    bench.machine->plug(false);
    const auto fault = bench.fault();
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, FaultCode::CodeScannerAbsent);
    bench.machine->plug(true);
    ASSERT_TRUE(bench.ready());
    auto seen = bench.scanned("CWG1:WHOLE");
    // On a serial line half a code may have been silent for long enough before the cable came out.
    while (GetParam() == ScannerKind::serial && seen && *seen->text != "CWG1:WHOLE")
        seen = bench.scanned("CWG1:WHOLE");
    ASSERT_TRUE(seen);
    EXPECT_EQ(*seen->text, "CWG1:WHOLE");
}

TEST_P(EveryMode, binary_rubbish_stops_nothing) {
    Bench bench(GetParam());
    ASSERT_TRUE(bench.ready());
    bench.scanner->start({3, 4}, LookWith::scanner);
    ASSERT_TRUE(bench.scanned("CWG1:1"));
    std::string rubbish;
    for (int byte = 0; byte < 256; ++byte) rubbish += static_cast<char>(byte);
    bench.machine->scan(base::to_bytes(rubbish));
    for (;;) {
        const auto seen = bench.scanned("CWG1:2");
        ASSERT_TRUE(seen);
        if (*seen->text == "CWG1:2") break;
    }
}

TEST(scanner, a_code_that_lies_there_is_said_once) {
    Bench bench(ScannerKind::hid);
    ASSERT_TRUE(bench.ready());
    bench.scanner->start({3, 4}, LookWith::scanner);
    ASSERT_TRUE(bench.scanned("CWG1:1"));
    for (int i = 0; i < 5; ++i) bench.machine->scan(base::to_bytes("CWG1:1"));
    bench.machine->scan(base::to_bytes("CWG1:2"));
    const auto next = bench.inbox.next<CodeSeen>();
    ASSERT_TRUE(next);
    EXPECT_EQ(*next->text, "CWG1:2");
}

TEST(scanner, one_that_is_set_to_type_is_said_to_the_technician) {
    Bench bench(ScannerKind::hid);
    ASSERT_TRUE(bench.ready());
    bench.machine->set_mode(ScannerKind::keyboard);
    auto fault = bench.fault();
    while (fault && fault->code == FaultCode::CodeScannerAbsent) fault = bench.fault();
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, FaultCode::CodeScannerWrongMode);
    bench.machine->set_mode(ScannerKind::hid);
    EXPECT_TRUE(bench.ready());
}

TEST(scanner, one_whose_keyboard_another_program_holds_is_not_read_at_all) {
    Bench bench(ScannerKind::keyboard);
    ASSERT_TRUE(bench.ready());
    bench.scanner->start({3, 4}, LookWith::scanner);
    bench.machine->hold_elsewhere(true);
    auto fault = bench.fault();
    while (fault && fault->code == FaultCode::CodeScannerAbsent) fault = bench.fault();
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, FaultCode::CodeScannerNotHeld);
    EXPECT_FALSE(bench.machine->scan(base::to_bytes("CWG1:1"))) << "nobody reads its keys";
    EXPECT_FALSE(bench.inbox.next<CodeSeen>(std::chrono::milliseconds(200)));
    bench.machine->hold_elsewhere(false);
    ASSERT_TRUE(bench.ready());
    EXPECT_TRUE(bench.scanned("CWG1:1"));
}

TEST(scanner, goes_on_being_asked_while_it_is_not_there) {
    Bench bench(ScannerKind::hid);
    ASSERT_TRUE(bench.ready());
    bench.machine->plug(false);
    ASSERT_TRUE(bench.fault());
    bench.scanner->start({5, 6}, LookWith::scanner);
    bench.machine->plug(true);
    ASSERT_TRUE(bench.ready());
    const auto seen = bench.scanned("CWG1:1");
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->ticket, (Ticket{5, 6}));
}

// A wire whose device is no longer wholly held from a moment on.
class Leaking final : public ScannerWire {
  public:
    explicit Leaking(std::shared_ptr<EmulatedScanner> machine) : machine_(std::move(machine)) {}
    base::Result<OpenScanner> open() override {
        if (opened_++ > 0) return base::fail(FaultCode::CodeScannerNotHeld, "a node came");
        auto open = machine_->open();
        if (open) open->still_whole = [] { return false; };
        return open;
    }
    void on_plugging(std::function<void()>) override {}

  private:
    const std::shared_ptr<EmulatedScanner> machine_;
    int opened_ = 0;
};

TEST(scanner, a_node_that_comes_later_and_cannot_be_held_ends_the_reading) {
    base::SystemClock clock;
    testing::EventInbox inbox;
    const auto machine = std::make_shared<EmulatedScanner>(ScannerKind::keyboard, clock);
    Scanner scanner(std::make_unique<Leaking>(machine), clock, inbox.sink());
    std::optional<domain::DeviceHealth> health;
    do {
        health = inbox.next_health(DeviceKind::code_scanner, DeviceState::unavailable);
        ASSERT_TRUE(health);
    } while (health->fault->code != FaultCode::CodeScannerNotHeld);
}

}  // namespace
}  // namespace drivers::qr
