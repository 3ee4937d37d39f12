// A scanner that types, held for itself alone: without the whole of it held no key is read.
#pragma once

#include "drivers/qr/scanner/scanner_wire.hpp"
#include "drivers/qr/scanner/wires/held_keyboard.hpp"

#include <utility>

namespace drivers::qr {

class KeyboardWire final : public ScannerWire {
  public:
    explicit KeyboardWire(usb::DeviceId id, DeviceFolders folders = {})
        : keyboard_(id, std::move(folders)) {}
    base::Result<OpenScanner> open() override;

  private:
    HeldKeyboard keyboard_;
};

}  // namespace drivers::qr
