#include "domain/usb_id.hpp"

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

}  // namespace

std::optional<UsbId> usb_id_from(std::string_view text) {
    constexpr std::size_t colon = 4;
    if (text.size() <= colon || text[colon] != ':') return std::nullopt;
    const auto vendor = four_digits(text.substr(0, colon)),
               product = four_digits(text.substr(colon + 1));
    if (!vendor || !product) return std::nullopt;
    return UsbId{*vendor, *product};
}

}  // namespace domain
