#include "offline/sealing/suites/sm2_keys.hpp"

#include "base/assert.hpp"
#include "offline/sealing/suites/openssl_library.hpp"
#include "offline/sealing/suites/sm2_cipher.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <openssl/params.h>

#include <algorithm>
#include <string>

namespace offline::sealing::sm2 {

namespace {

using namespace openssl;
using base::Bytes;
using base::ByteView;
using base::FaultCode;

constexpr std::size_t half = 32;
constexpr std::string_view signer_id = "1234567812345678";

using SignatureObject = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

Bytes uncompressed(ByteView public_key) {
    Bytes out{0x04};
    out.insert(out.end(), public_key.begin(), public_key.end());
    return out;
}

// A key object from X and Y, and the scalar when it is to sign or decrypt. Null: no such key.
PkeyOwner key_object(ByteView public_key, const base::Bytes* secret) {
    if (public_key.size() != 2 * half) return nullptr;
    std::string group = "SM2";
    Bytes point = uncompressed(public_key);
    Bytes scalar(half);  // in the machine's order, as OpenSSL's parameters want it
    const WipeAtEnd wipe(scalar);
    if (secret != nullptr) std::reverse_copy(secret->begin(), secret->end(), scalar.begin());
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end()};
    if (secret != nullptr)
        parameters[2] =
            OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, scalar.data(), scalar.size());
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(library().context, "SM2", nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key,
                          secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                          parameters) != 1)
        return nullptr;
    return PkeyOwner(key);
}
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "key_object() turns the scalar round");

// A digest context that signs or verifies with this key and the fixed id.
template <auto Init>
DigestContext prepared(EVP_PKEY* key) {
    DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* inner = nullptr;  // belongs to the context
    if (!context ||
        Init(context.get(), &inner, "SM3", library().context, nullptr, key, nullptr) != 1)
        return nullptr;
    // Only after Init: the id is part of what is hashed first.
    if (EVP_PKEY_CTX_set1_id(inner, signer_id.data(), signer_id.size()) != 1) return nullptr;
    return context;
}

base::Result<KeyPair> pair_of(const BIGNUM* scalar, SecretBytes secret) {
    const NumberContext scratch(BN_CTX_new_ex(library().context));
    const Point point(EC_POINT_new(library().curve));
    Bytes octets(1 + 2 * half);
    if (!scratch || !point ||
        EC_POINT_mul(library().curve, point.get(), scalar, nullptr, nullptr, scratch.get()) != 1 ||
        EC_POINT_point2oct(library().curve, point.get(), POINT_CONVERSION_UNCOMPRESSED,
                           octets.data(), octets.size(), scratch.get()) != octets.size())
        return base::fail(FaultCode::KeyAbsent, "SM2 key");
    octets.erase(octets.begin());
    return KeyPair{{SuiteId::national, std::move(octets)}, std::move(secret)};
}

// n - 1: what a scalar must stay below.
Number below() {
    Number out(BN_dup(EC_GROUP_get0_order(library().curve)));
    KIOSK_ASSERT(out && BN_sub_word(out.get(), 1) == 1);
    return out;
}

}  // namespace

base::Result<KeyPair> new_pair() {
    const ForgetErrors forget;
    const Number limit = below();
    const NumberContext scratch(BN_CTX_new_ex(library().context));
    const SecretNumber scalar(BN_secure_new());
    do {
        if (!scratch || !scalar ||
            BN_priv_rand_range_ex(scalar.get(), limit.get(), 0, scratch.get()) != 1)
            return base::fail(FaultCode::KeyAbsent, "no random numbers");
    } while (BN_is_zero(scalar.get()));
    Bytes secret(half);
    KIOSK_ASSERT(BN_bn2binpad(scalar.get(), secret.data(), half) == half);
    BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
    return pair_of(scalar.get(), SecretBytes(std::move(secret)));
}

base::Result<KeyPair> pair_from(SecretBytes secret) {
    const ForgetErrors forget;
    const Number limit = below();
    const SecretNumber scalar(BN_secure_new());
    if (secret->size() != half || !scalar ||
        BN_bin2bn(secret->data(), half, scalar.get()) == nullptr || BN_is_zero(scalar.get()) ||
        BN_cmp(scalar.get(), limit.get()) >= 0)
        return base::fail(FaultCode::KeyAbsent, "SM2 key");
    BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
    return pair_of(scalar.get(), std::move(secret));
}

base::Result<Signature> sign(const KeyPair& pair, ByteView message) {
    const ForgetErrors forget;
    const auto failed = [] { return base::fail(FaultCode::KeyAbsent, "SM2 signing key"); };
    const PkeyOwner key = key_object(pair.public_key.bytes, &*pair.secret);
    if (!key) return failed();
    const DigestContext context = prepared<EVP_DigestSignInit_ex>(key.get());
    std::array<std::uint8_t, 80> der{};  // two integers of 33 bytes and their heads are 72
    std::size_t size = der.size();
    if (!context ||
        EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) != 1)
        return failed();
    const std::uint8_t* at = der.data();
    const SignatureObject numbers(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    Signature out{};
    if (!numbers || BN_bn2binpad(ECDSA_SIG_get0_r(numbers.get()), out.data(), half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(numbers.get()), out.data() + half, half) != half)
        return failed();
    return out;
}

bool verify(ByteView public_key, ByteView message, ByteView signature) {
    const ForgetErrors forget;
    if (signature.size() != 2 * half) return false;
    const PkeyOwner key = key_object(public_key, nullptr);
    if (!key) return false;
    const SignatureObject numbers(ECDSA_SIG_new());
    Number r(BN_bin2bn(signature.data(), half, nullptr));
    Number s(BN_bin2bn(signature.data() + half, half, nullptr));
    if (!numbers || !r || !s || ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1) return false;
    static_cast<void>(r.release()), static_cast<void>(s.release());  // they are the signature's now
    std::array<std::uint8_t, 80> der{};
    std::uint8_t* at = der.data();
    const int size = i2d_ECDSA_SIG(numbers.get(), &at);
    if (size <= 0) return false;
    const DigestContext context = prepared<EVP_DigestVerifyInit_ex>(key.get());
    return context && EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size),
                                       message.data(), message.size()) == 1;
}

base::Result<Bytes> encrypt(ByteView public_key, ByteView content) {
    const ForgetErrors forget;
    const auto failed = [] {
        return base::fail(FaultCode::KeyAbsent, "sealing key is not usable");
    };
    const PkeyOwner key = key_object(public_key, nullptr);
    if (!key) return failed();
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(library().context, key.get(), nullptr));
    std::size_t size = 0;
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_encrypt(context.get(), nullptr, &size, content.data(), content.size()) != 1)
        return failed();
    Bytes der(size);
    if (EVP_PKEY_encrypt(context.get(), der.data(), &size, content.data(), content.size()) != 1)
        return failed();
    return sm2_raw_from_der(ByteView(der).first(size));
}

base::Result<SecretBytes> decrypt(const KeyPair& pair, ByteView raw) {
    const ForgetErrors forget;
    const auto broken = [] { return base::fail(FaultCode::SealBroken, "data key"); };
    const Bytes der = TRY(sm2_der_from_raw(raw));
    const PkeyOwner key = key_object(pair.public_key.bytes, &*pair.secret);
    if (!key) return broken();
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(library().context, key.get(), nullptr));
    Bytes out(raw.size());  // OpenSSL asks for more room than the content takes
    const WipeAtEnd wipe(out);
    std::size_t size = out.size();
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 ||
        EVP_PKEY_decrypt(context.get(), out.data(), &size, der.data(), der.size()) != 1 ||
        size != raw.size() - sm2_raw_overhead)
        return broken();
    return SecretBytes(Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)));
}

}  // namespace offline::sealing::sm2
