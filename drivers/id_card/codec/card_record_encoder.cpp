#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/codec/card_record_layout.hpp"

#include <algorithm>

namespace drivers::id_card {

namespace {

void put(base::Bytes& out, base::ByteView value, std::size_t offset) {
    std::copy(value.begin(), value.end(), out.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

base::Result<base::Bytes> encode_record(const domain::IdCardRecord& record) {
    base::Bytes out;
    for (std::size_t i = 0; i < record_size; i += 2) out.insert(out.end(), {' ', 0});
    out[type_offset] = '?';
    for (const auto& layout : record_layouts()) {
        if (layout.type != record.type) continue;
        out[type_offset] = static_cast<std::uint8_t>(layout.character);
        for (const auto& field : layout.fields) {
            const auto bytes = base::utf16le_from_utf8(record.*field.place);
            const base::ByteView value(bytes);
            if (value.size() > field.first.size + field.rest.size)
                return base::fail(base::FaultCode::CardRecordMalformed, field.name);
            const auto first = std::min(value.size(), field.first.size);
            put(out, value.first(first), field.first.offset);
            put(out, value.subspan(first), field.rest.offset);
        }
    }
    return out;
}

}  // namespace drivers::id_card
