// What goes wrong with a camera, over a scripted source: each call gives the next thing and lets a
// tenth of a second of the test's clock pass.
#include "drivers/camera/frame_watch.hpp"
#include "drivers/camera/pixels.hpp"
#include "drivers/camera/source_camera.hpp"
#include "event_inbox.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>

namespace drivers::camera {
namespace {

using base::FaultCode;
using base::Millis;
using domain::DeviceKind;
using domain::DeviceState;

constexpr int width = 64, height = 48;

domain::Picture plain(std::uint8_t value) {
    domain::Picture picture{width, height, {}};
    picture.rgb.assign(width * height * 3, value);
    return picture;
}
base::Bytes jpeg_of(std::uint8_t value) {
    return jpeg_from_picture(plain(value), 90);
}

// What the n-th buffer after an opening holds; none = nothing came.
using Script = std::function<base::Result<std::optional<base::Bytes>>(int number)>;

class ScriptedSource final : public FrameSource {
  public:
    ScriptedSource(base::ManualClock& clock, Script script) : clock_(clock), script_(script) {}
    bool is_present() const override { return true; }
    base::Status open() override {
        ++openings;
        number_ = 0;
        return {};
    }
    void close() override {}
    void on_plugging(std::function<void()>) override {}
    base::Result<std::optional<RawFrame>> next(std::stop_token, Millis) override {
        clock_.forward(Millis{100});
        auto bytes = TRY(script_(number_++));
        if (!bytes) return std::optional<RawFrame>{};
        bytes_ = std::move(*bytes);
        return std::optional(RawFrame{PixelFormat::mjpeg, width, height, 0, bytes_});
    }
    static inline std::atomic<int> openings{0};

  private:
    base::ManualClock& clock_;
    Script script_;
    base::Bytes bytes_;
    int number_ = 0;
};

struct Bench {
    testing::EventInbox inbox;
    base::ManualClock clock{base::Instant{}};
    std::shared_ptr<Frames> frames = std::make_shared<Frames>();
    std::unique_ptr<SourceCamera> camera;

    explicit Bench(Script script) {
        ScriptedSource::openings = 0;
        camera = std::make_unique<SourceCamera>(
            std::make_unique<ScriptedSource>(clock, std::move(script)), frames, clock,
            inbox.sink());
        camera->start();
    }
    std::optional<domain::DeviceHealth> next(DeviceState state) {
        return inbox.next_health(DeviceKind::camera, state);
    }
};

TEST(camera_faults, a_camera_frozen_after_a_while_is_closed_and_opened_anew) {
    Bench bench([](int number) -> base::Result<std::optional<base::Bytes>> {
        if (number > 20) return std::optional<base::Bytes>{};
        return std::optional(jpeg_of(static_cast<std::uint8_t>(80 + number)));
    });
    ASSERT_TRUE(bench.next(DeviceState::ready));
    const auto frozen = bench.next(DeviceState::unavailable);
    ASSERT_TRUE(frozen && frozen->fault);
    EXPECT_EQ(frozen->fault->code, FaultCode::CameraFrozen);
    EXPECT_EQ(frozen->fault->safe_detail, "");
    bench.clock.forward(Millis{1000});
    EXPECT_TRUE(bench.next(DeviceState::ready));
    EXPECT_GE(ScriptedSource::openings, 2);
}

TEST(camera_faults, damaged_frames_between_good_ones_are_skipped) {
    Bench bench([](int number) -> base::Result<std::optional<base::Bytes>> {
        auto jpeg = jpeg_of(static_cast<std::uint8_t>(60 + number % 100));
        if (number % 3 != 0) jpeg.resize(jpeg.size() / 2);
        return std::optional(std::move(jpeg));
    });
    std::uint64_t seen = 0;
    for (int i = 0; i < 20; ++i) {
        const auto frame =
            bench.frames->wait_newer(std::stop_token{}, seen, std::chrono::seconds(20));
        ASSERT_TRUE(frame);
        EXPECT_EQ(frame->picture->width, width);
    }
    EXPECT_EQ(bench.camera->health().state, DeviceState::ready);
    EXPECT_EQ(ScriptedSource::openings, 1);
}

TEST(camera_faults, a_camera_that_only_gives_damaged_frames_is_frozen_and_says_why) {
    Bench bench([](int number) -> base::Result<std::optional<base::Bytes>> {
        auto jpeg = jpeg_of(120);
        if (number > 4) jpeg.resize(jpeg.size() / 2);
        return std::optional(std::move(jpeg));
    });
    const auto frozen = bench.next(DeviceState::unavailable);
    ASSERT_TRUE(frozen && frozen->fault);
    EXPECT_EQ(frozen->fault->code, FaultCode::CameraFrozen);
    EXPECT_EQ(frozen->fault->safe_detail, "damaged frames");
}

TEST(camera_faults, a_camera_that_repeats_one_picture_is_frozen_too) {
    Bench bench([](int) -> base::Result<std::optional<base::Bytes>> {
        return std::optional(jpeg_of(120));
    });
    const auto frozen = bench.next(DeviceState::unavailable);
    ASSERT_TRUE(frozen && frozen->fault);
    EXPECT_EQ(frozen->fault->code, FaultCode::CameraFrozen);
}

TEST(camera_faults, a_covered_lens_is_a_fault_of_its_own_and_goes_when_it_is_uncovered) {
    std::atomic<bool> covered{true};
    Bench bench([&](int number) -> base::Result<std::optional<base::Bytes>> {
        return std::optional(jpeg_of(covered ? 2 : static_cast<std::uint8_t>(100 + number % 50)));
    });
    const auto black = bench.next(DeviceState::degraded);
    ASSERT_TRUE(black && black->fault);
    EXPECT_EQ(black->fault->code, FaultCode::CameraCovered);
    covered = false;
    EXPECT_TRUE(bench.next(DeviceState::ready));
    EXPECT_EQ(ScriptedSource::openings, 1);
}

TEST(camera_faults, a_camera_that_fails_while_it_streams_is_absent_and_has_left_no_frame) {
    Bench bench([](int number) -> base::Result<std::optional<base::Bytes>> {
        if (number > 10) return base::fail(FaultCode::CameraAbsent, "poll");
        return std::optional(jpeg_of(static_cast<std::uint8_t>(80 + number)));
    });
    ASSERT_TRUE(bench.next(DeviceState::ready));
    const auto gone = bench.next(DeviceState::unavailable);
    ASSERT_TRUE(gone && gone->fault);
    EXPECT_EQ(gone->fault->code, FaultCode::CameraAbsent);
}

TEST(frame_watch, black_is_not_the_same_as_dark) {
    EXPECT_TRUE(is_black(plain(0)));
    EXPECT_TRUE(is_black(plain(11)));
    EXPECT_FALSE(is_black(plain(25)));
    auto lamp = plain(0);  // a dark room with a lamp in it
    std::fill_n(lamp.rgb.begin(), lamp.rgb.size() / 20, std::uint8_t{220});
    EXPECT_FALSE(is_black(lamp));
    EXPECT_FALSE(is_black({}));
}

TEST(frame_watch, only_a_camera_that_went_on_for_a_while_is_steady) {
    FrameWatch watch(Millis{0});
    EXPECT_FALSE(watch.is_steady(Millis{60000}));
    watch.seen(plain(90), {}, Millis{60000});
    EXPECT_FALSE(watch.is_steady(Millis{65000}));
    EXPECT_TRUE(watch.is_steady(Millis{70000}));
}

TEST(jpeg, a_picture_survives_its_own_jpeg_and_a_cut_one_does_not) {
    const auto jpeg = jpeg_of(140);
    const auto back = picture_from_jpeg(jpeg);
    ASSERT_TRUE(back);
    EXPECT_NEAR(back->rgb[300], 140, 4);
    EXPECT_FALSE(picture_from_jpeg(base::ByteView(jpeg).first(jpeg.size() / 2)));
    EXPECT_TRUE(jpeg_from_picture({}, 80).empty());
}

}  // namespace
}  // namespace drivers::camera
