// Frames between host and SAM, GA/T 467 chapter 7: preamble, two-byte length, body, XOR check.
// Pure; no I/O, nothing kept. Every malformation is CardFrameGarbled with the part in the detail.
// Facts and checked vectors: README.md of this folder.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstdint>

namespace drivers::id_card {

struct Command {
    std::uint8_t command = 0;
    std::uint8_t parameter = 0;
    friend bool operator==(const Command&, const Command&) = default;
};

inline constexpr Command sam_status{0x11, 0xFF};
inline constexpr Command read_sam_id{0x12, 0xFF};
inline constexpr Command find_card{0x20, 0x01};
inline constexpr Command select_card{0x20, 0x02};
inline constexpr Command read_text_and_photo{0x30, 0x01};
inline constexpr Command read_card_management_number{0x30, 0x05};

// SW1 and SW2 pass the card's own status through; only SW3 is the module's result.
struct Reply {
    std::uint8_t sw1 = 0;
    std::uint8_t sw2 = 0;
    std::uint8_t sw3 = 0;
    base::Bytes data;  // of the card: wipe after use
    friend bool operator==(const Reply&, const Reply&) = default;
};

// Bytes of a frame before the body, and the largest frame that is believed.
inline constexpr std::size_t header_size = 7;
inline constexpr std::size_t frame_size_max = 4096;

base::Bytes encode(Command command);
base::Bytes encode(const Reply& reply);
base::Result<Command> decode_command(base::ByteView frame);
// Takes quirk Q1 in its stride: the first AA of a reply may be lost, or noise may stand before it.
base::Result<Reply> decode_reply(base::ByteView frame);

// Whether the preamble and the length of a reply have come.
bool has_reply_header(base::ByteView so_far);
// How many bytes are certainly still missing from a reply that comes in pieces; 0 = complete.
base::Result<std::size_t> missing_from_reply(base::ByteView so_far);

// What the reply to read_text_and_photo carries. Judged by its length words, never by fixed totals.
struct TextAndPhoto {
    base::ByteView text;   // 256 bytes
    base::ByteView photo;  // 1024 bytes or none
};
base::Result<TextAndPhoto> split_text_and_photo(base::ByteView data);
base::Bytes join_text_and_photo(base::ByteView text, base::ByteView photo);

}  // namespace drivers::id_card
