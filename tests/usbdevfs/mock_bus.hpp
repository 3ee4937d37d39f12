// A USB bus in a process of its own: sysfs, device nodes and hot-plug notices by umockdev, so that
// the real libusb of this process finds emulated devices and speaks to them as to any other. The
// process must run under umockdev's preloaded library; run_under_umockdev() sees to that. One bus
// per process at a time, made before libusb is.
#pragma once

#include "usb_description.hpp"
#include "usb_file.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace usbdevfs {

// Starts this program again under umockdev's library; first thing in main. Whether that worked is
// known afterwards: no, where umockdev is not installed.
void run_under_umockdev(char** arguments);
bool runs_under_umockdev();

class MockBus {
  public:
    // Follows the plugging and unplugging of `device`; it may be unplugged now.
    explicit MockBus(std::shared_ptr<drivers::usb::EmulatedUsbDevice> device);
    ~MockBus();
    MockBus(const MockBus&) = delete;
    MockBus& operator=(const MockBus&) = delete;

    // The kernel driver that sits on the interface, also of devices plugged in later.
    void bind(const std::string& driver);
    // The node that is there now; null while unplugged.
    std::shared_ptr<UsbFile> file() const;
    // Waits until the bus shows what the device is; false after 20 s.
    bool settle();

  private:
    void run(std::stop_token stop);
    void appear();
    void disappear();
    void forget(std::size_t kept);

    const std::shared_ptr<drivers::usb::EmulatedUsbDevice> device_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    unsigned plugged_ = 0;  // so often it was plugged in or pulled
    unsigned shown_ = 0;    // and so many of these the bus shows
    std::string driver_;
    std::shared_ptr<UsbFile> file_;

    // The hub thread's own.
    UMockdevTestbed* testbed_;
    Place place_;
    std::deque<std::string> pulled_;  // nodes that are gone and still answer who has them open
    std::jthread hub_;                // last: ends before what it uses
};

}  // namespace usbdevfs
