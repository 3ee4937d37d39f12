// The one table of scanners: ids, names, and how each mode of one shows on the cable. A scanner
// changes its product id with its mode, so a row may stand for every product whose masked bits fit.
// provisioning/udev/61-citizen-window-code-scanners.rules and the table in drivers/qr/README.md are
// compared with it by a test. Pure. Sources: usb.ids for Newland and Mindeo, two or more public
// ones for 0C2E, WebHidBarcodeScanner for 0C2E:0B8F; none was tried on hardware.
#pragma once

#include "drivers/usb/usb_transport.hpp"

#include <array>
#include <cstdint>

namespace drivers::qr {

enum class ScannerMode {
    hid_pos,        // the one that is wanted
    by_descriptor,  // HID POS or keyboard: whatever its report descriptor shows
    keyboard,
    serial,
};

struct ScannerModel {
    std::uint16_t vendor, product, product_mask;
    const char* name;
    ScannerMode mode;
    const char* notes;
};

inline constexpr std::uint16_t this_product = 0xFFFF, low_byte = 0x00FF;

inline constexpr std::array<ScannerModel, 9> scanner_models{{
    {0x0C2E, 0x0B8F, this_product, "Honeywell Voyager 1400g", ScannerMode::by_descriptor, ""},
    {0x0C2E, 0x0B61, this_product, "Honeywell", ScannerMode::by_descriptor, ""},
    {0x0C2E, 0x0B6A, this_product, "Honeywell", ScannerMode::by_descriptor, ""},
    {0x0C2E, 0x0B81, this_product, "Honeywell", ScannerMode::by_descriptor, ""},
    {0x0C2E, 0x10D3, this_product, "Honeywell", ScannerMode::by_descriptor, ""},
    {0x1EAB, 0x0010, low_byte, "Newland", ScannerMode::hid_pos, ""},
    {0x1EAB, 0x0003, low_byte, "Newland", ScannerMode::keyboard, "set it to HID POS"},
    {0x1EAB, 0x0006, low_byte, "Newland", ScannerMode::serial,
     "or code_scanner = \"serial:/dev/serial/by-id/…\""},
    {0x27DD, 0x0002, this_product, "Mindeo", ScannerMode::serial,
     "only code_scanner = \"serial:/dev/serial/by-id/…\""},
}};

// None for a device that is not in the table.
constexpr const ScannerModel* scanner_model_of(usb::DeviceId id) {
    for (const auto& model : scanner_models)
        if (model.vendor == id.vendor && model.product == (id.product & model.product_mask))
            return &model;
    return nullptr;
}

// Honeywell and Youjie (Honeywell China) send what they scan as HID POS reports only after a
// feature report 254 with the value 1 (WebHidBarcodeScanner).
constexpr bool routes_output(usb::DeviceId id) {
    constexpr std::uint16_t honeywell = 0x0C2E, youjie = 0x23D0;
    return id.vendor == honeywell || id.vendor == youjie;
}

}  // namespace drivers::qr
