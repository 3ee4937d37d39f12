#include "drivers/camera/emulated_camera.hpp"
#include "drivers/camera/pixels.hpp"
#include "drivers/camera/source_camera.hpp"
#include "event_inbox.hpp"

#include <gtest/gtest.h>

namespace drivers::camera {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;

domain::Picture plain(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
    domain::Picture picture{emulated_width, emulated_height, {}};
    for (int i = 0; i < emulated_width * emulated_height; ++i)
        picture.rgb.insert(picture.rgb.end(), {red, green, blue});
    return picture;
}

struct Bench {
    testing::EventInbox inbox;
    base::ManualClock clock{base::Instant{}};
    std::shared_ptr<EmulatedCamera> device = std::make_shared<EmulatedCamera>();
    std::shared_ptr<Frames> frames = std::make_shared<Frames>();
    std::unique_ptr<SourceCamera> camera;
    std::uint64_t seen = 0;

    Bench() {
        device->show(plain(200, 100, 50));
        camera = std::make_unique<SourceCamera>(std::make_unique<EmulatedFrameSource>(device),
                                                frames, clock, inbox.sink());
    }
    std::optional<domain::Frame> next() {
        return frames->wait_newer(std::stop_token{}, seen, std::chrono::seconds(20));
    }
};

TEST(pixels, colours_survive_yuyv_within_a_few_steps) {
    const auto picture = plain(200, 100, 50);
    const auto back =
        picture_from_yuyv(yuyv_from_picture(picture), emulated_width, emulated_height);
    ASSERT_TRUE(back);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(back->rgb[c], picture.rgb[c], 4);
}

TEST(pixels, damaged_buffers_are_faults) {
    EXPECT_FALSE(picture_from_yuyv(base::Bytes(10), 640, 480));
    EXPECT_FALSE(picture_from_yuyv(base::Bytes(30), 3, 5));
    EXPECT_FALSE(picture_from_jpeg({}));
    EXPECT_FALSE(picture_from_jpeg(base::Bytes{0xFF, 0xD8, 0xFF, 0xDB, 0, 1, 2, 3}));
}

TEST(camera, gives_frames_while_started_and_none_after_stop) {
    Bench bench;
    bench.camera->start();
    const auto first = bench.next(), second = bench.next();
    ASSERT_TRUE(first && second);
    EXPECT_GT(second->number, first->number);
    EXPECT_EQ(first->picture->width, 640);
    EXPECT_NEAR(first->picture->rgb[0], 200, 8);
    bench.camera->stop();
    EXPECT_FALSE(bench.frames->get());
    bench.camera->start();
    EXPECT_TRUE(bench.next());
}

TEST(camera, an_unplugged_camera_is_absent_and_comes_back) {
    Bench bench;
    bench.camera->start();
    ASSERT_TRUE(bench.next());
    bench.device->unplug();
    const auto health = bench.inbox.next_health(DeviceKind::camera, DeviceState::unavailable);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault->code, FaultCode::CameraAbsent);
    EXPECT_FALSE(bench.frames->get());
    bench.device->plug();
    EXPECT_TRUE(bench.inbox.next_health(DeviceKind::camera, DeviceState::ready));
    EXPECT_TRUE(bench.next());
}

TEST(camera, a_camera_without_new_frames_is_frozen) {
    Bench bench;
    bench.camera->start();
    ASSERT_TRUE(bench.next());
    bench.device->set_trouble(CameraTrouble::frozen);
    // The worker may still hold a frame it took before: time goes on until the watchdog speaks.
    std::optional<HealthChanged> changed;
    for (int i = 0; i < 50 && !(changed && changed->health.fault); ++i) {
        bench.clock.forward(base::Millis{1500});
        changed = bench.inbox.next<HealthChanged>(std::chrono::seconds(1));
    }
    ASSERT_TRUE(changed && changed->health.fault);
    EXPECT_EQ(changed->health.fault->code, FaultCode::CameraFrozen);
    EXPECT_FALSE(bench.frames->get());
}

}  // namespace
}  // namespace drivers::camera
