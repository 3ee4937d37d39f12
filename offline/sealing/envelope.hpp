// The bytes round a sealed thing, shared by the side that seals and the side that opens:
//   magic 4 | suite 1 | realm 1 | kid 8 | wrapped data key | content under the data key
// Sizes of the last two are the suite's. What is sealed is length (4, big-endian) | content |
// zeros, padded to a power of two from 1 KiB; bound to it are the first 14 bytes and what the
// caller binds it to. Pure.
#pragma once

#include "domain/identifiers.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <string>
#include <string_view>

namespace offline::sealing::envelope {

inline constexpr std::string_view submission_magic = "CWE1";
inline constexpr std::string_view question_magic = "CWQ1";
inline constexpr std::string_view answer_magic = "CWA1";
inline constexpr std::size_t head_size = 14;
inline constexpr std::size_t smallest_padded = 1024;
inline constexpr std::size_t largest_padded = 512 * 1024;

// BytesMalformed when the content is larger than one envelope holds.
base::Result<base::Bytes> padded(base::ByteView content);
base::Result<base::Bytes> unpadded(base::ByteView padded_content);

// What stands in the clear at its beginning; SealBroken when it is no envelope of this kind.
struct Head {
    SuiteId suite{};
    domain::Realm realm{};
    std::string kid;
};
base::Result<Head> head_of(std::string_view magic, base::ByteView sealed);

// The first 14 bytes of what is sealed to this key.
base::Bytes head(std::string_view magic, domain::Realm realm, const PublicKey& to);
// SealBroken, RealmMismatch, KeyAbsent (sealed to another key).
base::Status check_head(std::string_view magic, domain::Realm realm, const PublicKey& to,
                        base::ByteView sealed);

base::Result<base::Bytes> seal(std::string_view magic, domain::Realm realm, const PublicKey& to,
                               base::ByteView bound_to, base::ByteView content);
// SealBroken, RealmMismatch, KeyAbsent (sealed to another key).
base::Result<base::Bytes> open(std::string_view magic, domain::Realm realm, const KeyPair& keys,
                               base::ByteView bound_to, base::ByteView sealed);

}  // namespace offline::sealing::envelope
