#include "drivers/printer/escpos/codec/class_requests.hpp"

#include <string_view>

namespace drivers::printer::escpos {

namespace {

constexpr std::uint8_t device_id = 0, port_status = 1, reset = 2;
constexpr std::size_t text_longest = 64;

std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, text_longest))
        if (c >= ' ' && c <= '~') out.push_back(c);
    return out;
}

}  // namespace

std::optional<PortStatus> read_port_status(base::ByteView answer) {
    if (answer.empty()) return std::nullopt;
    return PortStatus{(answer[0] & 0x08u) != 0, (answer[0] & 0x10u) != 0, (answer[0] & 0x20u) != 0};
}

std::optional<Ieee1284Id> read_device_id(base::ByteView answer) {
    if (answer.size() < 2) return std::nullopt;
    const std::size_t length = static_cast<std::size_t>(answer[0]) << 8 | answer[1];
    if (length < 2 || length > answer.size()) return std::nullopt;
    std::string_view text = base::as_text(answer.subspan(2, length - 2));
    Ieee1284Id id;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const auto entry = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto colon = entry.find(':');
        if (colon == std::string_view::npos) continue;
        const auto key = entry.substr(0, colon), value = entry.substr(colon + 1);
        if (key == "MFG" || key == "MANUFACTURER") id.maker = printable(value);
        if (key == "MDL" || key == "MODEL") id.model = printable(value);
        if (key == "CMD" || key == "COMMAND SET") id.commands = printable(value);
    }
    return id;
}

usb::ClassRequest get_port_status(const usb::InterfaceSetting& interface) {
    return {port_status, 0, interface.number};
}
usb::ClassRequest get_device_id(const usb::InterfaceSetting& interface) {
    const auto index = static_cast<std::uint16_t>(static_cast<unsigned>(interface.number) << 8 |
                                                  interface.alternate);
    return {device_id, 0, index};
}
usb::ClassRequest soft_reset(const usb::InterfaceSetting& interface, usb::Recipient recipient) {
    return {reset, 0, interface.number, recipient};
}

}  // namespace drivers::printer::escpos
