#include "drivers/id_card/card_record.hpp"
#include "drivers/id_card/card_record_layout.hpp"

namespace drivers::id_card {

namespace {

using domain::CardType;
using domain::IdCardRecord;

CardType type_of(base::ByteView text) {
    const auto character = static_cast<char16_t>(text[type_offset] |
                                                 static_cast<unsigned>(text[type_offset + 1]) << 8);
    for (const auto& row : type_characters)
        if (row.character == character) return row.type;
    return CardType::unknown;
}

// Only trailing spaces and NULs go: addresses have inner spaces.
base::ByteView without_padding(base::ByteView field) {
    while (field.size() >= 2 && field[field.size() - 1] == 0 &&
           (field[field.size() - 2] == 0 || field[field.size() - 2] == ' '))
        field = field.first(field.size() - 2);
    return field;
}

}  // namespace

base::Result<IdCardRecord> decode_record(base::ByteView text, base::ByteView photo) {
    if (text.size() != record_size) return base::fail(base::FaultCode::CardRecordMalformed, "size");
    IdCardRecord record;
    record.type = type_of(text);
    if (record.type != CardType::resident) return record;
    for (const auto& field : resident_fields) {
        auto value =
            base::utf8_from_utf16le(without_padding(text.subspan(field.offset, field.size)));
        if (!value) {
            record.wipe();
            return base::fail(base::FaultCode::CardRecordMalformed, field.name);
        }
        record.*field.place = std::move(*value);
    }
    record.photo.assign(photo.begin(), photo.end());
    return record;
}

}  // namespace drivers::id_card
