// The driver's own V4L2 calls, against a video device that umockdev plays: good cameras and bad
// ones, each bad one with one clear fault.
#include "drivers/camera/v4l2_source.hpp"

#include "../event_inbox.hpp"
#include "drivers/camera/pixels.hpp"
#include "drivers/camera/source_camera.hpp"
#include "tests/usbdevfs/mock_bus.hpp"
#include "video_file.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>

namespace drivers::camera {
namespace {

using base::Fault;
using base::FaultCode;
using base::Millis;
using domain::DeviceKind;
using domain::DeviceState;

constexpr const char* node = "/dev/video0";
constexpr const char* folder = "/sys/devices/video0";
constexpr std::uint32_t width = 64, height = 48;  // whatever was asked for

base::Bytes yuyv_of(std::uint8_t value) {
    domain::Picture picture{static_cast<int>(width), static_cast<int>(height), {}};
    picture.rgb.assign(std::size_t{width} * height * 3, value);
    return yuyv_from_picture(picture);
}

class AVideoDevice : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!usbdevfs::runs_under_umockdev()) GTEST_SKIP() << "umockdev is not installed";
        testbed_ = umockdev_testbed_new();
        gchar* root = umockdev_testbed_get_root_dir(testbed_);
        path_ = std::filesystem::path(root).concat(node);
        g_free(root);
        std::filesystem::create_directories(path_.parent_path());
        file = std::make_shared<VideoFile>(path_);
        file->set_size(width, height);
        handler_ = usbdevfs::handler_of(file);
        ASSERT_TRUE(umockdev_testbed_attach_ioctl(testbed_, node, handler_.get(), nullptr));
        constexpr const char* entry =
            "P: /devices/video0\nE: SUBSYSTEM=video4linux\nE: DEVNAME=/dev/video0\n\n";
        ASSERT_TRUE(umockdev_testbed_add_from_string(testbed_, entry, nullptr));
        file->make_node();  // which umockdev has made anew
    }
    void TearDown() override {
        source.close();  // while somebody still answers
        handler_.reset();
        if (testbed_ != nullptr) g_object_unref(testbed_);
    }
    // What streams ends with ENODEV, the node goes, and it is told. The entry in sysfs stays:
    // nobody looks there.
    void pull_out() {
        file->fail(VIDIOC_DQBUF, ENODEV);
        std::filesystem::remove(path_);
        umockdev_testbed_uevent(testbed_, folder, "remove");
    }
    // The node stands before the notice, as with udev.
    void plug_in() {
        file->fail(VIDIOC_DQBUF, 0);
        file->make_node();
        umockdev_testbed_uevent(testbed_, folder, "add");
    }
    static base::Result<std::optional<RawFrame>> next(V4l2Source& source) {
        return source.next(std::stop_token{}, Millis{200});
    }
    static Fault fault_of_opening(V4l2Source& source) {
        const auto opened = source.open();
        return opened ? Fault{} : opened.error();
    }

    std::shared_ptr<VideoFile> file;
    V4l2Source source{node};

  private:
    UMockdevTestbed* testbed_ = nullptr;
    std::filesystem::path path_;
    std::shared_ptr<UMockdevIoctlBase> handler_;
};

TEST_F(AVideoDevice, gives_frames_byte_by_byte_and_gets_every_buffer_back) {
    EXPECT_TRUE(source.is_present());
    const auto opened = source.open();
    ASSERT_TRUE(opened) << opened.error().safe_detail;
    EXPECT_TRUE(file->streams());
    for (std::uint8_t value = 20; value < 60; ++value) {
        const auto bytes = yuyv_of(value);
        file->show({bytes});
        const auto frame = next(source);
        ASSERT_TRUE(frame && *frame) << int{value};
        EXPECT_EQ((*frame)->format, PixelFormat::yuyv);
        EXPECT_EQ((*frame)->width, static_cast<int>(width));
        EXPECT_EQ((*frame)->height, static_cast<int>(height));
        EXPECT_TRUE(
            std::equal((*frame)->bytes.begin(), (*frame)->bytes.end(), bytes.begin(), bytes.end()));
        EXPECT_EQ(file->open_buffers(), static_cast<int>(VideoFile::buffers) - 1);
    }
    source.close();
}

TEST_F(AVideoDevice, without_a_frame_in_time_is_no_fault) {
    ASSERT_TRUE(source.open());
    const auto frame = next(source);
    ASSERT_TRUE(frame);
    EXPECT_FALSE(*frame);
}

TEST_F(AVideoDevice, that_only_compresses_is_taken_as_it_is) {
    file->set_formats({V4L2_PIX_FMT_MJPEG});
    ASSERT_TRUE(source.open());
    EXPECT_EQ(file->format(), V4L2_PIX_FMT_MJPEG);
    file->show({base::Bytes{0xFF, 0xD8}});
    const auto frame = next(source);
    ASSERT_TRUE(frame && *frame);
    EXPECT_EQ((*frame)->format, PixelFormat::mjpeg);
    EXPECT_EQ((*frame)->bytes.size(), 2U);
}

TEST_F(AVideoDevice, compresses_first_where_large_pictures_are_wanted) {
    V4l2Source large(node, {1920, 1080, true});
    ASSERT_TRUE(large.open());
    EXPECT_EQ(file->format(), V4L2_PIX_FMT_MJPEG);
}

TEST_F(AVideoDevice, with_padded_rows_is_asked_for_compressed_pictures_instead) {
    file->pad_rows(32);
    ASSERT_TRUE(source.open());
    EXPECT_EQ(file->format(), V4L2_PIX_FMT_MJPEG);
}

TEST_F(AVideoDevice, of_an_old_driver_that_knows_no_capabilities_of_its_own_is_taken) {
    file->set_capabilities(V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING, 0);
    EXPECT_TRUE(source.open());
}

TEST_F(AVideoDevice, that_does_not_capture_is_unusable) {
    constexpr std::uint32_t metadata = V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING;
    file->set_capabilities(V4L2_CAP_VIDEO_CAPTURE | metadata | V4L2_CAP_DEVICE_CAPS, metadata);
    EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, "capability"}));
}

TEST_F(AVideoDevice, with_no_format_that_is_understood_is_unusable) {
    file->set_formats({V4L2_PIX_FMT_H264, V4L2_PIX_FMT_NV12});
    EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, "format"}));
    file->set_formats({});
    EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, "format"}));
}

TEST_F(AVideoDevice, with_pictures_of_a_mad_size_is_unusable) {
    for (const auto side : {0x7FFFFFFFU, 8193U}) {
        file->set_size(side, height);
        EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, "format"}));
        file->set_size(width, side);
        EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, "format"}));
    }
}

TEST_F(AVideoDevice, that_another_program_holds_is_busy) {
    for (const auto request : {VIDIOC_S_FMT, VIDIOC_REQBUFS, VIDIOC_STREAMON}) {
        file->fail(request, EBUSY);
        EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, "busy"}));
        file->fail(request, 0);
    }
    EXPECT_TRUE(source.open());
}

TEST_F(AVideoDevice, that_fails_at_any_step_of_its_opening_says_at_which) {
    const std::pair<unsigned long, const char*> steps[]{
        {VIDIOC_QUERYCAP, "capability"}, {VIDIOC_S_FMT, "format"}, {VIDIOC_REQBUFS, "buffers"},
        {VIDIOC_QUERYBUF, "buffers"},    {VIDIOC_QBUF, "queue"},   {VIDIOC_STREAMON, "stream"}};
    for (const auto& [request, name] : steps) {
        file->fail(request, EIO);
        EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraUnusable, name}));
        EXPECT_FALSE(file->streams());
        file->fail(request, ENODEV);
        EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraAbsent, {}})) << name;
        file->fail(request, 0);
    }
    EXPECT_TRUE(source.open());
}

TEST_F(AVideoDevice, whose_buffer_is_marked_damaged_gives_an_empty_frame_and_goes_on) {
    ASSERT_TRUE(source.open());
    file->show({yuyv_of(90), V4L2_BUF_FLAG_ERROR});
    const auto damaged = next(source);
    ASSERT_TRUE(damaged && *damaged);
    EXPECT_TRUE((*damaged)->bytes.empty());
    file->show({yuyv_of(91)});
    const auto good = next(source);
    ASSERT_TRUE(good && *good);
    EXPECT_FALSE((*good)->bytes.empty());
}

TEST_F(AVideoDevice, that_claims_more_bytes_than_a_buffer_holds_is_not_believed) {
    ASSERT_TRUE(source.open());
    for (const auto more : {VideoFile::buffer_size, 0xFFFF0000U}) {
        Buffer buffer{yuyv_of(90)};
        buffer.more_bytes = more;
        file->show(buffer);
        const auto frame = next(source);
        ASSERT_TRUE(frame && *frame);
        EXPECT_TRUE((*frame)->bytes.empty());
    }
}

TEST_F(AVideoDevice, that_names_a_buffer_which_does_not_exist_is_unusable) {
    for (const auto further : {1U, 0xFFFFFFF0U}) {
        ASSERT_TRUE(source.open());
        Buffer buffer{yuyv_of(90)};
        buffer.further = further;
        file->show(buffer);
        const auto frame = next(source);
        ASSERT_FALSE(frame);
        EXPECT_EQ(frame.error(), (Fault{FaultCode::CameraUnusable, "buffer number"}));
        source.close();
    }
}

TEST_F(AVideoDevice, that_fails_while_it_streams_says_so_and_one_that_has_gone_is_absent) {
    ASSERT_TRUE(source.open());
    file->fail(VIDIOC_DQBUF, EIO);
    EXPECT_EQ(next(source).error(), (Fault{FaultCode::CameraUnusable, "frame"}));
    file->fail(VIDIOC_DQBUF, ENODEV);
    EXPECT_EQ(next(source).error(), (Fault{FaultCode::CameraAbsent, {}}));
    source.close();
    EXPECT_EQ(next(source).error(), (Fault{FaultCode::CameraUnusable, "closed"}));
}

TEST_F(AVideoDevice, that_is_not_there_is_absent) {
    pull_out();
    EXPECT_FALSE(source.is_present());
    EXPECT_EQ(fault_of_opening(source), (Fault{FaultCode::CameraAbsent, {}}));
}

// The whole driver, from the notice to the picture. The clock stands still: nothing is found by
// waiting.
TEST_F(AVideoDevice, that_is_pulled_in_the_middle_of_a_stream_is_gone_at_once_and_found_at_once) {
    const base::ManualClock clock{base::Instant{}};
    testing::EventInbox inbox;
    const auto frames = std::make_shared<Frames>();
    SourceCamera camera(std::make_unique<V4l2Source>(node), frames, clock, inbox.sink());
    ASSERT_TRUE(inbox.next_health(DeviceKind::camera, DeviceState::ready));
    camera.start();
    std::uint64_t seen = 0;
    for (int round = 0; round < 5; ++round) {
        for (std::uint8_t value = 20; value < 30; ++value) file->show({yuyv_of(value)});
        ASSERT_TRUE(frames->wait_newer(std::stop_token{}, seen, std::chrono::seconds(20))) << round;
        pull_out();
        const auto gone = inbox.next_health(DeviceKind::camera, DeviceState::unavailable);
        ASSERT_TRUE(gone) << round;
        EXPECT_EQ(gone->fault, (Fault{FaultCode::CameraAbsent, {}}));
        EXPECT_FALSE(frames->get());
        plug_in();
    }
}

}  // namespace
}  // namespace drivers::camera
