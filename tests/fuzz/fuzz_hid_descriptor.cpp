// The report descriptor of whatever is plugged in.
#include "drivers/qr/scanner/codec/pos_reports.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto fields = drivers::qr::input_fields({data, size});
    if (!fields) return 0;
    constexpr std::size_t most_bits = 4096 * 8;
    for (const auto& field : *fields)
        if (field.first_bit + field.bits * field.count > most_bits) std::abort();
    if (const auto layout = drivers::qr::pos_layout(*fields);
        layout && layout->data_byte + layout->data_bytes > layout->bytes)
        std::abort();
    return 0;
}
