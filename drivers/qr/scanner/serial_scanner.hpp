// A scanner on a USB serial port (CDC ACM or a bridge chip), by the path that udev gives it. On its
// own thread; a port that is not there or goes away is looked for once a second. What is scanned
// while nobody asked is read and dropped: it is not there later when somebody does.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/qr/scanner/serial_codes.hpp"
#include "drivers/request_slot.hpp"

#include <string>
#include <thread>

namespace drivers::qr {

class SerialScanner final : public CodeReader {
  public:
    SerialScanner(std::string path, const base::Clock& clock, DeviceSink sink);

    void start(domain::Ticket ticket) override { wanted_.put(ticket); }
    void stop() override { wanted_.clear(); }

  private:
    void run(std::stop_token stop);
    // Until the port is gone.
    void listen(int port, std::stop_token stop);
    void say(std::vector<base::SecretText> codes);

    const std::string path_;
    const base::Clock& clock_;
    const DeviceSink sink_;
    RequestSlot<domain::Ticket> wanted_;
    std::uint64_t seen_ = 0;  // the worker's, as the next two
    std::optional<domain::Ticket> asked_;
    SerialCodes codes_;

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::qr
