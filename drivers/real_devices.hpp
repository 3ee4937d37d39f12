// The devices of a real terminal: card reader on USB or on a serial port, V4L2 camera, face
// comparison. No document printer is driven yet and the printer says so. Called once by main.
#pragma once

#include "base/clock.hpp"
#include "drivers/device_set.hpp"

#include <memory>
#include <string>

namespace drivers {

namespace id_card {
class ReaderWire;
}
namespace usb {
class UsbTransport;
}

struct RealDeviceOptions {
    std::string models_folder;                  // empty = no face comparison
    std::string photo_decoder;                  // plug-in program; empty = none
    std::string camera_device = "/dev/video0";  // better /dev/v4l/by-path/…
    std::string card_reader_port{};             // /dev/serial/by-id/…; empty = on USB
    int card_reader_speed = 115200;             // of that port
};

// `clock` and what `sink` refers to must outlive the devices.
DeviceSet make_real_devices(const RealDeviceOptions& options, const base::Clock& clock,
                            DeviceSink sink);

// The way to the card reader alone, for who asks its module without the driver. One of both at a
// time.
std::unique_ptr<id_card::ReaderWire> make_card_reader_wire(const RealDeviceOptions& options);
// The cable itself, of a reader on USB.
std::shared_ptr<usb::UsbTransport> make_card_reader_transport();

}  // namespace drivers
