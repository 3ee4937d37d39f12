#include "provisioning/udev/udev_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace provisioning::udev {

namespace {

// A name that the kernel may give to a device: none of it means anything to udev.
bool is_plain(const std::string& name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == ':' || c == '.';
    });
}

// A folder of /sys/class has an attribute file, not a node: its group is changed when it comes.
std::string backlight_rule(const std::filesystem::path& folder) {
    const auto name = folder.filename().string();
    const auto subsystem = folder.parent_path().filename().string();
    if (folder.parent_path().parent_path() != "/sys/class" || !is_plain(name) ||
        !is_plain(subsystem))
        return {};
    return fmt::format(
        "\n# the panel's light\nACTION==\"add\", SUBSYSTEM==\"{}\", KERNEL==\"{}\", "
        "RUN+=\"/bin/chgrp video /sys%p/brightness\", RUN+=\"/bin/chmod g+w /sys%p/brightness\"\n",
        subsystem, name);
}

// Driven over libusb, and like the readers it never sleeps.
std::string usb_rule(const char* what, domain::UsbId id) {
    return fmt::format(
        "\n# {}\nACTION!=\"remove\", SUBSYSTEM==\"usb\", ENV{{DEVTYPE}}==\"usb_device\", "
        "ATTR{{idVendor}}==\"{:04x}\", ATTR{{idProduct}}==\"{:04x}\", GROUP=\"plugdev\", "
        "MODE=\"0660\", ATTR{{power/control}}=\"on\"\n",
        what, id.vendor, id.product);
}

}  // namespace

std::string class_rules() {
    std::string out =
        "# The classes of provisioning/udev/udev_rules.hpp, compared with it by a test. Copied to\n"
        "# /etc/udev/rules.d; the kiosk's account is a member of the groups.\n";
    for (const auto& nodes : node_classes)
        out += fmt::format(
            "\n# {}\nACTION!=\"remove\", SUBSYSTEM==\"{}\", KERNEL==\"{}\", GROUP=\"{}\", "
            "MODE=\"0660\"\n",
            nodes.what, nodes.subsystem, nodes.kernel, nodes.group);
    return out;
}

std::string configured_rules(const config::Config& config) {
    std::string rules;
    const auto& cabinet = config.cabinet;
    if (cabinet.board == domain::CabinetSettings::Board::usb)
        rules += usb_rule("the cabinet's board", {cabinet.usb_vendor, cabinet.usb_product});
    if (config.kiosk.card_reader_id)
        rules += usb_rule("the card reader", *config.kiosk.card_reader_id);
    if (config.printers.receipt_printer_id)
        rules += usb_rule("the receipt printer", *config.printers.receipt_printer_id);
    const auto& scanner = config.kiosk.code_scanner;
    if (scanner.kind == domain::ScannerKind::hid && scanner.vendor != 0)
        rules += fmt::format(
            "\n# the scanner\nACTION!=\"remove\", SUBSYSTEM==\"hidraw\", "
            "ATTRS{{idVendor}}==\"{:04x}\", ATTRS{{idProduct}}==\"{:04x}\", GROUP=\"plugdev\", "
            "MODE=\"0660\"\n",
            scanner.vendor, scanner.product);
    if (!cabinet.backlight.empty()) rules += backlight_rule(cabinet.backlight);
    if (rules.empty())
        return "# The configuration names nothing that the shipped rules do not cover.\n";
    return "# What this terminal's configuration names, from kiosk-technician devices rules.\n" +
           rules;
}

}  // namespace provisioning::udev
