// O and P, the bytes of one attachment at offsets, after the IETF draft on resumable uploads
// (draft-ietf-httpbis-resumable-upload) and RFC 9530 (Content-Digest):
//   HEAD  /v1/a/{attachment}   → Upload-Offset, Upload-Length, Upload-Complete
//   PATCH /v1/a/{attachment}   Upload-Offset, Content-Digest; body: the next bytes
//                              → 204 with the offset that is durable there; 409 with the right one;
//                              the last slice is answered like C, 200 and an R2
// The resource exists as soon as its S was stored; its name is 128 random bits that only the
// terminal and the centre know. The offset counts what was flushed and never goes back. What the
// bytes are is the manifest's business: its digest is compared when all are there. Pure.
#pragma once

#include "offline/papers/manifest.hpp"

#include <map>
#include <optional>

namespace offline::papers::upload {

inline constexpr const char* content_type = "application/partial-upload";
inline constexpr std::int64_t slice_bytes_min = 64 << 10;
inline constexpr std::int64_t slice_bytes_max = 4 << 20;

// Header fields by their names in small letters.
using Headers = std::map<std::string, std::string>;

struct Offset {
    std::int64_t at = 0;
    std::int64_t length = 0;  // of the whole attachment
    bool complete = false;
    friend bool operator==(const Offset&, const Offset&) = default;
};
Headers headers_of(const Offset& offset);
// BytesMalformed: a field is missing or makes no sense, or the offset is beyond the length.
base::Result<Offset> offset_in(const Headers& headers);

// What a PATCH says of its body.
Headers slice_headers(std::int64_t at, base::ByteView slice);
// The same of a slice that was cut off, whose digest cannot be compared.
base::Result<std::int64_t> slice_offset_in(const Headers& headers);
// The offset it continues from. BytesMalformed: a field is missing or the digest is of other bytes.
base::Result<std::int64_t> slice_in(const Headers& headers, base::ByteView slice);

}  // namespace offline::papers::upload
