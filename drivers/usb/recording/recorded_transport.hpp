// Any transport with a record of all that goes over it. The record stays in memory, is wiped with
// the transport and leaves it only through `redacted`, which takes people's data out. One thread,
// as every transport; redacted() when the transport rests.
#pragma once

#include "drivers/usb/recording/recording.hpp"

#include <functional>
#include <memory>

namespace drivers::usb {

class RecordedTransport final : public UsbTransport {
  public:
    // `clock` must outlive it.
    RecordedTransport(std::shared_ptr<UsbTransport> transport, const base::Clock& clock)
        : transport_(std::move(transport)), clock_(clock), begun_(clock.steady()) {}
    ~RecordedTransport() override { recording_.wipe(); }

    using Redact = std::function<Recording(Recording)>;
    Recording redacted(const Redact& redact) const { return redact(recording_); }

    base::Status open() override;
    void close() override;
    DeviceId id() const override { return transport_->id(); }
    std::vector<Endpoint> endpoints() const override { return transport_->endpoints(); }
    base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis limit) override;
    base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                   base::Millis limit) override;
    void on_plugging(std::function<void()> tell) override {
        transport_->on_plugging(std::move(tell));
    }

  private:
    Exchange& note(Exchange::Kind kind, std::uint8_t endpoint = 0);

    const std::shared_ptr<UsbTransport> transport_;
    const base::Clock& clock_;
    const base::Millis begun_;
    Recording recording_;
};

}  // namespace drivers::usb
