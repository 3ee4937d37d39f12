// The project's own board on USB, over any transport: reports on its first interrupt endpoints.
// Lamps are written when they change and once a second; three of those without an answer are
// CabinetBoardSilent.
#pragma once

#include "drivers/cabinet/cabinet_board.hpp"
#include "drivers/usb/usb_transport.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace drivers::cabinet {

class UsbBoard final : public CabinetBoard {
  public:
    explicit UsbBoard(std::unique_ptr<usb::UsbTransport> transport)
        : transport_(std::move(transport)) {}

    base::Status open() override;
    void close() override { transport_->close(); }
    void on_plugging(std::function<void()> tell) override {
        transport_->on_plugging(std::move(tell));
    }
    base::Result<std::vector<Reading>> turn(const domain::Lamps& lamps, base::Millis now) override;

  private:
    base::Status write_lamps(const domain::Lamps& lamps, base::Millis now);

    const std::unique_ptr<usb::UsbTransport> transport_;
    std::uint8_t in_ = 0, out_ = 0;
    std::optional<domain::Lamps> written_;
    base::Millis written_at_{};
    int unanswered_ = 0;  // writes since the board spoke last
};

}  // namespace drivers::cabinet
