#include "domain/code_scanner.hpp"

#include <charconv>

namespace domain {

namespace {

std::optional<std::uint16_t> four_digits(std::string_view text) {
    std::uint16_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value, 16);
    if (text.size() != 4 || error != std::errc{} || stopped != end) return std::nullopt;
    return value;
}

std::optional<CodeScanner> with_ids(ScannerKind kind, std::string_view ids) {
    constexpr std::size_t colon = 4;
    if (ids.size() <= colon || ids[colon] != ':') return std::nullopt;
    const auto vendor = four_digits(ids.substr(0, colon)),
               product = four_digits(ids.substr(colon + 1));
    if (!vendor || !product) return std::nullopt;
    return CodeScanner{kind, {}, *vendor, *product};
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
