// The 256-byte text record of GA/T 490 (UTF-16LE) to and from IdCardRecord. Pure. The type
// character at byte 248 decides which of four layouts is read; another character gives the type
// `unknown` with every field empty. Decoding judges nothing but characters; a field that is not
// UTF-16 is CardRecordMalformed with the field's name. The encoder serves emulated cards.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/id_card_record.hpp"

namespace drivers::id_card {

inline constexpr std::size_t record_size = 256;
inline constexpr std::size_t photo_size = 1024;

base::Result<domain::IdCardRecord> decode_record(base::ByteView text, base::ByteView photo);

// CardRecordMalformed when a field is longer than its place on the card.
base::Result<base::Bytes> encode_record(const domain::IdCardRecord& record);

// Without trailing spaces and NULs: inner spaces belong to the field (quirk Q8).
base::ByteView without_padding(base::ByteView utf16le);

}  // namespace drivers::id_card
