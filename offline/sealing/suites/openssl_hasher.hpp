// A Hasher over one of OpenSSL's digests, for both suites: several times as fast as libsodium's
// SHA-256 where the processor has instructions for it.
#pragma once

#include "base/assert.hpp"
#include "offline/sealing/suites/openssl_library.hpp"
#include "offline/sealing/suites/suite.hpp"

namespace offline::sealing::openssl {

class OpensslHasher final : public Hasher {
  public:
    explicit OpensslHasher(const EVP_MD* algorithm) : context_(EVP_MD_CTX_new()) {
        KIOSK_ASSERT(context_ && EVP_DigestInit_ex2(context_.get(), algorithm, nullptr) == 1);
    }
    void update(base::ByteView bytes) override {
        KIOSK_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
    }
    Digest finish() override {
        Digest out{};
        KIOSK_ASSERT(EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) == 1);
        return out;
    }

  private:
    DigestContext context_;
};

inline Digest digest_of(const EVP_MD* algorithm, base::ByteView bytes) {
    OpensslHasher hash(algorithm);
    hash.update(bytes);
    return hash.finish();
}

}  // namespace offline::sealing::openssl
