#include "offline/sealing/signing.hpp"

#include "base/assert.hpp"

#include <sodium.h>

#include <algorithm>

namespace offline::sealing {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

base::Bytes with_context(std::string_view context, base::ByteView bytes) {
    base::Bytes out = base::to_bytes(context);
    out.push_back(0);
    out.insert(out.end(), bytes.begin(), bytes.end());
    return out;
}

}  // namespace

SigningKey SigningKey::from_seed(const Seed& seed) {
    KIOSK_ASSERT(sodium_init() >= 0);
    SigningKey key;
    std::array<std::uint8_t, 64> secret{};
    crypto_sign_seed_keypair(key.public_key_.data(), secret.data(), seed.data());
    key.secret_ = base::Secret(secret);
    sodium_memzero(secret.data(), secret.size());
    return key;
}

SigningKey SigningKey::generate() {
    KIOSK_ASSERT(sodium_init() >= 0);
    Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    SigningKey key = from_seed(seed);
    sodium_memzero(seed.data(), seed.size());
    return key;
}

base::Result<SigningKey> SigningKey::parse(base::ByteView file, std::string_view kind,
                                           domain::Realm realm) {
    const Record record = TRY(formats::record_from_json(file));
    Fields fields(record, FaultCode::KeyAbsent, std::string(kind));
    TRY_STATUS(fields.exactly("v", 1));
    TRY_STATUS(fields.exactly("kind", kind));
    const std::string found = TRY(fields.text("realm", 16));
    Seed seed = TRY(fields.array<32>("seed"));
    TRY_STATUS(fields.finish());
    if (found != domain::name(realm))
        return base::fail(FaultCode::RealmMismatch, std::string(kind));
    SigningKey key = from_seed(seed);
    sodium_memzero(seed.data(), seed.size());
    return key;
}

base::Bytes SigningKey::as_file(std::string_view kind, domain::Realm realm) const {
    base::Bytes seed(32);
    crypto_sign_ed25519_sk_to_seed(seed.data(), secret_->data());
    base::Bytes out = formats::to_json({{"v", std::int64_t{1}},
                                        {"kind", std::string(kind)},
                                        {"realm", std::string(domain::name(realm))},
                                        {"seed", seed}});
    base::wipe(seed);
    out.push_back('\n');
    return out;
}

Signature SigningKey::sign(std::string_view context, base::ByteView bytes) const {
    const base::Bytes message = with_context(context, bytes);
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         secret_->data());
    return signature;
}

Digest SigningKey::derive(std::string_view purpose) const {
    Digest out{};
    crypto_generichash(out.data(), out.size(),
                       reinterpret_cast<const std::uint8_t*>(purpose.data()), purpose.size(),
                       secret_->data(), 32);
    return out;
}

base::Status verify(const PublicKey& key, std::string_view context, base::ByteView bytes,
                    base::ByteView signature) {
    const base::Bytes message = with_context(context, bytes);
    if (signature.size() != crypto_sign_BYTES ||
        crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) !=
            0)
        return base::fail(FaultCode::SignatureWrong, std::string(context));
    return {};
}

Record signed_record(Record record, const SigningKey& key, std::string_view context) {
    record.erase("signature");
    const Signature signature = key.sign(context, formats::to_json(record));
    record["signature"] = base::Bytes(signature.begin(), signature.end());
    return record;
}

base::Status verify_record(const Record& record, const PublicKey& key, std::string_view context) {
    Fields fields(record, FaultCode::SignatureWrong, std::string(context));
    const base::Bytes signature = TRY(fields.bytes("signature", 64));
    Record body = record;
    body.erase("signature");
    return verify(key, context, formats::to_json(body), signature);
}

Digest sha256(base::ByteView bytes) {
    Digest out{};
    crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
    return out;
}

base::Bytes keyed_hash(const Digest& key, base::ByteView bytes, std::size_t size) {
    base::Bytes out(size);
    crypto_generichash(out.data(), out.size(), bytes.data(), bytes.size(), key.data(), key.size());
    return out;
}

std::string key_id(const PublicKey& key) {
    std::array<std::uint8_t, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
    return base::to_hex(base::ByteView(hash).first(8));
}

}  // namespace offline::sealing
