#include "drivers/usb/recording/recording.hpp"

#include "base/secret.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <sstream>
#include <string_view>

namespace drivers::usb {

using base::FaultCode;
using Kind = Exchange::Kind;

namespace {

constexpr std::string_view first_line = "usb-recording 1";
constexpr std::array<std::pair<std::string_view, Kind>, 4> kinds{
    {{"open", Kind::open}, {"close", Kind::close}, {"out", Kind::out}, {"in", Kind::in}}};
constexpr std::array faults{FaultCode::UsbDeviceAbsent, FaultCode::UsbDeviceGone,
                            FaultCode::UsbTimedOut, FaultCode::UsbStalled, FaultCode::UsbFailed};

std::string_view word(Kind kind) {
    for (const auto& [name, one] : kinds)
        if (one == kind) return name;
    return "";
}

std::string line_of(const Exchange& one) {
    std::string line = fmt::format("{} {}", one.at.count(), word(one.kind));
    if (one.kind == Kind::out)
        line += fmt::format(" {:02X} {}", one.endpoint, base::to_hex(one.bytes));
    if (one.kind == Kind::in) line += fmt::format(" {:02X} {}", one.endpoint, one.room);
    line += one.fault ? " " + std::string(base::name(*one.fault)) : " ok";
    if (one.kind == Kind::in && !one.fault) line += " " + base::to_hex(one.bytes);
    return line;
}

// The words of one line, taken off one by one; whatever does not fit makes the line malformed.
class Words {
  public:
    explicit Words(const std::string& line) : stream_(line) {}
    std::string next() {
        std::string one;
        if (!(stream_ >> one)) well_ = false;
        return one;
    }
    template <class Number>
    Number number(int base = 10) {
        const auto text = next();
        Number value{};
        const auto end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, value, base);
        if (read.ec != std::errc{} || read.ptr != end) well_ = false;
        return value;
    }
    base::Bytes bytes() {
        auto read = base::from_hex(next());
        if (!read) well_ = false;
        return read ? std::move(*read) : base::Bytes{};
    }
    std::optional<FaultCode> end() {
        const auto text = next();
        if (text == "ok") return std::nullopt;
        for (const auto code : faults)
            if (text == base::name(code)) return code;
        well_ = false;
        return std::nullopt;
    }
    void fail() { well_ = false; }
    // All of it was understood, and nothing is left.
    bool is_done() {
        std::string more;
        return well_ && !(stream_ >> more);
    }

  private:
    std::istringstream stream_;
    bool well_ = true;
};

DeviceId id_of(Words& words) {
    const auto text = words.next();
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        words.fail();
        return {};
    }
    Words parts(text.substr(0, colon) + " " + text.substr(colon + 1));
    const DeviceId id{parts.number<std::uint16_t>(16), parts.number<std::uint16_t>(16)};
    if (!parts.is_done()) words.fail();
    return id;
}

Endpoint endpoint_of(Words& words) {
    Endpoint endpoint;
    endpoint.address = words.number<std::uint8_t>(16);
    const auto kind = words.next();
    if (kind != "bulk" && kind != "interrupt") words.fail();
    endpoint.kind = kind == "bulk" ? TransferKind::bulk : TransferKind::interrupt;
    endpoint.packet_size = words.number<std::uint16_t>();
    return endpoint;
}

Exchange exchange_of(Words& words) {
    Exchange one;
    one.at = base::Millis{words.number<std::int64_t>()};
    const auto kind = words.next();
    bool known = false;
    for (const auto& [name, value] : kinds)
        if (name == kind) {
            one.kind = value;
            known = true;
        }
    if (!known) words.fail();
    const bool moves = one.kind == Kind::out || one.kind == Kind::in;
    if (moves) one.endpoint = words.number<std::uint8_t>(16);
    if (one.kind == Kind::out) one.bytes = words.bytes();
    if (one.kind == Kind::in) one.room = words.number<std::size_t>();
    one.fault = words.end();
    if (one.kind == Kind::in && !one.fault) one.bytes = words.bytes();
    if (one.kind == Kind::in && one.bytes.size() > one.room) words.fail();
    return one;
}

}  // namespace

void Recording::wipe() {
    for (auto& one : exchanges) base::wipe(one.bytes);
    exchanges.clear();
}

std::string as_text(const Recording& recording) {
    std::string text(first_line);
    text += fmt::format("\ndevice {:04X}:{:04X}\n", recording.id.vendor, recording.id.product);
    for (const auto& endpoint : recording.endpoints)
        text += fmt::format("endpoint {:02X} {} {}\n", endpoint.address,
                            endpoint.kind == TransferKind::bulk ? "bulk" : "interrupt",
                            endpoint.packet_size);
    for (const auto& one : recording.exchanges) text += line_of(one) + "\n";
    return text;
}

base::Result<Recording> recording_from_text(const std::string& text) {
    Recording recording;
    std::istringstream lines(text);
    std::string line;
    const auto malformed = [](std::size_t number) {
        return base::fail(FaultCode::BytesMalformed, fmt::format("line {}", number));
    };
    if (!std::getline(lines, line) || line != first_line) return malformed(1);
    for (std::size_t number = 2; std::getline(lines, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        Words words(line);
        if (line.starts_with("device ")) {
            words.next();
            recording.id = id_of(words);
        } else if (line.starts_with("endpoint ")) {
            words.next();
            recording.endpoints.push_back(endpoint_of(words));
        } else {
            recording.exchanges.push_back(exchange_of(words));
        }
        if (!words.is_done()) return malformed(number);
    }
    return recording;
}

}  // namespace drivers::usb
