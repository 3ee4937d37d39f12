// Tells on a thread of its own when a device of a table of ids was plugged in or pulled out: by
// libusb's notices, or where the system has none by looking at the list of devices every second,
// where a device counts as gone after three looks (drivers/supervision). Has a libusb context of
// its own, so that no notice meets a transfer. Where neither can be had it never tells anything;
// who waits for a device still looks by itself.
#pragma once

#include "drivers/usb/usb_transport.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace drivers::usb {

class PlugWatch {
  public:
    enum class Means { notices, looking };

    // Notices where they can be had.
    PlugWatch(std::vector<DeviceId> wanted, std::function<void()> tell);
    PlugWatch(std::vector<DeviceId> wanted, std::function<void()> tell, Means means);
    ~PlugWatch();  // nothing is told afterwards
    PlugWatch(const PlugWatch&) = delete;
    PlugWatch& operator=(const PlugWatch&) = delete;

  private:
    struct Library;
    std::unique_ptr<Library> library_;
};

}  // namespace drivers::usb
