// A device that types, held: every event node of it is grabbed exclusively (EVIOCGRAB), so that its
// keys reach nobody else, neither the display nor another program. What was grabbed stays so until
// the end, also while the whole of it is not.
#pragma once

#include "base/result.hpp"
#include "drivers/file_descriptor.hpp"
#include "drivers/qr/scanner/wires/device_nodes.hpp"

#include <utility>
#include <vector>

namespace drivers::qr {

class HeldKeyboard {
  public:
    HeldKeyboard(usb::DeviceId id, DeviceFolders folders) : id_(id), folders_(std::move(folders)) {}

    // Grabs every node of every device with these ids that is not held yet. CodeScannerAbsent when
    // there is none; CodeScannerNotHeld when one cannot be opened or grabbed, or came meanwhile.
    base::Status hold();
    // No node has come or gone since. A node that came is not held, and its keys go anywhere.
    bool still_whole() const;
    // To read from; the grab is this object's all the same. CodeScannerNotHeld.
    base::Result<std::vector<FileDescriptor>> lines() const;
    usb::DeviceId id() const { return id_; }

  private:
    struct Held {
        DeviceNode node;
        FileDescriptor descriptor;
    };
    bool holds(const DeviceNode& node) const;

    usb::DeviceId id_;
    DeviceFolders folders_;
    std::vector<Held> held_;
};

}  // namespace drivers::qr
