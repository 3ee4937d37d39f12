// What a short secret becomes before it is written down: argon2id (RFC 9106, libsodium), 64 MiB and
// two passes, about a tenth of a second and never on a thread that draws. Pure; callable from any
// thread. InternalError: the machine has no 64 MiB left.
#pragma once

#include "offline/sealing/suites/suite.hpp"

namespace offline::sealing {

using Salt = std::array<std::uint8_t, 16>;
base::Result<Digest> stretched(const base::SecretText& secret, const Salt& salt);
// In constant time.
bool same(const Digest& a, const Digest& b);

}  // namespace offline::sealing
