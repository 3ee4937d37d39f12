// The text record of a card: whatever stands on a chip, decoding ends in a record or a fault, and a
// record of a known type that is understood survives being written and read again.
#include "drivers/id_card/codec/card_record.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers::id_card;
    const auto record = decode_record(base::ByteView(data, size), {});
    if (!record || record->type == domain::CardType::unknown) return 0;
    const auto text = encode_record(*record);
    if (!text) std::abort();
    const auto again = decode_record(*text, {});
    if (!again || *again != *record) std::abort();
    return 0;
}
