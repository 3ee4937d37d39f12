#include "drivers/id_card/codec/card_content.hpp"

#include "drivers/id_card/codec/card_record.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace drivers::id_card {

namespace {

constexpr std::size_t word_size = 2;
constexpr std::array<std::size_t, 3> fingerprint_sizes{0, 512, 1024};
constexpr std::size_t sam_id_size = 16;
constexpr std::size_t address_size = 70;

auto garbled(const char* part) {
    return base::fail(base::FaultCode::CardFrameGarbled, part);
}

// Lengths in replies are big-endian, numbers of the module little-endian.
std::size_t word_at(base::ByteView bytes, std::size_t at) {
    return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}
unsigned number_at(base::ByteView bytes, std::size_t at, std::size_t size) {
    unsigned value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | bytes[at + i];
    return value;
}

base::Result<TextAndPhoto> split(base::ByteView data, std::size_t head, std::size_t fingerprints) {
    const auto text = word_at(data, 0);
    const auto photo = word_at(data, word_size);
    if (text != record_size || (photo != 0 && photo != photo_size) ||
        data.size() != head + text + photo + fingerprints)
        return garbled("content length");
    return TextAndPhoto{data.subspan(head, text), data.subspan(head + text, photo)};
}

}  // namespace

base::Result<TextAndPhoto> split_text_and_photo(base::ByteView data) {
    constexpr auto head = 2 * word_size;
    if (data.size() < head) return garbled("content truncated");
    return split(data, head, 0);
}

base::Result<TextAndPhoto> split_passing_over_fingerprints(base::ByteView data) {
    constexpr auto head = 3 * word_size;
    if (data.size() < head) return garbled("content truncated");
    const auto fingerprints = word_at(data, 2 * word_size);
    for (const auto size : fingerprint_sizes)
        if (fingerprints == size) return split(data, head, fingerprints);
    return garbled("content length");
}

base::Bytes join_text_and_photo(base::ByteView text, base::ByteView photo) {
    base::Bytes out;
    for (const auto size : {text.size(), photo.size()}) {
        out.push_back(static_cast<std::uint8_t>(size >> 8));
        out.push_back(static_cast<std::uint8_t>(size & 0xFFu));
    }
    out.insert(out.end(), text.begin(), text.end());
    out.insert(out.end(), photo.begin(), photo.end());
    return out;
}

base::Result<std::string> sam_id_text(base::ByteView data) {
    if (data.size() != sam_id_size) return garbled("sam id length");
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%02u.%02u-%08u-%010u-%010u", number_at(data, 0, 2),
                  number_at(data, 2, 2), number_at(data, 4, 4), number_at(data, 8, 4),
                  number_at(data, 12, 4));
    return std::string(text.data());
}

base::Result<std::string> newest_address(base::ByteView data) {
    if (data.size() != address_size) return garbled("address length");
    auto address = base::utf8_from_utf16le(without_padding(data));
    if (!address) return base::fail(base::FaultCode::CardRecordMalformed, "newest_address");
    return std::move(*address);
}

}  // namespace drivers::id_card
