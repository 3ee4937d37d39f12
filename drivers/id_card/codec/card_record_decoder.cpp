#include "base/secret.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/codec/card_record_layout.hpp"

namespace drivers::id_card {

namespace {

using domain::IdCardRecord;

const RecordLayout* layout_of(base::ByteView text) {
    const auto character = static_cast<char16_t>(text[type_offset] |
                                                 static_cast<unsigned>(text[type_offset + 1]) << 8);
    for (const auto& layout : record_layouts())
        if (layout.character == character) return &layout;
    return nullptr;
}

base::Status decode_field(base::ByteView text, const RecordField& field, IdCardRecord& into) {
    // Put together before anything is cut off: a space where the first stretch ends is inside.
    const auto first = text.subspan(field.first.offset, field.first.size);
    const auto rest = text.subspan(field.rest.offset, field.rest.size);
    base::Bytes whole;
    whole.reserve(first.size() + rest.size());
    whole.assign(first.begin(), first.end());
    whole.insert(whole.end(), rest.begin(), rest.end());
    auto value = base::utf8_from_utf16le(without_padding(whole));
    base::wipe(whole);
    if (!value) return base::fail(base::FaultCode::CardRecordMalformed, field.name);
    into.*field.place = std::move(*value);
    return {};
}

}  // namespace

base::ByteView without_padding(base::ByteView field) {
    while (field.size() >= 2 && field[field.size() - 1] == 0 &&
           (field[field.size() - 2] == 0 || field[field.size() - 2] == ' '))
        field = field.first(field.size() - 2);
    return field;
}

base::Result<IdCardRecord> decode_record(base::ByteView text, base::ByteView photo) {
    if (text.size() != record_size) return base::fail(base::FaultCode::CardRecordMalformed, "size");
    IdCardRecord record;
    const auto* layout = layout_of(text);
    if (layout == nullptr) return record;
    record.type = layout->type;
    for (const auto& field : layout->fields)
        if (auto decoded = decode_field(text, field, record); !decoded) {
            record.wipe();
            return base::fail(decoded.error());
        }
    record.photo.assign(photo.begin(), photo.end());
    return record;
}

}  // namespace drivers::id_card
