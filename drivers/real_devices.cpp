#include "drivers/real_devices.hpp"

#include "drivers/cabinet/boards/gpiod_lines.hpp"
#include "drivers/cabinet/boards/usb_board.hpp"
#include "drivers/cabinet/ups/upsc_source.hpp"
#include "drivers/cabinet/watched_cabinet.hpp"
#include "drivers/camera/source_camera.hpp"
#include "drivers/camera/v4l2_source.hpp"
#include "drivers/document/sheet_camera.hpp"
#include "drivers/face/face_checker.hpp"
#include "drivers/headphones/evdev_jack.hpp"
#include "drivers/headphones/jack_watcher.hpp"
#include "drivers/id_card/reader_models.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/serial_wire.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "drivers/printer/absent_document_printer.hpp"
#include "drivers/printer/cups/cups_queue.hpp"
#include "drivers/printer/escpos/usb_receipt_printer.hpp"
#include "drivers/printer/queue/queue_document_printer.hpp"
#include "drivers/qr/code_readers.hpp"
#include "drivers/qr/frame_code_reader.hpp"
#include "drivers/qr/scanner/scanner.hpp"
#include "drivers/qr/scanner/wires/hidraw_wire.hpp"
#include "drivers/qr/scanner/wires/keyboard_wire.hpp"
#include "drivers/qr/scanner/wires/serial_wire.hpp"
#include "drivers/usb/libusb_transport.hpp"

#include <memory>
#include <utility>

namespace drivers {

std::shared_ptr<usb::UsbTransport> make_card_reader_transport(const RealDeviceOptions& options) {
    return std::make_shared<usb::LibusbTransport>(id_card::served_readers(options.card_reader_id));
}

std::shared_ptr<usb::UsbClassTransport> make_receipt_printer_transport(
    const RealDeviceOptions& options) {
    return std::make_shared<usb::LibusbTransport>(
        printer::escpos::served_printers(options.receipt_printer_id), usb::Wanted::printer);
}

std::optional<std::string> ask_error_policy(const RealDeviceOptions& options) {
    const auto address = domain::print_queue_address(options.document_queue);
    if (!address) return std::nullopt;
    const auto seen = printer::make_cups_queue(*address)->look_at_printer();
    return seen ? std::optional(seen->error_policy) : std::nullopt;
}

std::unique_ptr<id_card::ReaderWire> make_card_reader_wire(const RealDeviceOptions& options) {
    if (!options.card_reader_port.empty())
        return std::make_unique<id_card::SerialWire>(
            id_card::SerialPort{options.card_reader_port, options.card_reader_speed});
    return std::make_unique<id_card::UsbWire>(make_card_reader_transport(options));
}

namespace {

// None for a terminal without a scanner.
std::unique_ptr<qr::ScannerWire> scanner_wire(const domain::CodeScanner& scanner) {
    const usb::DeviceId id{scanner.vendor, scanner.product};
    switch (scanner.kind) {
        case domain::ScannerKind::none:
            break;
        case domain::ScannerKind::hid:
            return std::make_unique<qr::HidrawWire>(scanner.vendor != 0 ? std::optional(id)
                                                                        : std::nullopt);
        case domain::ScannerKind::serial:
            return std::make_unique<qr::SerialScannerWire>(scanner.port);
        case domain::ScannerKind::keyboard:
            return std::make_unique<qr::KeyboardWire>(id);
    }
    return nullptr;
}

constexpr const char* upsc = "/usr/bin/upsc";  // of Debian's nut-client

std::unique_ptr<cabinet::CabinetBoard> cabinet_board(const domain::CabinetSettings& settings) {
    using Board = domain::CabinetSettings::Board;
    switch (settings.board) {
        case Board::gpio:
            return std::make_unique<cabinet::GpioBoard>(
                settings, std::make_unique<cabinet::GpiodLines>(settings.chip, settings.bias));
        case Board::usb:
            return std::make_unique<cabinet::UsbBoard>(std::make_unique<usb::LibusbTransport>(
                std::vector<usb::DeviceId>{{settings.usb_vendor, settings.usb_product}}));
        case Board::none:
            break;
    }
    return nullptr;
}

std::unique_ptr<CodeReader> scanner_of(const RealDeviceOptions& options, const base::Clock& clock,
                                       const DeviceSink& sink) {
    auto wire = scanner_wire(options.code_scanner);
    if (!wire) return nullptr;
    return std::make_unique<qr::Scanner>(std::move(wire), clock, sink);
}

std::unique_ptr<Cabinet> make_cabinet(const domain::CabinetSettings& settings,
                                      const base::Clock& clock, DeviceSink sink) {
    if (!settings.is_there()) return nullptr;
    cabinet::CabinetParts parts;
    parts.board = cabinet_board(settings);
    parts.debounce = settings.debounce;
    if (!settings.ups.empty())
        parts.ups = std::make_unique<cabinet::UpscSource>(upsc, settings.ups);
    parts.power = settings.power;
    if (!settings.backlight.empty())
        parts.light = [folder = settings.backlight](int percent) {
            return cabinet::write_panel_light(folder, percent);
        };
    return std::make_unique<cabinet::WatchedCabinet>(std::move(parts), clock, std::move(sink));
}

std::unique_ptr<DocumentCamera> document_camera(const RealDeviceOptions& options,
                                                const base::Clock& clock, const DeviceSink& sink) {
    // An A4 sheet that fills three quarters of it has some 130 dots to the inch.
    constexpr camera::WantedPictures large{1920, 1080, true};
    auto frames = std::make_shared<camera::Frames>();
    auto source = std::make_unique<camera::V4l2Source>(options.document_camera, large);
    return std::make_unique<document::SheetCamera>(
        std::make_unique<camera::SourceCamera>(std::move(source), frames, clock, sink,
                                               domain::DeviceKind::document_camera),
        frames, clock, sink);
}

std::unique_ptr<DocumentPrinter> document_printer(const RealDeviceOptions& options,
                                                  const base::Clock& clock, DeviceSink sink) {
    const auto queue = domain::print_queue_address(options.document_queue);
    if (!queue) return std::make_unique<printer::AbsentDocumentPrinter>(std::move(sink));
    return std::make_unique<printer::QueueDocumentPrinter>(
        printer::make_cups_queue(*queue), printer::Ledger::open(options.printer_ledger, clock),
        printer::QueuePrinterOptions{}, clock, std::move(sink));
}

}  // namespace

DeviceSet make_real_devices(const RealDeviceOptions& options, const base::Clock& clock,
                            DeviceSink sink) {
    DeviceSet devices;
    auto frames = std::make_shared<camera::Frames>();
    devices.id_card_reader =
        std::make_unique<id_card::SdtIdCardReader>(make_card_reader_wire(options), sink);
    devices.camera = std::make_unique<camera::SourceCamera>(
        std::make_unique<camera::V4l2Source>(options.camera_device), frames, clock, sink);
    face::FaceCheckOptions face_options;
    face_options.models_folder = options.models_folder;
    face_options.photo_decoder = options.photo_decoder;
    face_options.policy = options.face;
    devices.face_checker = std::make_unique<face::ModelFaceChecker>(face_options, *devices.camera,
                                                                    frames, clock, sink);
    devices.code_reader = std::make_unique<qr::CodeReaders>(
        std::make_unique<qr::FrameCodeReader>(frames, sink), scanner_of(options, clock, sink));
    if (!options.document_camera.empty())
        devices.document_camera = document_camera(options, clock, sink);
    devices.headphones = std::make_unique<headphones::JackWatcher>(
        std::make_unique<headphones::EvdevJack>(), clock, sink);
    if (options.receipt_printer) {
        printer::escpos::ReceiptPrinterOptions slips;
        slips.ledger_file = options.slip_ledger;
        devices.receipt_printer = std::make_unique<printer::escpos::UsbReceiptPrinter>(
            make_receipt_printer_transport(options), std::move(slips), clock, sink);
    }
    devices.cabinet = make_cabinet(options.cabinet, clock, sink);
    devices.document_printer = document_printer(options, clock, std::move(sink));
    return devices;
}

}  // namespace drivers
