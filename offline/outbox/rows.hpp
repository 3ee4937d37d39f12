// How values stand in the outbox's rows. What is there but has the wrong size is damage
// (OutboxCorrupt), never a reason to end the program: it would end again at every start. Pure.
#pragma once

#include "base/clock.hpp"
#include "domain/identifiers.hpp"
#include "offline/sealing/signing.hpp"

#include <algorithm>

namespace offline::outbox {

inline std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
inline base::Instant instant(std::int64_t ms_since_epoch) {
    return base::Instant{base::Millis{ms_since_epoch}};
}

template <std::size_t N>
base::Result<std::array<std::uint8_t, N>> array_in(const base::Bytes& bytes) {
    if (bytes.size() != N)
        return base::fail(base::FaultCode::OutboxCorrupt, "a value of the wrong size");
    std::array<std::uint8_t, N> out{};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}
inline base::Result<sealing::Digest> digest_in(const base::Bytes& bytes) {
    return array_in<32>(bytes);
}
inline base::Result<domain::SubId> sub_id_in(const base::Bytes& bytes) {
    return domain::SubId{TRY(array_in<16>(bytes))};
}

}  // namespace offline::outbox
