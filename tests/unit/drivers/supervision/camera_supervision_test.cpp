// A camera that comes and goes, or fails again and again. The clock stands still unless a test
// moves it, so nothing is tried because time has passed.
#include "../counted.hpp"
#include "../event_inbox.hpp"
#include "drivers/camera/source_camera.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace drivers::camera {
namespace {

using base::Fault;
using base::FaultCode;
using base::Millis;
using domain::DeviceKind;
using domain::DeviceState;

constexpr int failures_until_given_up = 5;

// What a camera's cable and driver do, from the test's side.
struct Cable {
    std::atomic<bool> there = true;
    std::atomic<bool> works = true;      // it can be opened
    std::function<bool(int look)> sees;  // whether a look finds it; empty: rightly
    testing::Counted looks, openings, waits;

    void set_there(bool now) {
        there = now;
        std::lock_guard lock(mutex);
        if (listener) listener();
    }
    std::mutex mutex;
    std::condition_variable_any never;
    std::function<void()> listener;
};

// Gives no frame at all.
class CableSource final : public FrameSource {
  public:
    explicit CableSource(Cable& cable) : cable_(cable) {}
    ~CableSource() override { on_plugging({}); }
    bool is_present() const override {
        const int look = cable_.looks.add();
        return cable_.sees ? cable_.sees(look) : cable_.there.load();
    }
    base::Status open() override {
        const bool there = cable_.there, works = cable_.works;
        cable_.openings.add();
        if (!there) return base::fail(FaultCode::CameraAbsent);
        if (!works) return base::fail(FaultCode::CameraUnusable, "stream");
        return {};
    }
    void close() override {}
    base::Result<std::optional<RawFrame>> next(std::stop_token stop, Millis) override {
        cable_.waits.add();
        std::unique_lock lock(cable_.mutex);
        cable_.never.wait_for(lock, stop, Millis{5}, [] { return false; });
        return std::optional<RawFrame>{};
    }
    void on_plugging(std::function<void()> tell) override {
        std::lock_guard lock(cable_.mutex);
        cable_.listener = std::move(tell);
    }

  private:
    Cable& cable_;
};

struct Bench {
    Cable cable;
    testing::EventInbox inbox;
    base::ManualClock clock{base::Instant{}};
    std::atomic<int> looks_when_gone = 0;
    std::unique_ptr<SourceCamera> camera;

    void plug_in() {
        camera = std::make_unique<SourceCamera>(
            std::make_unique<CableSource>(cable), std::make_shared<Frames>(), clock,
            [this, sink = inbox.sink()](DeviceEvent event) {
                const auto* changed = std::get_if<HealthChanged>(&event);
                if (changed && changed->health.state == DeviceState::unavailable)
                    looks_when_gone = cable.looks.now();
                sink(std::move(event));
            });
    }
    std::optional<domain::DeviceHealth> next(DeviceState state) {
        return inbox.next_health(DeviceKind::camera, state);
    }
    // Somebody asks for it again and again.
    void give_up() {
        cable.works = false;
        plug_in();
        for (int i = 1; i <= failures_until_given_up; ++i) {
            camera->start();
            ASSERT_TRUE(cable.openings.reaches(i));
        }
        for (auto health = next(DeviceState::unavailable);
             health && health->fault->code != FaultCode::DeviceKeepsFailing;)
            health = next(DeviceState::unavailable);
        ASSERT_EQ(camera->health().fault, (Fault{FaultCode::DeviceKeepsFailing, "CameraUnusable"}));
    }
};

TEST(camera_supervision, one_that_a_look_missed_once_or_twice_is_still_there) {
    Bench bench;
    // Seen, missed twice, seen, missed three times, seen.
    bench.cable.sees = [](int look) { return look == 1 || look == 4 || look > 7; };
    bench.plug_in();
    ASSERT_TRUE(bench.next(DeviceState::ready));
    std::optional<HealthChanged> gone;
    // Whoever stops it has it looked at; without that it would take seconds.
    for (int i = 0; i < 1000 && !gone; ++i) {
        bench.camera->stop();
        gone = bench.inbox.next<HealthChanged>(std::chrono::milliseconds(20));
    }
    ASSERT_TRUE(gone && gone->health.fault);
    EXPECT_EQ(gone->health.fault->code, FaultCode::CameraAbsent);
    EXPECT_EQ(bench.looks_when_gone, 7);
}

TEST(camera_supervision, one_whose_removal_is_announced_is_gone_at_the_first_look) {
    Bench bench;
    bench.plug_in();
    ASSERT_TRUE(bench.next(DeviceState::ready));
    const int before = bench.cable.looks.now();
    bench.cable.set_there(false);
    ASSERT_TRUE(bench.next(DeviceState::unavailable));
    EXPECT_LE(bench.looks_when_gone, before + 2) << "one of them may have begun before the notice";
    bench.cable.set_there(true);
    EXPECT_TRUE(bench.next(DeviceState::ready));
}

TEST(camera_supervision,
     one_that_is_pulled_while_it_streams_is_gone_though_its_driver_still_waits) {
    Bench bench;
    bench.plug_in();
    ASSERT_TRUE(bench.next(DeviceState::ready));
    bench.camera->start();
    ASSERT_TRUE(bench.cable.waits.reaches(3));
    bench.cable.set_there(false);
    const auto gone = bench.next(DeviceState::unavailable);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->fault, (Fault{FaultCode::CameraAbsent, {}}));
}

TEST(camera_supervision, one_that_comes_back_is_opened_at_once_for_who_still_waits) {
    Bench bench;
    bench.plug_in();
    bench.camera->start();
    ASSERT_TRUE(bench.cable.waits.reaches(1));
    for (int round = 0; round < 10; ++round) {
        bench.cable.set_there(false);
        ASSERT_TRUE(bench.next(DeviceState::unavailable));
        // No frame tells that it is well: it is opened, and asked for one.
        const int asked = bench.cable.waits.now();
        bench.cable.set_there(true);
        ASSERT_TRUE(bench.cable.waits.reaches(asked + 1)) << round;
        bench.camera->stop();
        ASSERT_TRUE(bench.next(DeviceState::ready)) << round;
        const int stopped = bench.cable.waits.now();
        bench.camera->start();
        ASSERT_TRUE(bench.cable.waits.reaches(stopped + 1)) << round;
    }
}

TEST(camera_supervision, one_that_fails_again_and_again_is_given_up_until_it_is_plugged_in_again) {
    Bench bench;
    bench.give_up();
    bench.camera->start();  // who asks now is not served
    bench.cable.works = true;
    bench.cable.set_there(true);
    ASSERT_TRUE(bench.cable.waits.reaches(1));
    EXPECT_EQ(bench.cable.openings.now(), failures_until_given_up + 1);
}

TEST(camera_supervision, one_that_was_given_up_is_tried_once_a_minute_and_says_when_it_is_well) {
    Bench bench;
    bench.give_up();
    bench.camera->stop();
    EXPECT_EQ(bench.camera->health().fault->code, FaultCode::DeviceKeepsFailing);
    bench.cable.works = true;
    std::optional<HealthChanged> well;
    for (int minute = 0; minute < 1000 && !well; ++minute) {
        bench.clock.forward(Millis{60'000});
        bench.camera->stop();  // looks now rather than a moment later
        well = bench.inbox.next<HealthChanged>(std::chrono::milliseconds(20));
    }
    ASSERT_TRUE(well);
    EXPECT_EQ(well->health.state, DeviceState::ready);
    EXPECT_EQ(bench.cable.openings.now(), failures_until_given_up + 1);
    EXPECT_EQ(bench.cable.waits.now(), 0) << "no picture is taken for that";
}

}  // namespace
}  // namespace drivers::camera
