// Which scanner of codes a terminal has, as the configuration says. Values only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

enum class ScannerKind { none, hid, serial, keyboard };

struct CodeScanner {
    ScannerKind kind = ScannerKind::none;
    std::string port{};                     // of a serial one
    std::uint16_t vendor = 0, product = 0;  // of one that types; of a HID one 0 = any that is known
    friend bool operator==(const CodeScanner&, const CodeScanner&) = default;
};

// "" none, "hid", "hid:VVVV:PPPP", "serial:/dev/serial/by-id/…", "keyboard:VVVV:PPPP" with four
// digits of hexadecimals each; nothing for anything else.
std::optional<CodeScanner> code_scanner_from(std::string_view text);

}  // namespace domain
