// Where the bytes of a scanner come from: hidraw, a serial port, a keyboard that is held for it, or
// an emulated one. All calls come from the scanner's thread. Faults: CodeScannerAbsent,
// CodeScannerWrongMode, CodeScannerNotHeld; their detail is for technicians.
#pragma once

#include "base/result.hpp"
#include "drivers/file_descriptor.hpp"
#include "drivers/qr/scanner/code_decoder.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace drivers::qr {

struct OpenScanner {
    std::vector<FileDescriptor> lines;  // to be waited for and read without blocking
    std::unique_ptr<CodeDecoder> decoder;
    // Asked once a second: false when the device is no longer wholly held. Empty = cannot happen.
    // It may refer to the wire.
    std::function<bool()> still_whole{};
};

class ScannerWire {
  public:
    virtual ~ScannerWire() = default;
    virtual base::Result<OpenScanner> open() = 0;
    // From now on calls `tell`, from any thread, when something was plugged in or pulled out that
    // may be the scanner. A hint only, as in usb_transport.hpp: it returns at once, and is not
    // called after the destructor.
    virtual void on_plugging(std::function<void()> tell) = 0;
};

}  // namespace drivers::qr
