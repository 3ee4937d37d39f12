// OpenSSL's objects as owners, and the algorithms of both suites fetched once. Only they
// include this.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>

namespace offline::sealing::openssl {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using PkeyOwner = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;
using SecretNumber = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using NumberContext = std::unique_ptr<BN_CTX, Freed<BN_CTX_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;

// What OpenSSL noted about failures stays here and is forgotten: it may tell of keys.
class ForgetErrors {
  public:
    ForgetErrors() = default;
    ~ForgetErrors() { ERR_clear_error(); }
    ForgetErrors(const ForgetErrors&) = delete;
    ForgetErrors& operator=(const ForgetErrors&) = delete;
};

struct Library {
    OSSL_LIB_CTX* context;
    EVP_MD* sha256;
    EVP_MD* sm3;
    EVP_CIPHER* sm4_ctr;
    EVP_MAC* hmac;
    EC_GROUP* curve;
};
// Made at first use and never freed, so that threads that end late still find it.
const Library& library();

// HMAC-SM3 over the parts, one after the other. Ends the program when OpenSSL has no memory.
std::array<std::uint8_t, 32> hmac_sm3(base::ByteView key,
                                      std::initializer_list<base::ByteView> parts);

// SM4-CTR: encrypts and decrypts alike, in pieces.
class Sm4Ctr {
  public:
    Sm4Ctr(base::ByteView key, base::ByteView counter);  // 16 each
    void apply(base::ByteView in, std::uint8_t* out);

  private:
    CipherContext context_;
};

}  // namespace offline::sealing::openssl
