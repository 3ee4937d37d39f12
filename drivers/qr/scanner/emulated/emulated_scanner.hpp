// A scanner in memory, behind the real driver's thread: it speaks the true bytes of whatever mode
// it is set to through a socket. Commands may come from any one thread and return at once. Training
// and tests only.
#pragma once

#include "base/bytes.hpp"
#include "domain/code_scanner.hpp"
#include "drivers/qr/scanner/emulated/key_presses.hpp"
#include "drivers/qr/scanner/scanner_wire.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace drivers::qr {

class EmulatedScanner {
  public:
    // How the terminal is told to look for it; it is delivered in that mode.
    explicit EmulatedScanner(domain::ScannerKind wanted, const base::Clock& clock)
        : wanted_(wanted), mode_(wanted), clock_(clock) {}

    void plug(bool there);
    // A scanner changes its mode by going away and coming back as another device.
    void set_mode(domain::ScannerKind mode);
    // Another program was quicker when the scanner came, and holds its keyboard.
    void hold_elsewhere(bool held);
    // Reads a code. False when nobody listens: unplugged, in another mode, held by another program.
    bool scan(base::ByteView code);
    // The first half of the code's bytes: the rest never comes.
    bool begin_scan(base::ByteView code);
    // Keys, as they are, of one that types.
    bool type(const std::vector<Chord>& keys);

    // The wire's side.
    base::Result<OpenScanner> open();
    // An empty `tell` ends it.
    void on_plugging(std::function<void()> tell);

  private:
    std::vector<base::Bytes> messages(base::ByteView code) const;
    bool send(const std::vector<base::Bytes>& messages);

    const domain::ScannerKind wanted_;
    std::mutex mutex_;
    domain::ScannerKind mode_;
    bool there_ = true, held_elsewhere_ = false;
    FileDescriptor to_driver_;
    const base::Clock& clock_;
    std::function<void()> tell_;  // called with mutex_ held, so that nobody hears it after the end
};

class EmulatedScannerWire final : public ScannerWire {
  public:
    explicit EmulatedScannerWire(std::shared_ptr<EmulatedScanner> scanner)
        : scanner_(std::move(scanner)) {}
    ~EmulatedScannerWire() override { scanner_->on_plugging({}); }
    EmulatedScannerWire(const EmulatedScannerWire&) = delete;
    EmulatedScannerWire& operator=(const EmulatedScannerWire&) = delete;
    base::Result<OpenScanner> open() override { return scanner_->open(); }
    void on_plugging(std::function<void()> tell) override {
        scanner_->on_plugging(std::move(tell));
    }

  private:
    const std::shared_ptr<EmulatedScanner> scanner_;
};

}  // namespace drivers::qr
