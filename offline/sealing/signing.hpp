// Ed25519 keys, signatures and SHA-256. Every signature is made over a context word, a zero byte
// and the bytes, so a signature made for one purpose never serves another. Private keys live in
// Secret<>. Pure but for key generation; callable from any thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"
#include "offline/formats/record.hpp"
#include "offline/sealing/sealing.hpp"

#include <array>
#include <string_view>

namespace offline::sealing {

using Signature = std::array<std::uint8_t, 64>;
using Digest = std::array<std::uint8_t, 32>;
using Seed = std::array<std::uint8_t, 32>;

// The purposes a signature can have.
namespace context {
inline constexpr std::string_view key_set = "cw-key-set-1";
inline constexpr std::string_view certificate = "cw-terminal-certificate-1";
inline constexpr std::string_view pack = "cw-pack-1";
inline constexpr std::string_view manifest = "cw-manifest-1";
inline constexpr std::string_view request = "cw-request-1";
inline constexpr std::string_view centre_receipt = "cw-centre-receipt-1";
inline constexpr std::string_view hello = "cw-hello-1";
inline constexpr std::string_view answer = "cw-answer-1";
inline constexpr std::string_view receipt_code = "cw-receipt-code-1";
}  // namespace context

class SigningKey {
  public:
    static SigningKey generate();
    static SigningKey from_seed(const Seed& seed);
    // A key file of this kind and realm. KeyAbsent when it is not one, RealmMismatch.
    static base::Result<SigningKey> parse(base::ByteView file, std::string_view kind,
                                          domain::Realm realm);
    base::Bytes as_file(std::string_view kind, domain::Realm realm) const;

    const PublicKey& public_key() const { return public_key_; }
    Signature sign(std::string_view context, base::ByteView bytes) const;
    // A key of 32 bytes that only the holder of this key can derive, for tokens.
    Digest derive(std::string_view purpose) const;

  private:
    SigningKey() = default;
    PublicKey public_key_{};
    base::Secret<std::array<std::uint8_t, 64>> secret_;
};

// SignatureWrong.
base::Status verify(const PublicKey& key, std::string_view context, base::ByteView bytes,
                    base::ByteView signature);

// The field "signature" of a record, over the canonical JSON of all other fields.
formats::Record signed_record(formats::Record record, const SigningKey& key,
                              std::string_view context);
base::Status verify_record(const formats::Record& record, const PublicKey& key,
                           std::string_view context);

Digest sha256(base::ByteView bytes);
// BLAKE2b with a key, `size` bytes (16…32).
base::Bytes keyed_hash(const Digest& key, base::ByteView bytes, std::size_t size);
// Names a public key: 16 hex digits of its BLAKE2b hash.
std::string key_id(const PublicKey& key);

}  // namespace offline::sealing
