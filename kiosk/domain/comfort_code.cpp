#include "domain/comfort_code.hpp"

#include <cstdint>

namespace domain {

namespace {

// Without I, L, O and U: who has to type it mistakes nothing. All stand in a QR code's short mode.
constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view mark = "CWC1:";
constexpr std::size_t settings_letters = 3, check_letters = 2;
constexpr unsigned letter_bits = 5;

// CRC-10 (polynomial 0x233) of the settings, begun with the version: every change of one or two
// letters is noticed.
std::uint32_t check_of(std::uint32_t settings) {
    constexpr std::uint32_t polynomial = 0x233, version = 0x2A1;
    std::uint32_t crc = version;
    for (int bit = 14; bit >= 0; --bit) {
        const bool top = ((crc >> 9U) & 1U) != ((settings >> static_cast<unsigned>(bit)) & 1U);
        crc = (crc << 1U) & 0x3FFU;
        if (top) crc ^= polynomial;
    }
    return crc;
}

struct Packer {
    std::uint32_t bits = 0;
    void put(unsigned value, unsigned width) { bits = (bits << width) | value; }
};
struct Unpacker {
    std::uint32_t bits;
    unsigned left = settings_letters * letter_bits;
    unsigned take(unsigned width) {
        left -= width;
        return (bits >> left) & ((1U << width) - 1U);
    }
    bool flag() { return take(1) != 0; }
};

std::string in_letters(std::uint32_t value, std::size_t count) {
    std::string out(count, '0');
    for (std::size_t i = count; i-- > 0; value >>= letter_bits) out[i] = letters[value & 31U];
    return out;
}

std::optional<std::uint32_t> from_letters(std::string_view text) {
    std::uint32_t value = 0;
    for (const char c : text) {
        const auto at = letters.find(c);
        if (at == std::string_view::npos) return std::nullopt;
        value = (value << letter_bits) | static_cast<std::uint32_t>(at);
    }
    return value;
}

}  // namespace

std::string comfort_code(const Comfort& comfort) {
    Packer out;
    out.put(comfort.elder, 1);
    out.put(static_cast<unsigned>(comfort.text), 2);
    out.put(static_cast<unsigned>(comfort.contrast), 1);
    out.put(comfort.low, 1);
    out.put(comfort.left_hand, 1);
    out.put(comfort.still, 1);
    out.put(comfort.speech, 1);
    out.put(comfort.blank, 1);
    out.put(static_cast<unsigned>(std::clamp(comfort.volume, 1, Comfort::volume_steps)), 3);
    out.put(static_cast<unsigned>(std::clamp(comfort.rate, 1, Comfort::rate_steps)), 3);
    return std::string(mark) + in_letters(out.bits, settings_letters) +
           in_letters(check_of(out.bits), check_letters);
}

std::optional<Comfort> comfort_from_code(std::string_view text) {
    if (text.size() != mark.size() + settings_letters + check_letters) return std::nullopt;
    if (text.substr(0, mark.size()) != mark) return std::nullopt;
    const auto settings = from_letters(text.substr(mark.size(), settings_letters));
    const auto check = from_letters(text.substr(mark.size() + settings_letters));
    if (!settings || !check || *check != check_of(*settings)) return std::nullopt;
    Unpacker in{*settings};
    Comfort comfort;
    comfort.elder = in.flag();
    const unsigned size = in.take(2);
    if (size > static_cast<unsigned>(TextSize::largest)) return std::nullopt;
    comfort.text = static_cast<TextSize>(size);
    comfort.contrast = static_cast<Contrast>(in.take(1));
    comfort.low = in.flag();
    comfort.left_hand = in.flag();
    comfort.still = in.flag();
    comfort.speech = in.flag();
    comfort.blank = in.flag();
    comfort.volume = static_cast<int>(in.take(3));
    comfort.rate = static_cast<int>(in.take(3));
    const auto offered = [](int step, int steps) { return step >= 1 && step <= steps; };
    if (!offered(comfort.volume, Comfort::volume_steps) ||
        !offered(comfort.rate, Comfort::rate_steps))
        return std::nullopt;
    return comfort;
}

}  // namespace domain
