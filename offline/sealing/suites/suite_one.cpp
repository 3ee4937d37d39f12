#include "offline/sealing/suites/suite_one.hpp"

#include "base/assert.hpp"
#include "offline/sealing/suites/openssl_hasher.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <sodium.h>

#include <algorithm>

namespace offline::sealing {

namespace {

using base::Bytes;
using base::ByteView;
using base::FaultCode;

constexpr std::size_t key_bytes = 32;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t record_extra = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr unsigned char last_record = crypto_secretstream_xchacha20poly1305_TAG_FINAL;
constexpr unsigned char one_of_several = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;

class SecretStream {
  protected:
    explicit SecretStream(ByteView bound) : bound_(bound.begin(), bound.end()) {}
    ~SecretStream() { sodium_memzero(&state_, sizeof state_); }
    SecretStream(const SecretStream&) = delete;
    SecretStream& operator=(const SecretStream&) = delete;

    crypto_secretstream_xchacha20poly1305_state state_{};
    Bytes bound_;
};

class SodiumSealer final : private SecretStream, public RecordSealer {
  public:
    SodiumSealer(ByteView data_key, ByteView bound)
        : SecretStream(bound), beginning_(header_bytes) {
        crypto_secretstream_xchacha20poly1305_init_push(&state_, beginning_.data(),
                                                        data_key.data());
    }
    const Bytes& beginning() const override { return beginning_; }
    base::Result<Bytes> seal(ByteView content, bool last) override {
        KIOSK_ASSERT(content.size() == stream_record_bytes);
        Bytes out(content.size() + record_extra);
        crypto_secretstream_xchacha20poly1305_push(&state_, out.data(), nullptr, content.data(),
                                                   content.size(), bound_.data(), bound_.size(),
                                                   last ? last_record : one_of_several);
        return out;
    }

  private:
    Bytes beginning_;
};

class SodiumOpener final : private SecretStream, public RecordOpener {
  public:
    SodiumOpener(ByteView data_key, ByteView bound, ByteView beginning) : SecretStream(bound) {
        crypto_secretstream_xchacha20poly1305_init_pull(&state_, beginning.data(), data_key.data());
    }
    base::Result<Record> open(ByteView record) override {
        if (record.size() != stream_record_bytes + record_extra)
            return base::fail(FaultCode::SealBroken, "stream: record size");
        Record out{Bytes(stream_record_bytes), false};
        unsigned char tag = 0;
        if (crypto_secretstream_xchacha20poly1305_pull(&state_, out.content.data(), nullptr, &tag,
                                                       record.data(), record.size(), bound_.data(),
                                                       bound_.size()) != 0 ||
            (tag != last_record && tag != one_of_several)) {
            base::wipe(out.content);
            return base::fail(FaultCode::SealBroken, "stream: record");
        }
        out.last = tag == last_record;
        return out;
    }
};

class SuiteOne final : public Suite {
  public:
    SuiteOne() { KIOSK_ASSERT(sodium_init() >= 0); }

    SuiteId id() const override { return SuiteId::one; }
    std::size_t public_key_bytes() const override { return key_bytes; }
    std::size_t wrapped_bytes() const override { return key_bytes + crypto_box_SEALBYTES; }
    std::size_t overhead() const override { return nonce_bytes + tag_bytes; }
    std::size_t stream_beginning_bytes() const override { return header_bytes; }
    std::size_t record_overhead() const override { return record_extra; }

    Digest digest(ByteView bytes) const override {
        return openssl::digest_of(openssl::library().sha256, bytes);
    }
    std::unique_ptr<Hasher> hasher() const override {
        return std::make_unique<openssl::OpensslHasher>(openssl::library().sha256);
    }
    Digest mac(ByteView key, ByteView bytes) const override {
        Digest out{};
        crypto_generichash(out.data(), out.size(), bytes.data(), bytes.size(), key.data(),
                           key.size());
        return out;
    }
    std::string key_id(ByteView public_key) const override {
        std::array<std::uint8_t, 16> hash{};
        crypto_generichash(hash.data(), hash.size(), public_key.data(), public_key.size(), nullptr,
                           0);
        return base::to_hex(ByteView(hash).first(8));
    }

    base::Result<KeyPair> new_signing_pair() const override {
        return signing_pair(random(crypto_sign_SEEDBYTES));
    }
    base::Result<KeyPair> new_sealing_pair() const override {
        return sealing_pair(random(crypto_box_SECRETKEYBYTES));
    }
    base::Result<KeyPair> signing_pair(SecretBytes secret) const override {
        if (secret->size() != key_bytes) return base::fail(FaultCode::KeyAbsent, "signing key");
        Bytes expanded(crypto_sign_SECRETKEYBYTES), open_half(key_bytes);
        const WipeAtEnd wipe(expanded);
        crypto_sign_seed_keypair(open_half.data(), expanded.data(), secret->data());
        return KeyPair{{SuiteId::one, std::move(open_half)}, std::move(secret)};
    }
    base::Result<KeyPair> sealing_pair(SecretBytes secret) const override {
        Bytes open_half(key_bytes);
        if (secret->size() != key_bytes ||
            crypto_scalarmult_base(open_half.data(), secret->data()) != 0)
            return base::fail(FaultCode::KeyAbsent, "sealing key");
        return KeyPair{{SuiteId::one, std::move(open_half)}, std::move(secret)};
    }

    base::Result<Signature> sign(const KeyPair& pair, ByteView message) const override {
        // libsodium wants seed and public key side by side.
        KIOSK_ASSERT(pair.secret->size() == key_bytes && pair.public_key.bytes.size() == key_bytes);
        Bytes expanded(crypto_sign_SECRETKEYBYTES);
        const WipeAtEnd wipe(expanded);
        std::copy(pair.public_key.bytes.begin(), pair.public_key.bytes.end(),
                  std::copy(pair.secret->begin(), pair.secret->end(), expanded.begin()));
        Signature signature{};
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             expanded.data());
        return signature;
    }
    bool verify(ByteView public_key, ByteView message, ByteView signature) const override {
        return public_key.size() == key_bytes && signature.size() == crypto_sign_BYTES &&
               crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                           public_key.data()) == 0;
    }

    SecretBytes new_data_key() const override { return random(key_bytes); }
    base::Result<Bytes> wrap(ByteView public_key, ByteView data_key) const override {
        Bytes out(data_key.size() + crypto_box_SEALBYTES);
        if (public_key.size() != key_bytes ||
            crypto_box_seal(out.data(), data_key.data(), data_key.size(), public_key.data()) != 0)
            return base::fail(FaultCode::KeyAbsent, "sealing key is not usable");
        return out;
    }
    base::Result<SecretBytes> unwrap(const KeyPair& pair, ByteView wrapped) const override {
        Bytes out(key_bytes);
        const WipeAtEnd wipe(out);
        if (wrapped.size() != wrapped_bytes() ||
            crypto_box_seal_open(out.data(), wrapped.data(), wrapped.size(),
                                 pair.public_key.bytes.data(), pair.secret->data()) != 0)
            return base::fail(FaultCode::SealBroken, "data key");
        return SecretBytes(std::move(out));
    }

    base::Result<Bytes> seal(ByteView data_key, ByteView bound, ByteView content) const override {
        KIOSK_ASSERT(data_key.size() == key_bytes);
        Bytes out(nonce_bytes + content.size() + tag_bytes);
        randombytes_buf(out.data(), nonce_bytes);
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            out.data() + nonce_bytes, nullptr, content.data(), content.size(), bound.data(),
            bound.size(), nullptr, out.data(), data_key.data());
        return out;
    }
    base::Result<Bytes> open(ByteView data_key, ByteView bound, ByteView sealed) const override {
        KIOSK_ASSERT(data_key.size() == key_bytes);
        if (sealed.size() < overhead()) return base::fail(FaultCode::SealBroken, "content size");
        Bytes out(sealed.size() - overhead());
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(
                out.data(), nullptr, nullptr, sealed.data() + nonce_bytes,
                sealed.size() - nonce_bytes, bound.data(), bound.size(), sealed.data(),
                data_key.data()) != 0)
            return base::fail(FaultCode::SealBroken, "content");
        return out;
    }

    base::Result<std::unique_ptr<RecordSealer>> record_sealer(ByteView data_key,
                                                              ByteView bound) const override {
        KIOSK_ASSERT(data_key.size() == key_bytes);
        return std::unique_ptr<RecordSealer>(std::make_unique<SodiumSealer>(data_key, bound));
    }
    base::Result<std::unique_ptr<RecordOpener>> record_opener(ByteView data_key, ByteView bound,
                                                              ByteView beginning) const override {
        KIOSK_ASSERT(data_key.size() == key_bytes);
        if (beginning.size() != header_bytes)
            return base::fail(FaultCode::SealBroken, "stream: beginning");
        return std::unique_ptr<RecordOpener>(
            std::make_unique<SodiumOpener>(data_key, bound, beginning));
    }

  private:
    static SecretBytes random(std::size_t size) {
        Bytes out(size);
        randombytes_buf(out.data(), out.size());
        return SecretBytes(std::move(out));
    }
};

}  // namespace

const Suite& suite_one() {
    static const SuiteOne one;
    return one;
}

}  // namespace offline::sealing
