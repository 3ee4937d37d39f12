#include "drivers/real_devices.hpp"

#include "drivers/camera/source_camera.hpp"
#include "drivers/camera/v4l2_source.hpp"
#include "drivers/face/face_checker.hpp"
#include "drivers/headphones/evdev_jack.hpp"
#include "drivers/headphones/jack_watcher.hpp"
#include "drivers/id_card/reader_models.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/serial_wire.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "drivers/printer/absent_document_printer.hpp"
#include "drivers/qr/frame_code_reader.hpp"
#include "drivers/usb/libusb_transport.hpp"

#include <memory>
#include <utility>

namespace drivers {

std::shared_ptr<usb::UsbTransport> make_card_reader_transport() {
    return std::make_shared<usb::LibusbTransport>(id_card::served_readers());
}

std::unique_ptr<id_card::ReaderWire> make_card_reader_wire(const RealDeviceOptions& options) {
    if (!options.card_reader_port.empty())
        return std::make_unique<id_card::SerialWire>(
            id_card::SerialPort{options.card_reader_port, options.card_reader_speed});
    return std::make_unique<id_card::UsbWire>(make_card_reader_transport());
}

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
    devices.face_checker = std::make_unique<face::ModelFaceChecker>(face_options, *devices.camera,
                                                                    frames, clock, sink);
    devices.code_reader = std::make_unique<qr::FrameCodeReader>(frames, sink);
    devices.headphones =
        std::make_unique<headphones::JackWatcher>(std::make_unique<headphones::EvdevJack>(), sink);
    devices.document_printer = std::make_unique<printer::AbsentDocumentPrinter>(std::move(sink));
    return devices;
}

}  // namespace drivers
