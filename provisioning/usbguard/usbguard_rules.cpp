#include "provisioning/usbguard/usbguard_rules.hpp"

#include "drivers/id_card/reader_models.hpp"
#include "drivers/printer/escpos/printer_models.hpp"
#include "drivers/qr/scanner/scanner_models.hpp"

#include <fmt/format.h>

namespace provisioning::usbguard {

namespace {

// Interfaces by class:subclass:protocol (usb.org, Defined Class Codes).
constexpr const char* reports = "03:00:00";  // HID that is no boot keyboard and no boot mouse
constexpr const char* reader = "03:00:00 ff:*:*";
constexpr const char* printer = "07:01:* ff:*:*";
constexpr const char* serial = "02:*:* 0a:*:*";

std::string id_text(std::uint16_t vendor, std::uint16_t product) {
    return fmt::format("{:04x}:{:04x}", vendor, product);
}

std::string allowed(const std::string& id, const char* what, const char* interfaces) {
    return fmt::format("# {}\nallow id {} with-interface match-all {{ {} }}\n", what, id,
                       interfaces);
}

// Of these it is not known which interfaces they have; what leads out of the app was blocked
// before.
std::string inside(domain::UsbId id, const char* what) {
    return fmt::format("# {}\nallow id {}\n", what, id_text(id.vendor, id.product));
}

std::string of_the_tables() {
    std::string out;
    for (const auto& model : drivers::id_card::reader_models)
        if (model.speaks != drivers::id_card::Speaks::never)
            out +=
                allowed(id_text(model.id.vendor, model.id.product), model.name,
                        model.speaks == drivers::id_card::Speaks::hid_reports ? reports : reader);
    for (const auto& model : drivers::printer::escpos::printer_models)
        if (model.proof != drivers::printer::escpos::Proof::none)
            out += allowed(id_text(model.id.vendor, model.id.product), model.name, printer);
    for (const auto& model : drivers::qr::scanner_models) {
        if (model.mode == drivers::qr::ScannerMode::keyboard) continue;
        // USBGuard knows whole numbers or any: of a masked product its interfaces decide.
        const std::string id = model.product_mask == drivers::qr::this_product
                                   ? id_text(model.vendor, model.product)
                                   : fmt::format("{:04x}:*", model.vendor);
        out += allowed(id, model.name,
                       model.mode == drivers::qr::ScannerMode::serial ? serial : reports);
    }
    return out;
}

std::string of_the_configuration(const config::Config& config) {
    std::string out;
    if (const auto& id = config.kiosk.card_reader_id) {
        // A reader that is never served stays out even when somebody names it.
        const auto served = drivers::id_card::served_readers(id);
        if (!served.empty())
            out += allowed(id_text(id->vendor, id->product), "the card reader", reader);
    }
    if (const auto& id = config.printers.receipt_printer_id)
        out += allowed(id_text(id->vendor, id->product), "the receipt printer", printer);
    const auto& scanner = config.kiosk.code_scanner;
    if (scanner.kind == domain::ScannerKind::hid && scanner.vendor != 0)
        out += allowed(id_text(scanner.vendor, scanner.product), "the scanner", reports);
    if (config.cabinet.board == domain::CabinetSettings::Board::usb)
        out +=
            inside({config.cabinet.usb_vendor, config.cabinet.usb_product}, "the cabinet's board");
    return out;
}

}  // namespace

std::string rules(const config::Config& config, const Cabinet& cabinet) {
    std::string out =
        "# /etc/usbguard/rules.conf of this terminal, from kiosk-technician usbguard-rules. The\n"
        "# first rule that fits decides.\n";
    const auto& scanner = config.kiosk.code_scanner;
    if (scanner.kind == domain::ScannerKind::keyboard)
        out +=
            "\n# The one keyboard: the scanner that types, which the app holds.\n" +
            allowed(id_text(scanner.vendor, scanner.product), "the scanner", "03:00:00 03:01:01");
    out +=
        "\n# Whatever it says it is: no storage, no keyboard, nothing wireless.\n"
        "block with-interface one-of { 08:*:* 03:01:01 e0:*:* }\n"
        "\n# The kernel's own hubs.\n"
        "allow id 1d6b:* with-interface equals { 09:00:00 }\n"
        "allow id 1d6b:* with-interface equals { 09:00:01 }\n"
        "\n# The drivers' tables.\n" +
        of_the_tables();
    const std::string named = of_the_configuration(config);
    if (!named.empty()) out += "\n# What the configuration names.\n" + named;
    if (cabinet.touch) out += "\n" + inside(*cabinet.touch, "the panel's touch");
    if (!cabinet.built_in.empty()) out += "\n# Built into the cabinet.\n";
    for (const auto id : cabinet.built_in) out += inside(id, "named by the technician");
    out +=
        "\n# Cameras have no table: video, also with a microphone, but nothing that is sound "
        "alone.\n"
        "block with-interface match-all { 01:*:* }\n"
        "allow with-interface match-all { 0e:*:* 01:*:* }\n"
        "\n# And nothing else.\n"
        "block\n";
    return out;
}

}  // namespace provisioning::usbguard
