// A scanner on its own thread, whatever wire it has. It is read all the time, so that nothing waits
// in a buffer for who comes next; what is scanned while nobody asks is dropped and counted. One
// that is not there is looked for when something was plugged in, and once a second; one that fails
// is opened when drivers/supervision says so, and is DeviceKeepsFailing in the end. A code that
// lies before the scanner is said once.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"
#include "drivers/qr/scanner/scanner_wire.hpp"
#include "drivers/request_slot.hpp"
#include "drivers/supervision/recovery.hpp"

#include <memory>
#include <optional>
#include <thread>

namespace drivers::qr {

class Scanner final : public CodeReader {
  public:
    // `clock` and what `sink` refers to must outlive it.
    Scanner(std::unique_ptr<ScannerWire> wire, const base::Clock& clock, DeviceSink sink);
    ~Scanner() override;
    Scanner(const Scanner&) = delete;
    Scanner& operator=(const Scanner&) = delete;

    void start(domain::Ticket ticket, LookWith) override;
    void stop() override;

  private:
    void run(std::stop_token stop);
    void empty(const OpenScanner& open) const;
    // Until it fails, is gone or the stop is asked: why.
    base::Fault listen(OpenScanner& open, std::stop_token stop);
    // None while the device is well.
    std::optional<base::Fault> read(OpenScanner& open, std::size_t line);
    void take_request(OpenScanner* open);
    void say(std::vector<base::SecretText> codes);
    void wake() const;
    void wait_until_due(std::stop_token stop);

    const base::Clock& clock_;
    const DeviceSink sink_;
    HealthReport health_;
    const FileDescriptor interrupt_;
    RequestSlot<domain::Ticket> wanted_;
    // The worker's:
    supervision::Recovery recovery_;
    std::uint64_t seen_ = 0;
    std::optional<domain::Ticket> asked_;
    int ignored_ = 0;                  // codes while nobody asked, not told yet
    std::optional<std::size_t> said_;  // a hash of the last code: its text is kept by nobody
    base::Millis said_at_{};
    const std::unique_ptr<ScannerWire> wire_;  // after what it tells of plugging

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::qr
