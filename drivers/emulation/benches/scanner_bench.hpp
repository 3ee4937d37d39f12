// The emulated scanner and the codes before it. Verbs: scanner ….
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/emulation/command_line.hpp"
#include "drivers/qr/scanner/emulated/emulated_scanner.hpp"

#include <memory>

namespace drivers::emulation {

class ScannerBench {
  public:
    // `kind`: what the terminal is told it has. `clock` must outlive the verbs.
    ScannerBench(domain::ScannerKind kind, const base::Clock& clock)
        : kind_(kind), scanner_(std::make_shared<qr::EmulatedScanner>(kind, clock)) {}
    ScannerBench(const ScannerBench&) = delete;
    ScannerBench& operator=(const ScannerBench&) = delete;

    // The real driver before the emulated scanner; null where the terminal has none.
    std::unique_ptr<CodeReader> make_reader(const base::Clock& clock, DeviceSink sink) const;
    Verbs verbs() const;

  private:
    const domain::ScannerKind kind_;
    const std::shared_ptr<qr::EmulatedScanner> scanner_;
};

}  // namespace drivers::emulation
