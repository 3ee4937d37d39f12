// One cryptographic suite: everything that is signed or sealed goes through this interface, so the
// algorithms are a matter of the terminal's profile and a certified module can take their place.
//   I  Ed25519, X25519 sealed box, XChaCha20-Poly1305, SHA-256, keyed BLAKE2b   (libsodium)
//   N  SM2 with SM3 and the id 1234567812345678, SM2 encryption, SM4-CTR then HMAC-SM3, SM3,
//      HMAC-SM3                                                                   (OpenSSL 3)
// Suites hold no keys and no state: callable from any thread. Private keys are 32 bytes in both and
// live in Secret<>; whatever else is secret is wiped before a function returns, on every path.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace offline::sealing {

using domain::SuiteId;
using Signature = std::array<std::uint8_t, 64>;
using Digest = std::array<std::uint8_t, 32>;
using SecretBytes = base::Secret<base::Bytes>;

struct PublicKey {
    SuiteId suite = SuiteId::one;
    base::Bytes bytes;  // 32 in I, 64 (X and Y) in N
    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};
struct KeyPair {
    PublicKey public_key;
    SecretBytes secret;  // 32: the seed of Ed25519, the scalar of X25519 and of SM2
};

class Hasher {
  public:
    virtual ~Hasher() = default;
    virtual void update(base::ByteView bytes) = 0;
    virtual Digest finish() = 0;  // once
};

// The content of a stream is sealed record by record; see streams/sealed_stream.hpp.
inline constexpr std::size_t stream_record_bytes = 65536;

class RecordSealer {
  public:
    virtual ~RecordSealer() = default;
    virtual const base::Bytes& beginning() const = 0;  // stands before the first record
    // Exactly stream_record_bytes of content.
    virtual base::Result<base::Bytes> seal(base::ByteView content, bool last) = 0;
};
class RecordOpener {
  public:
    virtual ~RecordOpener() = default;
    struct Record {
        base::Bytes content;
        bool last = false;
    };
    virtual base::Result<Record> open(base::ByteView record) = 0;  // SealBroken
};

class Suite {
  public:
    virtual ~Suite() = default;

    virtual SuiteId id() const = 0;
    virtual std::size_t public_key_bytes() const = 0;
    virtual std::size_t wrapped_bytes() const = 0;           // of a data key
    virtual std::size_t overhead() const = 0;                // of seal()
    virtual std::size_t stream_beginning_bytes() const = 0;  // of RecordSealer
    virtual std::size_t record_overhead() const = 0;

    virtual Digest digest(base::ByteView bytes) const = 0;
    virtual std::unique_ptr<Hasher> hasher() const = 0;
    // A keyed digest, for tokens and hashes that only the holder of the key can compute.
    virtual Digest mac(base::ByteView key, base::ByteView bytes) const = 0;
    // Names a public key: 16 hex digits.
    virtual std::string key_id(base::ByteView public_key) const = 0;

    virtual base::Result<KeyPair> new_signing_pair() const = 0;
    virtual base::Result<KeyPair> new_sealing_pair() const = 0;
    // From the 32 secret bytes. KeyAbsent when they are no key.
    virtual base::Result<KeyPair> signing_pair(SecretBytes secret) const = 0;
    virtual base::Result<KeyPair> sealing_pair(SecretBytes secret) const = 0;

    virtual base::Result<Signature> sign(const KeyPair& pair, base::ByteView message) const = 0;
    virtual bool verify(base::ByteView public_key, base::ByteView message,
                        base::ByteView signature) const = 0;

    // A fresh data key; sealed to a public key; out again. KeyAbsent, SealBroken.
    virtual SecretBytes new_data_key() const = 0;
    virtual base::Result<base::Bytes> wrap(base::ByteView public_key,
                                           base::ByteView data_key) const = 0;
    virtual base::Result<SecretBytes> unwrap(const KeyPair& pair, base::ByteView wrapped) const = 0;

    // Authenticated encryption under a data key that is used once; `bound` is authenticated, too.
    virtual base::Result<base::Bytes> seal(base::ByteView data_key, base::ByteView bound,
                                           base::ByteView content) const = 0;
    virtual base::Result<base::Bytes> open(base::ByteView data_key, base::ByteView bound,
                                           base::ByteView sealed) const = 0;

    virtual base::Result<std::unique_ptr<RecordSealer>> record_sealer(
        base::ByteView data_key, base::ByteView bound) const = 0;
    virtual base::Result<std::unique_ptr<RecordOpener>> record_opener(
        base::ByteView data_key, base::ByteView bound, base::ByteView beginning) const = 0;
};

const Suite& suite(SuiteId id);

inline Digest digest(SuiteId id, base::ByteView bytes) {
    return suite(id).digest(bytes);
}
inline std::string key_id(const PublicKey& key) {
    return suite(key.suite).key_id(key.bytes);
}

}  // namespace offline::sealing
