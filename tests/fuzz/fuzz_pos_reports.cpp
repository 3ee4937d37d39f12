// A scanner that lies: its descriptor, after a byte with its length, and then its reports, each
// after a byte with its length and one with the time that passed.
#include "drivers/qr/scanner/codec/pos_reports.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    base::ByteView rest(data, size);
    const auto piece = [&] {
        const std::size_t length = std::min<std::size_t>(rest.front(), rest.size() - 1);
        const auto out = rest.subspan(1, length);
        rest = rest.subspan(1 + length);
        return out;
    };
    if (rest.empty()) return 0;
    const auto fields = drivers::qr::input_fields(piece());
    if (!fields) return 0;
    const auto layout = drivers::qr::pos_layout(*fields);
    if (!layout) return 0;
    drivers::qr::PosReports stream(*layout);
    base::Millis now{0};
    while (rest.size() > 1) {
        constexpr int step = 10;  // ms
        now += base::Millis{rest.front() * step};
        rest = rest.subspan(1);
        const auto text = stream.take(piece(), now);
        if (text && (text->text->empty() || text->text->size() > size)) std::abort();
    }
    return 0;
}
