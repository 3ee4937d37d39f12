#include "mock_bus.hpp"

#include "base/assert.hpp"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace usbdevfs {

namespace {

constexpr const char* preload = "libumockdev-preload.so.0";
constexpr int last_address = 127;
constexpr std::size_t pulled_kept = 8;
constexpr const char* tried = "CW_TRIED_UMOCKDEV";

// Where what umockdev shows really lies.
std::filesystem::path root_of(UMockdevTestbed* testbed) {
    gchar* root = umockdev_testbed_get_root_dir(testbed);
    std::filesystem::path path(root);
    g_free(root);
    return path;
}

}  // namespace

bool runs_under_umockdev() {
    // It answers rightly, and for good, only while there is a testbed.
    static const bool answer = [] {
        auto* testbed = umockdev_testbed_new();
        const bool mocked = umockdev_in_mock_environment() != 0;
        g_object_unref(testbed);
        return mocked;
    }();
    return answer;
}

void run_under_umockdev(char** arguments) {
    if (std::getenv(tried) != nullptr) return;
    ::setenv(tried, "1", 1);
    ::setenv("LD_PRELOAD", preload, 1);
    // The preloaded library stands before a sanitizer's.
    const char* options = std::getenv("ASAN_OPTIONS");
    const auto asan = std::string(options ? options : "") + ":verify_asan_link_order=0";
    ::setenv("ASAN_OPTIONS", asan.c_str(), 1);
    ::execv("/proc/self/exe", arguments);
}

MockBus::MockBus(std::shared_ptr<drivers::usb::EmulatedUsbDevice> device)
    : device_(std::move(device)), testbed_(umockdev_testbed_new()) {
    // A node that is hung up signals the leader of a session, which this process may be.
    std::signal(SIGHUP, SIG_IGN);
    device_->on_plugging(this, [this] {
        {
            std::lock_guard lock(mutex_);
            ++plugged_;
        }
        changed_.notify_all();
    });
    if (device_->is_plugged()) appear();
    hub_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

MockBus::~MockBus() {
    device_->on_plugging(this, {});
    hub_ = {};
    if (file_) file_->disconnect();
    g_object_unref(testbed_);
}

// As a hub does: it notices a change a moment later, and only looks at what is there then.
void MockBus::run(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [&] { return plugged_ != shown_; })) {
        lock.unlock();
        disappear();  // a device that was plugged in again is another one
        lock.lock();
        // What the device is now and the news of it must fit, or one that was plugged in just now
        // would appear twice.
        bool there = false;
        unsigned newest = 0;
        do {
            newest = plugged_;
            lock.unlock();
            there = device_->is_plugged();
            lock.lock();
        } while (newest != plugged_);
        lock.unlock();
        if (there) appear();
        lock.lock();
        shown_ = newest;
        changed_.notify_all();
    }
}

// A node that is pulled answers on until whoever has it open closes it. Nobody keeps one over so
// many others: then what it holds is given back, as the kernel does at once.
void MockBus::forget(std::size_t kept) {
    for (; pulled_.size() > kept; pulled_.pop_front())
        umockdev_testbed_detach_ioctl(testbed_, pulled_.front().c_str(), nullptr);
}

void MockBus::appear() {
    // Addresses come round again, as on a real bus.
    place_.address = place_.address % last_address + 1;
    auto file = std::make_shared<UsbFile>(device_);
    // The node with what poll() can wait for, and who answers there, stand before the entry in
    // sysfs: with that comes the notice, and whoever hears it opens the node at once.
    const auto node = root_of(testbed_).concat(place_.node());
    std::filesystem::create_directories(node.parent_path());
    std::filesystem::create_symlink(file->wake_path(), node);
    const auto handler = handler_of(file);
    KIOSK_ASSERT(
        umockdev_testbed_attach_ioctl(testbed_, place_.node().c_str(), handler.get(), nullptr));
    {
        std::lock_guard lock(mutex_);
        file->bind(driver_);
        file_ = std::move(file);
    }
    const auto entry =
        entry_of(place_, device_->id(), descriptors_of(device_->id(), device_->interface()));
    KIOSK_ASSERT(umockdev_testbed_add_from_string(testbed_, entry.c_str(), nullptr));
    const auto folder = "/sys" + place_.folder();
    umockdev_testbed_uevent(testbed_, folder.c_str(), "add");
}

void MockBus::disappear() {
    std::shared_ptr<UsbFile> file;
    {
        std::lock_guard lock(mutex_);
        file = std::exchange(file_, nullptr);
    }
    if (!file) return;
    file->disconnect();
    // Not by umockdev's own removal: that takes the socket of the ioctls away, too, and ends the
    // process when somebody opens the node at that moment.
    const auto root = root_of(testbed_);
    const auto folder = "/sys" + place_.folder();
    std::filesystem::remove(std::filesystem::path(root).concat(place_.node()));
    umockdev_testbed_uevent(testbed_, folder.c_str(), "remove");
    const auto name = std::filesystem::path(folder).filename();
    std::filesystem::remove(root / "sys/bus/usb/devices" / name);
    std::filesystem::remove_all(std::filesystem::path(root).concat(folder));
    pulled_.push_back(place_.node());
    forget(pulled_kept);
}

void MockBus::bind(const std::string& driver) {
    std::lock_guard lock(mutex_);
    driver_ = driver;
    if (file_) file_->bind(driver);
}

std::shared_ptr<UsbFile> MockBus::file() const {
    std::lock_guard lock(mutex_);
    return file_;
}

bool MockBus::settle() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return plugged_ == shown_; });
}

}  // namespace usbdevfs
