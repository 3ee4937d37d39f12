// A reader on USB in any of the three shapes of usb_pipes.hpp. What follows the end of a frame in
// its last report is padding, whatever stands there.
#pragma once

#include "drivers/id_card/wires/reader_wire.hpp"
#include "drivers/id_card/wires/usb_pipes.hpp"

#include <array>
#include <memory>
#include <utility>

namespace drivers::id_card {

class UsbWire final : public ReaderWire {
  public:
    explicit UsbWire(std::shared_ptr<usb::UsbTransport> transport);
    ~UsbWire() override;

    base::Status open() override;
    void close() override;
    base::Status send(base::ByteView frame) override;
    base::Result<std::size_t> receive(std::span<std::uint8_t> room, Awaited awaited,
                                      base::Millis limit) override;
    base::Millis pause_before_reply() const override { return pause_; }
    void drain() override;
    std::string where() const override;
    void on_plugging(std::function<void()> tell) override {
        transport_->on_plugging(std::move(tell));
    }

  private:
    base::Status write(std::uint8_t pipe, base::ByteView bytes);
    base::Status send_reports(base::ByteView frame);
    base::Result<std::size_t> read(std::uint8_t pipe, std::span<std::uint8_t> into,
                                   base::Millis limit);
    base::Result<std::size_t> receive_report(std::span<std::uint8_t> room, Awaited awaited,
                                             base::Millis limit);
    void forget_report();

    std::shared_ptr<usb::UsbTransport> transport_;
    Pipes pipes_;
    base::Millis pause_{0};
    bool open_ = false;
    // The last report, as far as it was not handed on: it may hold a person.
    std::array<std::uint8_t, report_size> report_{};
    std::size_t report_at_ = 0, report_end_ = 0;
};

}  // namespace drivers::id_card
