// A reader on a serial port, 8N1 without flow control, opened for this process alone. Best named by
// /dev/serial/by-id/…, which comes back when the reader is plugged in again.
#pragma once

#include "drivers/id_card/wires/reader_wire.hpp"

#include <string>

namespace drivers::id_card {

struct SerialPort {
    std::string path;
    int speed = 115200;  // or 57600, 38400, 19200, 9600; another one is CardReaderAbsent "speed"
};

class SerialWire final : public ReaderWire {
  public:
    explicit SerialWire(SerialPort port);
    ~SerialWire() override;

    base::Status open() override;
    void close() override;
    base::Status send(base::ByteView frame) override;
    base::Result<std::size_t> receive(std::span<std::uint8_t> room, Awaited awaited,
                                      base::Millis limit) override;
    void drain() override;
    std::string where() const override { return port_.path; }

  private:
    enum class Ready { now, not_yet };
    base::Result<Ready> wait_for(short event, base::Millis limit) const;

    const SerialPort port_;
    int descriptor_ = -1;
};

}  // namespace drivers::id_card
