// The real transport: libusb, which nobody else includes. One context per transport; transfers are
// waited for by the owning worker, no event thread. Looks for the first device of a table of ids
// that has the wanted interface. A busy interface (another program holds it) is UsbFailed with the
// detail "busy", a device without the interface UsbFailed "interface".
#pragma once

#include "drivers/usb/plug_watch.hpp"
#include "drivers/usb/usb_class_transport.hpp"

#include <memory>
#include <vector>

namespace drivers::usb {

class LibusbTransport final : public UsbClassTransport {
  public:
    explicit LibusbTransport(std::vector<DeviceId> ids, Wanted wanted = Wanted::first_interface);
    ~LibusbTransport() override;

    base::Status open() override;
    void close() override;
    DeviceId id() const override;
    std::vector<Endpoint> endpoints() const override;
    InterfaceSetting interface() const override;
    base::Status write(std::uint8_t endpoint, base::ByteView bytes, base::Millis limit) override;
    base::Result<std::size_t> write_some(std::uint8_t endpoint, base::ByteView bytes,
                                         base::Millis limit) override;
    base::Result<std::size_t> read(std::uint8_t endpoint, std::span<std::uint8_t> into,
                                   base::Millis limit) override;
    void on_plugging(std::function<void()> tell) override;
    base::Status listen(std::uint8_t endpoint) override;
    base::Result<std::size_t> ask(const ClassRequest& request, std::span<std::uint8_t> into,
                                  base::Millis limit) override;
    base::Status tell(const ClassRequest& request, base::Millis limit) override;

  private:
    struct Library;
    std::vector<DeviceId> ids_;
    Wanted wanted_;
    std::unique_ptr<Library> library_;
    std::unique_ptr<PlugWatch> watch_;
};

}  // namespace drivers::usb
