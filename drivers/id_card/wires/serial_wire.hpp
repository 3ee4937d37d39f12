// A reader on a serial port, 8N1 without flow control, opened for this process alone. Best named by
// /dev/serial/by-id/…, which comes back when the reader is plugged in again.
#pragma once

#include "drivers/id_card/wires/reader_wire.hpp"

#include <string>

namespace drivers::id_card {

inline constexpr int any_speed = 0;

struct SerialPort {
    std::string path;
    // Or 57600, 38400, 19200, 9600; any_speed: tries them all. Others are CardReaderAbsent "speed".
    int speed = 115200;
};

class SerialWire final : public ReaderWire {
  public:
    explicit SerialWire(SerialPort port);
    ~SerialWire() override;

    base::Status open() override;
    void close() override;
    bool take_next_way() override;
    base::Status send(base::ByteView frame) override;
    base::Result<std::size_t> receive(std::span<std::uint8_t> room, Awaited awaited,
                                      base::Millis limit) override;
    void drain() override;
    std::string where() const override { return port_.path; }

  private:
    enum class Ready { now, not_yet };
    base::Result<Ready> wait_for(short event, base::Millis limit) const;

    const SerialPort port_;
    std::size_t turn_ = 0;  // which speed is tried, where any will do
    int descriptor_ = -1;
};

}  // namespace drivers::id_card
