#include "drivers/id_card/card_record.hpp"
#include "drivers/id_card/card_record_layout.hpp"

#include <algorithm>

namespace drivers::id_card {

base::Result<base::Bytes> encode_record(const domain::IdCardRecord& record) {
    base::Bytes out;
    for (std::size_t i = 0; i < record_size; i += 2) out.insert(out.end(), {' ', 0});
    for (const auto& field : resident_fields) {
        const auto value = base::utf16le_from_utf8(record.*field.place);
        if (value.size() > field.size)
            return base::fail(base::FaultCode::CardRecordMalformed, field.name);
        std::copy(value.begin(), value.end(),
                  out.begin() + static_cast<std::ptrdiff_t>(field.offset));
    }
    out[type_offset] = '?';
    for (const auto& row : type_characters)
        if (row.type == record.type) out[type_offset] = static_cast<std::uint8_t>(row.character);
    return out;
}

}  // namespace drivers::id_card
