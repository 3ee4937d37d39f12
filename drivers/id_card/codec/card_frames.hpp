// Frames between host and SAM, GA/T 467 chapter 7: preamble, two-byte length, body, XOR check.
// Pure; no I/O, nothing kept. Every malformation is CardFrameGarbled with the part in the detail.
// Facts and checked vectors: README.md of this folder.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <array>
#include <cstdint>

namespace drivers::id_card {

struct Command {
    std::uint8_t command = 0;
    std::uint8_t parameter = 0;
    friend bool operator==(const Command&, const Command&) = default;
};

inline constexpr Command reset_sam{0x10, 0xFF};
inline constexpr Command sam_status{0x11, 0xFF};
inline constexpr Command read_sam_id{0x12, 0xFF};
inline constexpr Command find_card{0x20, 0x01};
inline constexpr Command select_card{0x20, 0x02};
inline constexpr Command read_text_and_photo{0x30, 0x01};
inline constexpr Command read_appended_information{0x30, 0x02};
inline constexpr Command read_newest_address{0x30, 0x03};
inline constexpr Command read_card_management_number{0x30, 0x05};
inline constexpr Command read_text_photo_and_fingerprints{0x30, 0x10};
// 115200, 57600, 38400, 19200, 9600 in this order; in force at least 5 ms after the answer.
inline constexpr Command set_serial_speed(std::uint8_t step) {
    return {0x60, step};
}
// With one byte of data, 24 to 255; 0x50 is what readers expect.
inline constexpr Command set_largest_radio_frame{0x61, 0xFF};

// SW1 and SW2 pass the card's own status through; only SW3 is the module's result.
struct Reply {
    std::uint8_t sw1 = 0;
    std::uint8_t sw2 = 0;
    std::uint8_t sw3 = 0;
    base::Bytes data;  // of the card: wipe after use
    friend bool operator==(const Reply&, const Reply&) = default;
};

inline constexpr std::array<std::uint8_t, 5> preamble{0xAA, 0xAA, 0xAA, 0x96, 0x69};
// Bytes of a frame before the body, and the largest frame that is believed.
inline constexpr std::size_t header_size = 7;
inline constexpr std::size_t frame_size_max = 4096;

base::Bytes encode(Command command, base::ByteView data = {});
base::Bytes encode(const Reply& reply);
// Data after the parameter is passed over.
base::Result<Command> decode_command(base::ByteView frame);
// Takes quirk Q1 in its stride: the first AA of a reply may be lost, or noise may stand before it.
base::Result<Reply> decode_reply(base::ByteView frame);

// Whether the preamble and the length of a reply have come.
bool has_reply_header(base::ByteView so_far);
// How many bytes are certainly still missing from a reply that comes in pieces; 0 = complete.
base::Result<std::size_t> missing_from_reply(base::ByteView so_far);

}  // namespace drivers::id_card
