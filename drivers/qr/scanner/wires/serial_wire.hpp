// A scanner on a USB serial port (CDC ACM or a bridge chip), by the path that udev gives it:
// /dev/serial/by-id/… or by-path. Raw bytes, 115200 (CDC takes any), DTR up.
#pragma once

#include "drivers/qr/scanner/scanner_wire.hpp"
#include "drivers/supervision/device_watch.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace drivers::qr {

class SerialScannerWire final : public ScannerWire {
  public:
    explicit SerialScannerWire(std::string path) : path_(std::move(path)) {}
    base::Result<OpenScanner> open() override;
    void on_plugging(std::function<void()> tell) override {
        watch_.emplace(std::vector<std::string>{"tty"}, std::move(tell));
    }

  private:
    const std::string path_;
    std::optional<supervision::DeviceWatch> watch_;
};

}  // namespace drivers::qr
