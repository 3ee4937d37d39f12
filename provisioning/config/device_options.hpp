// What the drivers are told of a terminal's devices, from its configuration. Pure. For the programs
// that drive devices in service; the configuration itself knows no driver.
#pragma once

#include "drivers/real_devices.hpp"
#include "provisioning/config/config.hpp"

namespace provisioning::config {

inline drivers::RealDeviceOptions device_options(const Config& config) {
    return {.models_folder = config.kiosk.models_folder,
            .photo_decoder = config.kiosk.photo_decoder,
            .camera_device = config.kiosk.camera_device,
            .document_camera = config.kiosk.document_camera,
            .face = config.face,
            .card_reader_port = config.kiosk.card_reader_port,
            .card_reader_speed = config.kiosk.card_reader_speed,
            .card_reader_id = config.kiosk.card_reader_id,
            .code_scanner = config.kiosk.code_scanner,
            .cabinet = config.cabinet,
            .document_queue = config.printers.document_queue,
            .printer_ledger = config.terminal.state_folder + "/printer/documents.ledger",
            .receipt_printer = config.printers.receipt_printer,
            .receipt_printer_id = config.printers.receipt_printer_id,
            .slip_ledger = config.terminal.state_folder + "/printer/slips.ledger"};
}

}  // namespace provisioning::config
