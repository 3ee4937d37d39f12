#include "offline/sealing/suites/sm2_cipher.hpp"

#include <algorithm>

namespace offline::sealing {

namespace {

using base::Bytes;
using base::ByteView;
using base::FaultCode;

constexpr std::uint8_t sequence = 0x30, integer = 0x02, octets = 0x04;
constexpr std::size_t field = 32;
constexpr std::size_t content_max = 4096;

tl::unexpected<base::Fault> wrong() {
    return base::fail(FaultCode::SealBroken, "SM2 ciphertext");
}

// One element of this tag from the front of `rest`; its length in the one spelling DER allows.
base::Result<ByteView> take(ByteView& rest, std::uint8_t tag) {
    if (rest.size() < 2 || rest[0] != tag) return wrong();
    std::size_t length = rest[1], head = 2;
    if (length >= 0x80) {
        const std::size_t more = length & 0x7F;
        if (more < 1 || more > 2 || rest.size() < 2 + more) return wrong();
        length = 0;
        for (std::size_t i = 0; i < more; ++i) length = length << 8 | rest[2 + i];
        if (length < 0x80 || (more == 2 && length < 0x100)) return wrong();
        head += more;
    }
    if (rest.size() - head < length) return wrong();
    const ByteView content = rest.subspan(head, length);
    rest = rest.subspan(head + length);
    return content;
}

// A coordinate: not negative, no needless zeros, at most 32 bytes of value.
base::Status take_coordinate(ByteView& rest, Bytes& out) {
    ByteView value = TRY(take(rest, integer));
    if (value.empty() || (value[0] & 0x80) != 0) return wrong();
    if (value[0] == 0) {
        if (value.size() > 1 && (value[1] & 0x80) == 0) return wrong();
        value = value.subspan(1);
    }
    if (value.size() > field) return wrong();
    out.insert(out.end(), field - value.size(), 0);
    out.insert(out.end(), value.begin(), value.end());
    return {};
}

void put(Bytes& out, std::uint8_t tag, ByteView content) {
    out.push_back(tag);
    if (content.size() >= 0x100) {
        out.insert(out.end(), {0x82, static_cast<std::uint8_t>(content.size() >> 8)});
    } else if (content.size() >= 0x80) {
        out.push_back(0x81);
    }
    out.push_back(static_cast<std::uint8_t>(content.size()));
    out.insert(out.end(), content.begin(), content.end());
}

void put_coordinate(Bytes& out, ByteView value) {
    const auto first =
        std::find_if(value.begin(), value.end(), [](auto byte) { return byte != 0; });
    Bytes digits(first, value.end());
    if (digits.empty() || (digits[0] & 0x80) != 0) digits.insert(digits.begin(), 0);
    put(out, integer, digits);
}

}  // namespace

base::Result<Bytes> sm2_raw_from_der(ByteView der) {
    ByteView inside = TRY(take(der, sequence));
    if (!der.empty()) return wrong();
    Bytes out;
    TRY_STATUS(take_coordinate(inside, out));
    TRY_STATUS(take_coordinate(inside, out));
    const ByteView hash = TRY(take(inside, octets));
    const ByteView content = TRY(take(inside, octets));
    if (!inside.empty() || hash.size() != field || content.empty() || content.size() > content_max)
        return wrong();
    out.insert(out.end(), hash.begin(), hash.end());
    out.insert(out.end(), content.begin(), content.end());
    return out;
}

base::Result<Bytes> sm2_der_from_raw(ByteView raw) {
    if (raw.size() <= sm2_raw_overhead || raw.size() > sm2_raw_overhead + content_max)
        return wrong();
    Bytes inside;
    put_coordinate(inside, raw.subspan(0, field));
    put_coordinate(inside, raw.subspan(field, field));
    put(inside, octets, raw.subspan(2 * field, field));
    put(inside, octets, raw.subspan(sm2_raw_overhead));
    Bytes out;
    put(out, sequence, inside);
    return out;
}

}  // namespace offline::sealing
