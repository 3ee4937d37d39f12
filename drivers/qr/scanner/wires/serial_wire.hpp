// A scanner on a USB serial port (CDC ACM or a bridge chip), by the path that udev gives it:
// /dev/serial/by-id/… or by-path. Raw bytes, 115200 (CDC takes any), DTR up.
#pragma once

#include "drivers/qr/scanner/scanner_wire.hpp"

#include <string>
#include <utility>

namespace drivers::qr {

class SerialScannerWire final : public ScannerWire {
  public:
    explicit SerialScannerWire(std::string path) : path_(std::move(path)) {}
    base::Result<OpenScanner> open() override;

  private:
    const std::string path_;
};

}  // namespace drivers::qr
