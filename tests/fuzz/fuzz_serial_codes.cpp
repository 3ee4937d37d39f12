// A scanner on a serial port that sends whatever it likes: its bytes in pieces, each after a byte
// with its length and one with the time that passed; a length of 0 is silence, and one of 255 a new
// request.
#include "drivers/qr/scanner/codec/serial_codes.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::uint8_t new_request = 255;
    constexpr int step = 5;  // ms
    base::ByteView rest(data, size);
    drivers::qr::SerialCodes codes;
    base::Millis now{0};
    while (rest.size() > 1) {
        const std::size_t length = rest[0] == new_request ? 0 : rest[0];
        if (rest[0] == new_request) codes.drop_begun();
        now += base::Millis{rest[1] * step};
        rest = rest.subspan(2);
        const auto piece = rest.first(std::min(length, rest.size()));
        rest = rest.subspan(piece.size());
        for (const auto& text : codes.take(0, piece, now))
            if (text->empty() || text->size() > size) std::abort();
    }
    // Whatever has begun, silence ends it.
    now += base::Millis{1000};
    codes.take(0, {}, now);
    if (codes.waiting()) std::abort();
    return 0;
}
