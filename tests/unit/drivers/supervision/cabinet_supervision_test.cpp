// A board of the cabinet that comes and goes, or fails again and again. The clock stands still, so
// nothing is tried because time has passed.
#include "../counted.hpp"
#include "../event_inbox.hpp"
#include "drivers/cabinet/boards/usb_board.hpp"
#include "drivers/cabinet/emulated/emulated_cabinet_board.hpp"
#include "drivers/cabinet/watched_cabinet.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>

namespace drivers::cabinet {
namespace {

using base::Fault;
using base::FaultCode;
using base::Millis;
using domain::DeviceKind;
using domain::DeviceState;

constexpr int failures_until_given_up = 5;

struct Cable {
    std::atomic<bool> works = false;
    testing::Counted openings;
    std::mutex mutex;
    std::function<void()> listener;

    void plug() {
        std::lock_guard lock(mutex);
        if (listener) listener();
    }
};

// Speaks in every turn, or makes no sense when it is opened.
class CableBoard final : public CabinetBoard {
  public:
    explicit CableBoard(Cable& cable) : cable_(cable) {}
    ~CableBoard() override { on_plugging({}); }
    base::Status open() override {
        const bool works = cable_.works;
        cable_.openings.add();
        if (!works) return base::fail(FaultCode::CabinetBoardSilent, "endpoints");
        return {};
    }
    void close() override {}
    base::Result<std::vector<Reading>> turn(const domain::Lamps&, Millis) override {
        return std::vector<Reading>{{}};
    }
    void on_plugging(std::function<void()> tell) override {
        std::lock_guard lock(cable_.mutex);
        cable_.listener = std::move(tell);
    }

  private:
    Cable& cable_;
};

struct Bench {
    base::ManualClock clock{base::Instant{}};
    testing::EventInbox inbox;
    std::unique_ptr<WatchedCabinet> cabinet;

    void start(std::unique_ptr<CabinetBoard> board) {
        CabinetParts parts;
        parts.board = std::move(board);
        parts.debounce = Millis{0};
        cabinet = std::make_unique<WatchedCabinet>(std::move(parts), clock, inbox.sink());
    }
    std::optional<domain::DeviceHealth> next(DeviceState state) {
        return inbox.next_health(DeviceKind::cabinet, state);
    }
};

TEST(cabinet_supervision, a_board_is_gone_when_it_is_pulled_out_and_found_as_soon_as_it_is_back) {
    Bench bench;
    const auto device = std::make_shared<EmulatedCabinetBoard>();
    bench.start(std::make_unique<UsbBoard>(std::make_unique<usb::EmulatedUsbTransport>(device)));
    ASSERT_TRUE(bench.next(DeviceState::ready));
    for (int round = 0; round < 20; ++round) {
        device->unplug();
        const auto gone = bench.next(DeviceState::degraded);
        ASSERT_TRUE(gone) << round;
        EXPECT_EQ(gone->fault->code, FaultCode::CabinetBoardAbsent);
        device->plug();
        ASSERT_TRUE(bench.next(DeviceState::ready)) << round;
    }
}

TEST(cabinet_supervision, a_board_that_fails_again_and_again_is_given_up_until_it_is_plugged_in) {
    Bench bench;
    Cable cable;
    bench.start(std::make_unique<CableBoard>(cable));
    ASSERT_TRUE(cable.openings.reaches(1));
    for (int i = 2; i <= failures_until_given_up; ++i) {
        cable.plug();
        ASSERT_TRUE(cable.openings.reaches(i));
    }
    auto health = bench.next(DeviceState::degraded);
    EXPECT_EQ(health->fault, (Fault{FaultCode::CabinetBoardSilent, "endpoints"}));
    health = bench.next(DeviceState::degraded);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault, (Fault{FaultCode::DeviceKeepsFailing, "CabinetBoardSilent"}));
    // Lamps that shall shine do not have it tried.
    for (int i = 0; i < 20; ++i) bench.cabinet->light({});
    cable.works = true;
    cable.plug();
    EXPECT_TRUE(bench.next(DeviceState::ready));
    EXPECT_EQ(cable.openings.now(), failures_until_given_up + 1);
}

}  // namespace
}  // namespace drivers::cabinet
