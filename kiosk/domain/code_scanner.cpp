#include "domain/code_scanner.hpp"

#include "domain/usb_id.hpp"

namespace domain {

namespace {

std::optional<CodeScanner> with_ids(ScannerKind kind, std::string_view ids) {
    const auto id = usb_id_from(ids);
    if (!id) return std::nullopt;
    return CodeScanner{kind, {}, id->vendor, id->product};
}

}  // namespace

std::optional<CodeScanner> code_scanner_from(std::string_view text) {
    constexpr std::string_view hid = "hid:", serial = "serial:", keyboard = "keyboard:";
    if (text.empty()) return CodeScanner{};
    if (text == "hid") return CodeScanner{ScannerKind::hid};
    if (text.starts_with(hid)) return with_ids(ScannerKind::hid, text.substr(hid.size()));
    if (text.starts_with(keyboard))
        return with_ids(ScannerKind::keyboard, text.substr(keyboard.size()));
    if (text.starts_with(serial) && text.substr(serial.size()).starts_with('/'))
        return CodeScanner{ScannerKind::serial, std::string(text.substr(serial.size()))};
    return std::nullopt;
}

}  // namespace domain
