// The real transport: libusb, which nobody else includes. One context per transport, synchronous
// transfers from the owning worker, no event thread. Looks for the first device of a table of ids.
// A busy interface (another program holds it) is UsbFailed with the detail "busy".
#pragma once

#include "drivers/usb/plug_watch.hpp"
#include "drivers/usb/usb_transport.hpp"

#include <memory>
#include <vector>

namespace drivers::usb {

class LibusbTransport final : public UsbTransport {
  public:
    explicit LibusbTransport(std::vector<DeviceId> wanted);
    ~LibusbTransport() override;

    base::Status open() override;
    void close() override;
    DeviceId id() const override;
    std::vector<Endpoint> endpoints() const override;
    base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis limit) override;
    base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                   base::Millis limit) override;
    void on_plugging(std::function<void()> tell) override;

  private:
    struct Library;
    std::vector<DeviceId> wanted_;
    std::unique_ptr<Library> library_;
    std::unique_ptr<PlugWatch> watch_;
};

}  // namespace drivers::usb
