#include "drivers/printer/escpos/emulated/command_parser.hpp"

namespace drivers::printer::escpos {

namespace {

constexpr std::uint8_t esc = 0x1B, gs = 0x1D, dle = 0x10;
using Waiting = std::deque<std::uint8_t>;

void drop(Waiting& bytes, std::size_t size) {
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
}
std::size_t word(const Waiting& bytes, std::size_t at) {
    return bytes[at] | static_cast<std::size_t>(bytes[at + 1]) << 8;
}

// What the command at the beginning is, and its size in bytes; size 0: more must come first.
struct Parsed {
    std::size_t size = 0;
    Command command = TextByte{};
};
constexpr std::size_t incomplete = 0;

Parsed text(const Waiting& bytes) {
    return {1, TextByte{bytes[0]}};
}
Parsed when_complete(const Waiting& bytes, std::size_t size, Command command) {
    if (bytes.size() < size) return {incomplete};
    return {size, std::move(command)};
}

Parsed parse_esc(const Waiting& bytes) {
    if (bytes.size() < 2) return {incomplete};
    if (bytes[1] == 0x40) return {2, Initialise{}};
    if (bytes[1] == 0x64 || bytes[1] == 0x63) {
        if (bytes.size() < 3) return {incomplete};
        if (bytes[1] == 0x64) return {3, Feed{bytes[2]}};
        if (bytes[2] != 0x35) return text(bytes);
        if (bytes.size() < 4) return {incomplete};
        return {4, PanelButtons{(bytes[3] & 1u) == 0}};
    }
    return text(bytes);
}

Parsed parse_raster(const Waiting& bytes) {
    constexpr std::size_t head = 8;
    if (bytes.size() < head) return {incomplete};
    if (bytes[2] != 0x30) return text(bytes);
    const auto row = word(bytes, 4), rows = word(bytes, 6);
    if (bytes.size() < head + row * rows) return {incomplete};
    RasterBand band{static_cast<int>(row), static_cast<int>(rows), {}};
    band.bits.assign(bytes.begin() + head,
                     bytes.begin() + static_cast<std::ptrdiff_t>(head + row * rows));
    return {head + row * rows, std::move(band)};
}

Parsed parse_process(const Waiting& bytes) {
    constexpr std::size_t size = 11;
    if (bytes.size() < size) return {incomplete};
    if (bytes[2] != 0x48 || word(bytes, 3) != 6 || bytes[5] != 0x30 || bytes[6] != 0x30)
        return text(bytes);
    return {size, ProcessQuestion{{bytes[7], bytes[8], bytes[9], bytes[10]}}};
}

Parsed parse_gs(const Waiting& bytes) {
    if (bytes.size() < 2) return {incomplete};
    switch (bytes[1]) {
        case 0x61:
            return when_complete(
                bytes, 3, AutomaticStatusWanted{bytes.size() < 3 ? std::uint8_t{0} : bytes[2]});
        case 0x72:
            return when_complete(bytes, 3, OrderQuestion{});
        case 0x56:
            if (bytes.size() < 3) return {incomplete};
            return when_complete(bytes, bytes[2] == 0x41 || bytes[2] == 0x42 ? 4 : 3, Cut{});
        case 0x76:
            return parse_raster(bytes);
        case 0x28:
            return parse_process(bytes);
        default:
            return text(bytes);
    }
}

Parsed parse(const Waiting& bytes) {
    switch (bytes[0]) {
        case esc:
            return parse_esc(bytes);
        case gs:
            return parse_gs(bytes);
        case dle:
            if (bytes.size() < 3) return {incomplete};
            if (bytes[1] != 0x04 || bytes[2] < 1 || bytes[2] > 4) return text(bytes);
            return {3, RealtimeQuestion{static_cast<RealtimeQuery>(bytes[2])}};
        default:
            return text(bytes);
    }
}

}  // namespace

std::optional<Command> take_command(Waiting& bytes) {
    if (bytes.empty()) return std::nullopt;
    auto parsed = parse(bytes);
    if (parsed.size == incomplete) return std::nullopt;
    drop(bytes, parsed.size);
    return std::move(parsed.command);
}

}  // namespace drivers::printer::escpos
