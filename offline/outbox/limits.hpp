// How the outbox counts room, in bytes, and time.
#pragma once

#include "base/clock.hpp"

#include <cstdint>

namespace offline::outbox {

inline constexpr std::int64_t page_bytes = 4096;
// Above the quota: receipts, purges and tombstones.
inline constexpr std::int64_t reserve_bytes = 512 * page_bytes;
// What one more submission without a reservation may need beside its bytes.
inline constexpr std::int64_t ordinary_bytes = 32 * page_bytes;

// Acknowledged offsets of attachments are written at most so often.
inline constexpr base::Millis acked_every{1'000};

}  // namespace offline::outbox
