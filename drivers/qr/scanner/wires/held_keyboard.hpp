// A device that types, held: every event node of it is grabbed exclusively (EVIOCGRAB), so that its
// keys reach nobody else, neither the display nor another program. All or nothing. Closing lets go.
#pragma once

#include "base/result.hpp"
#include "drivers/file_descriptor.hpp"
#include "drivers/qr/scanner/wires/device_nodes.hpp"

#include <vector>

namespace drivers::qr {

class HeldKeyboard {
  public:
    // Every node of every device with these ids. CodeScannerAbsent when there is none;
    // CodeScannerNotHeld when one cannot be opened or grabbed, or one came while it was done.
    static base::Result<HeldKeyboard> hold(usb::DeviceId id, const DeviceFolders& folders);

    // No node has come or gone since. A node that came is not held, and its keys go anywhere.
    bool still_whole() const;
    std::vector<FileDescriptor>& nodes() { return descriptors_; }
    usb::DeviceId id() const { return id_; }

  private:
    HeldKeyboard(usb::DeviceId id, const DeviceFolders& folders) : id_(id), folders_(folders) {}

    usb::DeviceId id_;
    DeviceFolders folders_;
    std::vector<DeviceNode> nodes_;
    std::vector<FileDescriptor> descriptors_;
};

}  // namespace drivers::qr
