// Tells on a thread of its own when a device of some of the kernel's subsystems ("video4linux",
// "hidraw") was plugged in or pulled out, as udev says it when its rules are done: by then the node
// has its names and its owner, or is gone. A hint only: who is told looks. Where udev cannot be
// heard nothing is ever told; who waits for a device still looks by itself. Devices that are driven
// through libusb have drivers/usb/plug_watch.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace drivers::supervision {

class DeviceWatch {
  public:
    // What comes from now on is told.
    DeviceWatch(const std::vector<std::string>& subsystems, std::function<void()> tell);
    ~DeviceWatch();  // nothing is told afterwards
    DeviceWatch(const DeviceWatch&) = delete;
    DeviceWatch& operator=(const DeviceWatch&) = delete;

  private:
    struct Library;
    std::unique_ptr<Library> library_;
};

}  // namespace drivers::supervision
