// The wires' own system calls, against a kernel that umockdev plays: /sys, the nodes in /dev and
// their ioctls. The program starts itself again with umockdev's library before all others.
#include "drivers/qr/scanner/codec/key_codes.hpp"
#include "drivers/qr/scanner/emulated/emulated_pos_scanner.hpp"
#include "drivers/qr/scanner/emulated/key_presses.hpp"
#include "drivers/qr/scanner/wires/hidraw_wire.hpp"
#include "drivers/qr/scanner/wires/keyboard_wire.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/hidraw.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>

namespace drivers::qr {
namespace {

using base::FaultCode;

constexpr const char* nl = nullptr;

// What a node answers.
struct Node {
    base::Bytes descriptor;  // of its reports
    std::atomic<bool> refuses_grab = false;
    std::atomic<int> grabs = 0, features = 0;
};

gboolean answer(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer data) {
    auto& node = *static_cast<Node*>(data);
    const auto request = umockdev_ioctl_client_get_request(client);
    auto* arg = umockdev_ioctl_client_get_arg(client);
    const auto put = [&](gsize size, void* bytes) {
        auto* memory = umockdev_ioctl_data_resolve(arg, 0, size, nullptr);
        umockdev_ioctl_data_update(memory, 0, static_cast<guint8*>(bytes), static_cast<gint>(size));
        umockdev_ioctl_data_unref(memory);
        umockdev_ioctl_client_complete(client, 0, 0);
    };
    if (request == HIDIOCGRDESCSIZE) {
        int size = static_cast<int>(node.descriptor.size());
        put(sizeof size, &size);
    } else if (request == HIDIOCGRDESC) {
        hidraw_report_descriptor out{};
        out.size = static_cast<std::uint32_t>(node.descriptor.size());
        std::copy(node.descriptor.begin(), node.descriptor.end(), out.value);
        put(sizeof out, &out);
    } else if (request == HIDIOCSFEATURE(2)) {
        auto* memory = umockdev_ioctl_data_resolve(arg, 0, 2, nullptr);
        if (memory->data[0] == 254 && memory->data[1] == 1) ++node.features;
        umockdev_ioctl_data_unref(memory);
        umockdev_ioctl_client_complete(client, 2, 0);
    } else if (request == EVIOCGRAB) {
        if (node.refuses_grab) {
            umockdev_ioctl_client_complete(client, -1, EBUSY);
        } else {
            ++node.grabs;
            umockdev_ioctl_client_complete(client, 0, 0);
        }
    } else if (request == EVIOCSCLOCKID) {
        umockdev_ioctl_client_complete(client, 0, 0);
    } else {
        umockdev_ioctl_client_complete(client, -1, ENOTTY);
    }
    return TRUE;
}

class Machine : public ::testing::Test {
  protected:
    ~Machine() override {
        for (auto& [path, handler] : handlers_)
            umockdev_testbed_detach_ioctl(testbed_, path.c_str(), nullptr), g_object_unref(handler);
        g_object_unref(testbed_);
    }
    // The scanner's end of a node: a pipe that keeps what is written apart.
    FileDescriptor node(const char* subsystem, const char* name, const std::string& dev,
                        std::array<gchar*, 9> attributes, Node& behaviour) {
        std::string devname = "DEVNAME";
        std::array<gchar*, 3> properties{devname.data(), const_cast<gchar*>(dev.c_str()), nullptr};
        g_free(umockdev_testbed_add_devicev(testbed_, subsystem, name, nl, attributes.data(),
                                            properties.data()));
        gchar* root = umockdev_testbed_get_root_dir(testbed_);
        const auto path = std::string(root) + dev;
        g_free(root);
        std::filesystem::create_directories(std::filesystem::path(path).parent_path());
        std::filesystem::remove(path);
        EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0) << path << ": " << std::strerror(errno);
        auto* handler = umockdev_ioctl_base_new();
        g_signal_connect(handler, "handle-ioctl", G_CALLBACK(answer), &behaviour);
        EXPECT_TRUE(umockdev_testbed_attach_ioctl(testbed_, dev.c_str(), handler, nullptr));
        handlers_.emplace(dev, handler);
        umockdev_testbed_disable(testbed_);
        FileDescriptor end(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
        umockdev_testbed_enable(testbed_);
        ::fcntl(end.number(), F_SETFL, O_NONBLOCK | O_DIRECT);
        return end;
    }
    FileDescriptor hidraw(const char* name, std::string hid_id, Node& behaviour) {
        std::string key = "device/uevent", value = "HID_ID=" + hid_id + "\n";
        return node("hidraw", name, std::string("/dev/") + name,
                    {key.data(), value.data(), nullptr}, behaviour);
    }
    FileDescriptor event(const char* name, std::string vendor, std::string product,
                         Node& behaviour) {
        std::string one = "device/id/vendor", two = "device/id/product";
        return node("input", name, std::string("/dev/input/") + name,
                    {one.data(), vendor.data(), two.data(), product.data(), nullptr}, behaviour);
    }
    static std::vector<std::string> read_all(OpenScanner& open, std::size_t line = 0) {
        std::vector<std::string> out;
        pollfd waiting{open.lines[line].number(), POLLIN, 0};
        while (::poll(&waiting, 1, 200) > 0) {
            std::array<std::uint8_t, 4096> buffer{};
            const auto got = ::read(waiting.fd, buffer.data(), buffer.size());
            if (got <= 0) break;
            for (const auto& text : open.decoder->take(
                     line, base::ByteView(buffer).first(static_cast<std::size_t>(got)),
                     base::Millis{0}))
                out.push_back(*text);
        }
        return out;
    }
    static void send(const FileDescriptor& end, const base::Bytes& bytes) {
        ASSERT_EQ(::write(end.number(), bytes.data(), bytes.size()), std::ssize(bytes));
    }

  private:
    UMockdevTestbed* testbed_ = umockdev_testbed_new();
    std::map<std::string, UMockdevIoctlBase*> handlers_;
};

TEST_F(Machine, a_hid_scanner_is_found_its_descriptor_is_read_and_its_reports_are_understood) {
    const EmulatedPosScanner scanner;
    Node behaviour{scanner.descriptor()};
    const auto end = hidraw("hidraw0", "0003:00001EAB:00000310", behaviour);
    auto open = HidrawWire(std::nullopt).open();
    ASSERT_TRUE(open) << open.error().safe_detail;
    EXPECT_EQ(behaviour.features, 0) << "only Honeywell's need it";
    const std::string code = "CWG1:" + std::string(120, '7');
    for (const auto& report : scanner.reports_of(code)) send(end, report);
    EXPECT_EQ(read_all(*open), std::vector{code});
}

TEST_F(Machine, the_output_of_a_honeywell_is_routed_to_its_reports_first) {
    const EmulatedPosScanner scanner;
    Node behaviour{scanner.descriptor()};
    const auto end = hidraw("hidraw0", "0003:00000C2E:00000B61", behaviour);
    ASSERT_TRUE(HidrawWire(std::nullopt).open());
    EXPECT_EQ(behaviour.features, 1);
}

TEST_F(Machine, of_a_scanner_with_two_nodes_the_one_that_reports_codes_is_taken) {
    const EmulatedPosScanner scanner;
    Node other{keyboard_descriptor()}, reports{scanner.descriptor()};
    const auto first = hidraw("hidraw0", "0003:00001EAB:00000310", other);
    const auto second = hidraw("hidraw1", "0003:00001EAB:00000310", reports);
    auto open = HidrawWire(std::nullopt).open();
    ASSERT_TRUE(open);
    send(second, scanner.reports_of("CWG1:1").front());
    EXPECT_EQ(read_all(*open), std::vector<std::string>{"CWG1:1"});
}

TEST_F(Machine, a_scanner_that_types_is_read_only_while_every_node_of_it_is_held) {
    Node keys, media;
    const auto first = event("event3", "1eab", "0303", keys);
    const auto second = event("event4", "1eab", "0303", media);
    KeyboardWire wire({0x1EAB, 0x0303});
    {
        auto open = wire.open();
        ASSERT_TRUE(open) << open.error().safe_detail;
        EXPECT_EQ(open->lines.size(), 2U);
        EXPECT_EQ(keys.grabs, 1);
        EXPECT_EQ(media.grabs, 1);
        EXPECT_TRUE(open->still_whole());
        send(first, key_events(chords_of("CWG1:1"), base::Millis{1000}));
        EXPECT_EQ(read_all(*open), std::vector<std::string>{"CWG1:1"});
        // a third node comes: it is not held, so nothing of the device may be trusted
        Node late;
        const auto third = event("event5", "1eab", "0303", late);
        EXPECT_FALSE(open->still_whole());
    }
}

TEST_F(Machine, one_node_that_another_program_holds_makes_the_whole_scanner_unavailable) {
    Node keys, media;
    media.refuses_grab = true;
    const auto first = event("event3", "1eab", "0303", keys);
    const auto second = event("event4", "1eab", "0303", media);
    KeyboardWire wire({0x1EAB, 0x0303});
    const auto open = wire.open();
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().code, FaultCode::CodeScannerNotHeld);
    EXPECT_EQ(keys.grabs, 1) << "the rest is held silent: its keys go nowhere else";
    media.refuses_grab = false;
    const auto again = wire.open();
    ASSERT_TRUE(again) << again.error().safe_detail;
    EXPECT_EQ(keys.grabs, 1);
    EXPECT_EQ(media.grabs, 1);
}

TEST_F(Machine, a_scanner_of_the_table_that_types_is_held_silent_and_said_to_be_in_the_wrong_mode) {
    Node reports{keyboard_descriptor()}, keys;
    const auto first = hidraw("hidraw0", "0003:00000C2E:00000B61", reports);
    const auto second = event("event3", "0c2e", "0b61", keys);
    HidrawWire wire(usb::DeviceId{0x0C2E, 0x0B61});
    for (int again = 0; again < 3; ++again) {
        const auto open = wire.open();
        ASSERT_FALSE(open);
        EXPECT_EQ(open.error().code, FaultCode::CodeScannerWrongMode);
    }
    EXPECT_EQ(keys.grabs, 1) << "held once, and not let go in between";
}

}  // namespace
}  // namespace drivers::qr

int main(int argc, char** argv) {
    constexpr const char* library = "LD_PRELOAD";
    if (std::getenv(library) == nullptr) {
        ::setenv(library, "libumockdev-preload.so.0", 1);
        // A sanitizer wants to be the first library otherwise.
        const char* set = std::getenv("ASAN_OPTIONS");
        const auto options =
            (set != nullptr ? std::string(set) + ":" : "") + "verify_asan_link_order=0";
        ::setenv("ASAN_OPTIONS", options.c_str(), 1);
        ::execv("/proc/self/exe", argv);
        return 1;
    }
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
