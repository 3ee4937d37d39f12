// The two spellings of what SM2 encryption gives: OpenSSL's DER (GB/T 35276: SEQUENCE of the
// point's x and y, the SM3 hash, the content) and the raw C1 | C3 | C2 of fixed size that envelopes
// carry: x 32, y 32, hash 32, content. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstddef>

namespace offline::sealing {

inline constexpr std::size_t sm2_raw_overhead = 96;

// Strict: one spelling per value, nothing behind it. SealBroken.
base::Result<base::Bytes> sm2_raw_from_der(base::ByteView der);
// Of at least 97 and at most 96 + 4096 bytes; SealBroken.
base::Result<base::Bytes> sm2_der_from_raw(base::ByteView raw);

}  // namespace offline::sealing
