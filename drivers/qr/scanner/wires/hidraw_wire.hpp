// A HID POS scanner behind /dev/hidraw*, found by vendor and product: in the table of
// scanner_models.hpp, or the one that the configuration names. Its report descriptor (HIDIOCGRDESC)
// says how its reports are laid out. A known scanner that is in another mode is
// CodeScannerWrongMode; if that mode types, its keyboard is held meanwhile, so that its keys reach
// nobody.
#pragma once

#include "drivers/qr/scanner/scanner_wire.hpp"
#include "drivers/qr/scanner/wires/held_keyboard.hpp"
#include "drivers/supervision/device_watch.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace drivers::qr {

class HidrawWire final : public ScannerWire {
  public:
    // `only`: none = every scanner of the table.
    explicit HidrawWire(std::optional<usb::DeviceId> only, DeviceFolders folders = {})
        : only_(only), folders_(std::move(folders)) {}
    base::Result<OpenScanner> open() override;
    void on_plugging(std::function<void()> tell) override {
        watch_.emplace(std::vector<std::string>{"hidraw", "input", "tty"}, std::move(tell));
    }

  private:
    bool may_be(usb::DeviceId id) const;
    base::Result<OpenScanner> open_node(const DeviceNode& node) const;
    // A scanner of ours that is set to something else; none = there is none at all.
    std::optional<usb::DeviceId> in_another_mode() const;
    base::Fault silence(usb::DeviceId id);

    const std::optional<usb::DeviceId> only_;
    const DeviceFolders folders_;
    std::optional<HeldKeyboard> silenced_;
    std::optional<supervision::DeviceWatch> watch_;  // of every mode that it may be set to
};

}  // namespace drivers::qr
