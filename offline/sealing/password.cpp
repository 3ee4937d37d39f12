#include "offline/sealing/password.hpp"

#include <sodium.h>

namespace offline::sealing {

static_assert(crypto_pwhash_SALTBYTES == Salt{}.size());

base::Result<Digest> stretched(const base::SecretText& secret, const Salt& salt) {
    constexpr unsigned long long passes = 2;
    constexpr std::size_t memory = std::size_t{64} << 20;
    Digest out{};
    if (sodium_init() < 0 ||
        crypto_pwhash(out.data(), out.size(), secret->data(), secret->size(), salt.data(), passes,
                      memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return base::fail(base::FaultCode::InternalError, "argon2id");
    return out;
}

bool same(const Digest& a, const Digest& b) {
    return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace offline::sealing
