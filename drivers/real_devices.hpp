// The devices of a real terminal as its configuration names them: card reader, cameras, face
// comparison, scanner, printers, headphones, cabinet. Called once by main.
#pragma once

#include "base/clock.hpp"
#include "domain/cabinet.hpp"
#include "domain/code_scanner.hpp"
#include "domain/face_policy.hpp"
#include "domain/usb_id.hpp"
#include "drivers/device_set.hpp"

#include <memory>
#include <optional>
#include <string>

namespace drivers {

namespace id_card {
class ReaderWire;
}
namespace usb {
class UsbTransport;
class UsbClassTransport;
}  // namespace usb

struct RealDeviceOptions {
    std::string models_folder;                  // empty = no face comparison
    std::string photo_decoder;                  // plug-in program; empty = none
    std::string camera_device = "/dev/video0";  // better /dev/v4l/by-path/…
    std::string document_camera{};              // another one; empty = none
    domain::FacePolicy face{};
    std::string card_reader_port{};                 // /dev/serial/by-id/…; empty = on USB
    int card_reader_speed = 0;                      // of that port; 0 = whatever it answers to
    std::optional<domain::UsbId> card_reader_id{};  // of one on USB that no table knows
    domain::CodeScanner code_scanner{};
    domain::CabinetSettings cabinet{};  // its sensors, lamps and UPS
    std::string document_queue{};       // domain/print_queue_address.hpp; empty = none
    std::string printer_ledger{};       // file: the ledger of the document printer's sheets
    bool receipt_printer = false;       // on USB
    std::optional<domain::UsbId> receipt_printer_id{};  // of one that no table knows
    std::string slip_ledger{};                          // its file; folders are made
};

// `clock` and what `sink` refers to must outlive the devices.
DeviceSet make_real_devices(const RealDeviceOptions& options, const base::Clock& clock,
                            DeviceSink sink);

// The way to the card reader alone, for who asks its module without the driver. One of both at a
// time.
std::unique_ptr<id_card::ReaderWire> make_card_reader_wire(const RealDeviceOptions& options);
// The cable itself, of a reader on USB.
std::shared_ptr<usb::UsbTransport> make_card_reader_transport(const RealDeviceOptions& options);
// The same for the receipt printer.
std::shared_ptr<usb::UsbClassTransport> make_receipt_printer_transport(
    const RealDeviceOptions& options);

// printer-error-policy, as the queue of the document printer says it. None: there is no queue, or
// it does not answer; empty: the printer itself, no cupsd. Waits a few seconds at most.
std::optional<std::string> ask_error_policy(const RealDeviceOptions& options);

}  // namespace drivers
