// A scanner that types, held for itself alone: without the whole of it held no key is read.
#pragma once

#include "drivers/qr/scanner/scanner_wire.hpp"
#include "drivers/qr/scanner/wires/held_keyboard.hpp"
#include "drivers/supervision/device_watch.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace drivers::qr {

class KeyboardWire final : public ScannerWire {
  public:
    explicit KeyboardWire(usb::DeviceId id, DeviceFolders folders = {})
        : keyboard_(id, std::move(folders)) {}
    base::Result<OpenScanner> open() override;
    void on_plugging(std::function<void()> tell) override {
        watch_.emplace(std::vector<std::string>{"input"}, std::move(tell));
    }

  private:
    HeldKeyboard keyboard_;
    std::optional<supervision::DeviceWatch> watch_;
};

}  // namespace drivers::qr
