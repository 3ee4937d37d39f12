#include "drivers/id_card/card_memory.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace drivers::id_card {

namespace {

// SipHash-2-4 (Aumasson, Bernstein 2012): who has not the key learns nothing of the bytes.
struct Sip {
    std::uint64_t a, b, c, d;
    explicit Sip(const std::array<std::uint64_t, 2>& key)
        : a(key[0] ^ 0x736f6d6570736575U),
          b(key[1] ^ 0x646f72616e646f6dU),
          c(key[0] ^ 0x6c7967656e657261U),
          d(key[1] ^ 0x7465646279746573U) {}
    void round() {
        a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
        c += d, d = std::rotl(d, 16) ^ c;
        a += d, d = std::rotl(d, 21) ^ a;
        c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
    }
    void take(std::uint64_t word) {
        d ^= word;
        round(), round();
        a ^= word;
    }
};

}  // namespace

CardMemory::CardMemory() {
    const auto drawn = base::random_bytes<sizeof key_>();
    std::memcpy(key_.data(), drawn.data(), drawn.size());
}

std::uint64_t CardMemory::mark_of(base::ByteView bytes) const {
    constexpr std::size_t word_bytes = 8;
    Sip sip(key_);
    for (std::size_t at = 0; at <= bytes.size(); at += word_bytes) {
        const auto part = bytes.subspan(at, std::min(word_bytes, bytes.size() - at));
        std::uint64_t word = part.size() == word_bytes ? 0 : std::uint64_t{bytes.size()} << 56;
        for (std::size_t i = 0; i < part.size(); ++i) word |= std::uint64_t{part[i]} << (8 * i);
        sip.take(word);
    }
    sip.c ^= 0xFF;
    for (int i = 0; i < 4; ++i) sip.round();
    return sip.a ^ sip.b ^ sip.c ^ sip.d;
}

bool CardMemory::is_content_of_the_last(base::ByteView content) const {
    return content_ == mark_of(content);
}

bool CardMemory::is_another_card(base::ByteView number) const {
    return number_ && number_ != mark_of(number);
}

void CardMemory::read(base::ByteView content) {
    content_ = mark_of(content);
    number_.reset();
}

void CardMemory::numbered(base::ByteView number) {
    number_ = mark_of(number);
}

}  // namespace drivers::id_card
