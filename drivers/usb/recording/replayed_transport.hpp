// A device that says again what a recording says it said, to a driver that asks the same in the
// same order. Strict: anything else is UsbFailed with the number of the exchange and what was
// expected there. Nothing is waited for; a time-out of the recording comes at once. One thread.
#pragma once

#include "drivers/usb/recording/recording.hpp"

namespace drivers::usb {

class ReplayedTransport final : public UsbTransport {
  public:
    explicit ReplayedTransport(Recording recording) : recording_(std::move(recording)) {}
    ~ReplayedTransport() override { recording_.wipe(); }

    base::Status open() override;
    void close() override;
    DeviceId id() const override { return recording_.id; }
    std::vector<Endpoint> endpoints() const override { return recording_.endpoints; }
    base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis limit) override;
    base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                   base::Millis limit) override;

    // Where it differed first; none while it did not.
    const std::optional<base::Fault>& mismatch() const { return mismatch_; }
    bool is_played_out() const { return at_ == recording_.exchanges.size(); }

  private:
    base::Result<const Exchange*> next(Exchange::Kind kind, std::uint8_t endpoint);
    base::Fault differs(const std::string& expected);

    Recording recording_;
    std::size_t at_ = 0;
    std::optional<base::Fault> mismatch_;
};

}  // namespace drivers::usb
