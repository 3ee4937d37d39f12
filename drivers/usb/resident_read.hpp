// A bulk-IN transfer that is always under way. Its callback runs whenever the owner waits for any
// transfer of the same context, so what the device says is taken while the host writes. The
// transfer is freed only after its callback came for the last time. Internal to the folder; owning
// worker only.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <cstdint>
#include <span>

struct libusb_context;
struct libusb_device_handle;
struct libusb_transfer;

namespace drivers::usb {

class ResidentRead {
  public:
    // `packet_size` of the endpoint: the buffer is a multiple of it.
    ResidentRead(libusb_context* context, libusb_device_handle* handle, std::uint8_t endpoint,
                 std::size_t packet_size);
    ~ResidentRead();
    ResidentRead(const ResidentRead&) = delete;
    ResidentRead& operator=(const ResidentRead&) = delete;

    int start();  // 0 or the library's error
    std::uint8_t endpoint() const { return endpoint_; }
    // What came, after waiting for it up to the limit: its size, 0, or the library's error.
    int take(std::span<std::uint8_t> into, base::Millis limit);

  private:
    static void came(libusb_transfer* transfer);
    void ended();

    libusb_context* const context_;
    libusb_device_handle* const handle_;
    const std::uint8_t endpoint_;
    base::Bytes buffer_, waiting_;
    libusb_transfer* transfer_ = nullptr;
    bool under_way_ = false, stopping_ = false;
    int something_came_ = 0;  // what the library's wait looks at
    int error_ = 0;
};

}  // namespace drivers::usb
