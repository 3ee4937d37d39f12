// One usbdevfs file as the kernel offers it to libusb, with an EmulatedUsbDevice at the other end
// of the cable: transfers are submitted, reaped and discarded, interfaces claimed, halts cleared.
// An IN transfer to which the device has nothing to say yet waits, and an OUT transfer that it does
// not take (or not whole), until something else was exchanged or the transfer is discarded. Called
// from umockdev's thread, the bus's and a test's.
#pragma once

#include "drivers/usb/emulated_usb_device.hpp"
#include "ioctl_bridge.hpp"
#include "wake_line.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace usbdevfs {

// What was asked of the file, for tests that want to know it.
struct Asked {
    int submitted = 0, reaped = 0, discarded = 0, halts_cleared = 0;
    int drivers_detached = 0, drivers_attached = 0;
};

class UsbFile final : public DeviceFile {
  public:
    explicit UsbFile(std::shared_ptr<drivers::usb::EmulatedUsbDevice> device)
        : device_(std::move(device)) {}

    const std::string& wake_path() const { return wake_.path(); }
    // The kernel driver that sits on the interface; "usbfs" is another program's claim.
    void bind(std::string driver);
    std::string driver() const;
    Asked asked() const;
    std::size_t in_flight() const;
    // The cable is pulled: what is in flight ends, nothing begins any more.
    void disconnect();

    int ioctl(Opening opening, unsigned long request, UMockdevIoctlData* argument) override;
    void closed(Opening opening) override;

  private:
    struct Transfer {
        Opening opening;
        Data urb, buffer;
        std::size_t moved = 0;  // of one that a device takes in pieces
    };

    int dispatch(Opening opening, unsigned long request, UMockdevIoctlData* argument);
    int claim(Opening opening, bool detach);
    int release(Opening opening);
    int driver_ioctl(UMockdevIoctlData* argument);
    int clear_halt(UMockdevIoctlData* argument);
    int submit(Opening opening, UMockdevIoctlData* argument);
    int reap(Opening opening, UMockdevIoctlData* argument);
    int discard(UMockdevIoctlData* argument);
    base::Result<std::size_t> request(const Transfer& transfer);
    bool try_to_finish(Transfer& transfer);
    void try_waiting();
    void finish(const Transfer& transfer, int status, std::size_t moved);
    void end_all(int status);
    void show_readiness();

    const std::shared_ptr<drivers::usb::EmulatedUsbDevice> device_;
    mutable std::mutex mutex_;
    WakeLine wake_;
    std::uint64_t handle_ = 0;  // of the device, while claimed
    Opening owner_ = nullptr;
    std::string driver_;
    bool gone_ = false;
    std::set<unsigned> halted_;
    std::list<Transfer> in_flight_, finished_;
    Asked asked_;
};

}  // namespace usbdevfs
