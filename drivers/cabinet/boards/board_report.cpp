#include "drivers/cabinet/boards/board_report.hpp"

namespace drivers::cabinet {

namespace {

constexpr std::uint8_t lines_id = 1, lamps_id = 2, version = 1;
constexpr unsigned bits_per_lamp = 2, lamp_mask = 3;

domain::CabinetLines lines_from(std::uint8_t low, std::uint8_t high) {
    return {static_cast<unsigned long>(low | high << 8)};  // bits beyond the known are cut off
}
std::uint8_t low_of(const domain::CabinetLines& lines) {
    return static_cast<std::uint8_t>(lines.to_ulong() & 0xFFU);
}
std::uint8_t high_of(const domain::CabinetLines& lines) {
    return static_cast<std::uint8_t>(lines.to_ulong() >> 8 & 0xFFU);
}

}  // namespace

std::optional<Reading> read_lines_report(base::ByteView bytes) {
    if (bytes.size() != lines_report_size || bytes[0] != lines_id || bytes[1] != version)
        return std::nullopt;
    const auto fitted = lines_from(bytes[2], bytes[3]);
    return Reading{fitted, lines_from(bytes[4], bytes[5]) & fitted};
}

base::Bytes lines_report(const Reading& reading) {
    return {lines_id,
            version,
            low_of(reading.fitted),
            high_of(reading.fitted),
            low_of(reading.set),
            high_of(reading.set)};
}

std::optional<domain::Lamps> read_lamps_report(base::ByteView bytes) {
    if (bytes.size() != lamps_report_size || bytes[0] != lamps_id || bytes[1] != version)
        return std::nullopt;
    const unsigned bits = bytes[2] | static_cast<unsigned>(bytes[3]) << 8;
    domain::Lamps lamps;
    for (std::size_t i = 0; i < domain::lamp_count; ++i)
        lamps.states.at(i) =
            static_cast<domain::LampState>(bits >> (bits_per_lamp * i) & lamp_mask);
    return lamps;
}

base::Bytes lamps_report(const domain::Lamps& lamps) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < domain::lamp_count; ++i)
        bits |= static_cast<unsigned>(lamps.states.at(i)) << (bits_per_lamp * i);
    return {lamps_id, version, static_cast<std::uint8_t>(bits & 0xFFU),
            static_cast<std::uint8_t>(bits >> 8)};
}

}  // namespace drivers::cabinet
