// What successful replies carry, GA/T 467: judged by their length words, never by fixed totals.
// Pure. A wrong length is CardFrameGarbled. Fingerprints are measured to find the end of a reply
// and passed over: no function gives them out.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <string>

namespace drivers::id_card {

// Views of the reply's own memory.
struct TextAndPhoto {
    base::ByteView text;   // 256 bytes
    base::ByteView photo;  // 1024 bytes or none
};
// Of read_text_and_photo, and of read_text_photo_and_fingerprints.
base::Result<TextAndPhoto> split_text_and_photo(base::ByteView data);
base::Result<TextAndPhoto> split_passing_over_fingerprints(base::ByteView data);
base::Bytes join_text_and_photo(base::ByteView text, base::ByteView photo);

// Of read_sam_id: 16 bytes → 05.01-20161025-0123456789-0000000042, as printed on the module.
base::Result<std::string> sam_id_text(base::ByteView data);

// Of read_newest_address: 70 bytes; characters that are none are CardRecordMalformed.
base::Result<std::string> newest_address(base::ByteView data);

}  // namespace drivers::id_card
