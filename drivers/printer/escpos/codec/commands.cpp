#include "drivers/printer/escpos/codec/commands.hpp"

#include <algorithm>

namespace drivers::printer::escpos {

namespace {

constexpr std::uint8_t esc = 0x1B, gs = 0x1D, dle = 0x10, eot = 0x04;

std::uint8_t low(std::size_t value) {
    return static_cast<std::uint8_t>(value & 0xFFu);
}
std::uint8_t high(std::size_t value) {
    return static_cast<std::uint8_t>(value >> 8 & 0xFFu);
}
std::uint8_t byte(int value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}
void append(base::Bytes& to, const base::Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

ProcessId process_id(std::uint64_t number) {
    ProcessId id{};
    for (auto at = id.rbegin(); at != id.rend(); ++at, number /= 10)
        *at = static_cast<std::uint8_t>('0' + number % 10);
    return id;
}

base::Bytes initialise() {
    return {esc, 0x40};
}
base::Bytes panel_buttons(bool enabled) {
    return {esc, 0x63, 0x35, static_cast<std::uint8_t>(enabled ? 0 : 1)};
}
base::Bytes automatic_status(bool on) {
    return {gs, 0x61, static_cast<std::uint8_t>(on ? 0xFF : 0)};
}
base::Bytes feed_lines(int lines) {
    return {esc, 0x64, byte(lines)};
}
base::Bytes partial_cut(int feed) {
    return {gs, 0x56, 0x42, byte(feed)};
}
base::Bytes ask_process_id(const ProcessId& id) {
    return {gs, 0x28, 0x48, 6, 0, 0x30, 0x30, id[0], id[1], id[2], id[3]};
}
base::Bytes ask_paper_in_order() {
    return {gs, 0x72, 1};
}
base::Bytes ask_now(RealtimeQuery query) {
    return {dle, eot, static_cast<std::uint8_t>(query)};
}

base::Bytes raster(const domain::BitPicture& picture) {
    const auto row = picture.row_bytes();
    const unsigned rest = static_cast<unsigned>(picture.width) % 8;
    const auto last_mask = static_cast<std::uint8_t>(rest == 0 ? 0xFF : 0xFF00u >> rest);
    base::Bytes out;
    out.reserve(picture.bits.size() + 64);
    for (int y = 0; y < picture.height; y += band_rows_max) {
        const auto rows = static_cast<std::size_t>(std::min(band_rows_max, picture.height - y));
        append(out, {gs, 0x76, 0x30, 0, low(row), high(row), low(rows), high(rows)});
        const auto from = picture.bits.begin() +
                          static_cast<std::ptrdiff_t>(y) * static_cast<std::ptrdiff_t>(row);
        const auto start = out.size();
        out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(rows * row));
        for (std::size_t i = 1; i <= rows; ++i) out[start + i * row - 1] &= last_mask;
    }
    return out;
}

base::Bytes set_up() {
    base::Bytes out = initialise();
    append(out, panel_buttons(false));
    append(out, automatic_status(true));
    return out;
}

base::Bytes slip(const domain::BitPicture& picture) {
    base::Bytes out = set_up();
    append(out, raster(picture));
    append(out, partial_cut());
    return out;
}

}  // namespace drivers::printer::escpos
