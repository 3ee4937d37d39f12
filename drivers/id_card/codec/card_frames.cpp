#include "drivers/id_card/codec/card_frames.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace drivers::id_card {

namespace {

// What a reply must show at the latest at offset 3; a whole preamble shows it at offset 1.
constexpr std::array<std::uint8_t, 4> preamble_tail{0xAA, 0xAA, 0x96, 0x69};
constexpr std::size_t preamble_search_size = 7;
constexpr std::size_t command_body_min = 3;  // command, parameter, check
constexpr std::size_t reply_body_min = 4;    // SW1 SW2 SW3, check

auto garbled(const char* part) {
    return base::fail(base::FaultCode::CardFrameGarbled, part);
}

std::size_t word_at(base::ByteView bytes, std::size_t at) {
    return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

void put_word(base::Bytes& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value & 0xFFu));
}

std::uint8_t check_of(base::ByteView length_and_body) {
    std::uint8_t check = 0;
    for (const auto byte : length_and_body) check = static_cast<std::uint8_t>(check ^ byte);
    return check;
}

base::Bytes framed(base::ByteView body) {
    base::Bytes out(preamble.begin(), preamble.end());
    out.reserve(header_size + body.size() + 1);
    put_word(out, body.size() + 1);
    out.insert(out.end(), body.begin(), body.end());
    out.push_back(check_of(base::ByteView(out).subspan(preamble.size())));
    return out;
}

// Checks length and check byte; gives the body without the check byte.
base::Result<base::ByteView> opened(base::ByteView length_and_body, std::size_t body_min) {
    if (length_and_body.size() < 2 + body_min) return garbled("truncated");
    const auto length = word_at(length_and_body, 0);
    if (length < body_min) return garbled("length");
    if (length_and_body.size() < 2 + length) return garbled("truncated");
    if (length_and_body.size() > 2 + length) return garbled("length");
    if (check_of(length_and_body) != 0) return garbled("check");
    return length_and_body.subspan(2, length - 1);
}

// Where the length word of a reply starts, or npos while the preamble is not there.
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
std::size_t length_offset(base::ByteView frame) {
    const auto window = frame.first(std::min(frame.size(), preamble_search_size));
    const auto found =
        std::search(window.begin(), window.end(), preamble_tail.begin(), preamble_tail.end());
    if (found == window.end()) return nowhere;
    return static_cast<std::size_t>(found - window.begin()) + preamble_tail.size();
}

}  // namespace

base::Bytes encode(Command command, base::ByteView data) {
    base::Bytes body{command.command, command.parameter};
    body.insert(body.end(), data.begin(), data.end());
    return framed(body);
}

base::Bytes encode(const Reply& reply) {
    base::Bytes body{reply.sw1, reply.sw2, reply.sw3};
    body.insert(body.end(), reply.data.begin(), reply.data.end());
    return framed(body);
}

base::Result<Command> decode_command(base::ByteView frame) {
    if (frame.size() < header_size || !std::equal(preamble.begin(), preamble.end(), frame.begin()))
        return garbled("preamble");
    const auto body = TRY(opened(frame.subspan(preamble.size()), command_body_min));
    return Command{body[0], body[1]};
}

base::Result<Reply> decode_reply(base::ByteView frame) {
    const auto start = length_offset(frame);
    if (start == nowhere) return garbled("preamble");
    const auto body = TRY(opened(frame.subspan(start), reply_body_min));
    return Reply{body[0], body[1], body[2], base::Bytes(body.begin() + 3, body.end())};
}

bool has_reply_header(base::ByteView so_far) {
    const auto start = length_offset(so_far);
    return start != nowhere && so_far.size() >= start + 2;
}

base::Result<std::size_t> missing_from_reply(base::ByteView so_far) {
    const auto start = length_offset(so_far);
    if (start == nowhere) {
        if (so_far.size() >= preamble_search_size) return garbled("preamble");
        return preamble_search_size - so_far.size();
    }
    if (so_far.size() < start + 2) return start + 2 - so_far.size();
    const auto whole = start + 2 + word_at(so_far, start);
    if (whole > frame_size_max) return garbled("length");
    return whole > so_far.size() ? whole - so_far.size() : 0;
}

}  // namespace drivers::id_card
