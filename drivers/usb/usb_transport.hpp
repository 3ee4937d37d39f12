// One USB device as a driver sees it: bulk and interrupt transfers with time-outs. All calls of one
// transport come from one worker thread. Faults: UsbDeviceAbsent (open), UsbDeviceGone (unplugged;
// close, then open again), UsbTimedOut (nothing moved), UsbStalled (cleared, resynchronise),
// UsbFailed. Behind it stand libusb or an emulated device. Facts: README.md of this folder.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace drivers::usb {

struct DeviceId {
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    friend bool operator==(const DeviceId&, const DeviceId&) = default;
};

enum class TransferKind { bulk, interrupt };

// What is written here goes as an output report by SET_REPORT (USB HID 1.11, 7.2.2): the way to a
// device that has no OUT pipe.
inline constexpr std::uint8_t report_pipe = 0x00;

struct Endpoint {
    std::uint8_t address = 0;  // as in the descriptor; bit 7 = device to host
    TransferKind kind = TransferKind::bulk;
    std::uint16_t packet_size = 64;

    bool is_in() const { return (address & 0x80u) != 0; }
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

class UsbTransport {
  public:
    virtual ~UsbTransport() = default;
    virtual base::Status open() = 0;
    virtual void close() = 0;
    virtual DeviceId id() const = 0;  // of the open device
    virtual std::vector<Endpoint> endpoints()
        const = 0;  // of its first interface, from descriptors
    // Writes all of `bytes`.
    virtual base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis limit) = 0;
    // At least one byte, or a fault. A short packet ends the transfer.
    virtual base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                           base::Millis limit) = 0;
    // From now on calls `tell`, from any thread, when a device that open() would look for was
    // plugged in or pulled out. A hint only: open() and the transfers tell what is true. `tell`
    // returns at once and does not call this transport; it is not called after the destructor. A
    // transport without such news never calls it.
    virtual void on_plugging(std::function<void()> /*tell*/) {}
};

}  // namespace drivers::usb
