// The news of hot-plug by the real libudev, from a kernel that umockdev plays.
#include "drivers/supervision/device_watch.hpp"

#include "../counted.hpp"
#include "tests/usbdevfs/mock_bus.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace drivers::supervision {
namespace {

using testing::Counted;

class DeviceWatchOnAMachine : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!usbdevfs::runs_under_umockdev()) GTEST_SKIP() << "umockdev is not installed";
        testbed_ = umockdev_testbed_new();
        for (const char* name : {"video4linux/video0", "hidraw/hidraw0"}) {
            const std::string path(name), subsystem = path.substr(0, path.find('/'));
            const auto entry = "P: /devices/" + path + "\nN: " + path.substr(path.find('/') + 1) +
                               "\nE: SUBSYSTEM=" + subsystem + "\n\n";
            ASSERT_TRUE(umockdev_testbed_add_from_string(testbed_, entry.c_str(), nullptr));
        }
    }
    void TearDown() override {
        if (testbed_ != nullptr) g_object_unref(testbed_);
    }
    void happens(const char* what, const char* device) {
        const auto path = std::string("/sys/devices/") + device;
        umockdev_testbed_uevent(testbed_, path.c_str(), what);
    }

  private:
    UMockdevTestbed* testbed_ = nullptr;
};

TEST_F(DeviceWatchOnAMachine, tells_what_is_plugged_in_and_pulled_out) {
    Counted told;
    const DeviceWatch watch({"video4linux"}, [&] { told.add(); });
    happens("add", "video4linux/video0");
    EXPECT_TRUE(told.reaches(1));
    happens("remove", "video4linux/video0");
    EXPECT_TRUE(told.reaches(2));
}

TEST_F(DeviceWatchOnAMachine, is_silent_about_other_subsystems_and_about_what_only_changes) {
    Counted told;
    const DeviceWatch watch({"video4linux"}, [&] { told.add(); });
    happens("add", "hidraw/hidraw0");
    happens("change", "video4linux/video0");
    happens("remove", "video4linux/video0");  // notices keep their order
    EXPECT_TRUE(told.reaches(1));
    EXPECT_EQ(told.now(), 1);
}

TEST_F(DeviceWatchOnAMachine, may_listen_to_several_subsystems) {
    Counted told;
    const DeviceWatch watch({"video4linux", "hidraw"}, [&] { told.add(); });
    happens("add", "hidraw/hidraw0");
    happens("add", "video4linux/video0");
    EXPECT_TRUE(told.reaches(2));
}

TEST_F(DeviceWatchOnAMachine, nobody_is_told_after_the_end) {
    Counted early, late;
    auto watch =
        std::make_unique<DeviceWatch>(std::vector<std::string>{"hidraw"}, [&] { early.add(); });
    const DeviceWatch other({"hidraw"}, [&] { late.add(); });
    watch.reset();
    happens("add", "hidraw/hidraw0");
    EXPECT_TRUE(late.reaches(1));
    EXPECT_EQ(early.now(), 0);
}

}  // namespace
}  // namespace drivers::supervision
