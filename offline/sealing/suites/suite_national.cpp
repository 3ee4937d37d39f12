#include "offline/sealing/suites/suite_national.hpp"

#include "base/assert.hpp"
#include "offline/sealing/suites/openssl_hasher.hpp"
#include "offline/sealing/suites/sm2_cipher.hpp"
#include "offline/sealing/suites/sm2_keys.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>

namespace offline::sealing {

namespace {

using base::Bytes;
using base::ByteView;
using base::FaultCode;
using openssl::library;

constexpr std::size_t sm4_key = 16, mac_key = 32, data_key_size = sm4_key + mac_key;
constexpr std::size_t iv_bytes = 16, tag_bytes = 32;

Bytes random(std::size_t size) {
    Bytes out(size);
    KIOSK_ASSERT(RAND_priv_bytes_ex(library().context, out.data(), size, 0) == 1);
    return out;
}

std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
    std::array<std::uint8_t, 8> out{};
    for (auto it = out.rbegin(); it != out.rend(); ++it, number >>= 8)
        *it = static_cast<std::uint8_t>(number);
    return out;
}

bool same(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// SM4-CTR runs on through all records; each ends with an HMAC over what it is bound to, its place
// and whether it is the last, so records can neither move nor be missing.
class RecordCipher {
  protected:
    RecordCipher(ByteView data_key, ByteView bound, ByteView iv)
        : cipher_(data_key.first(sm4_key), iv),
          mac_key_(Bytes(data_key.begin() + sm4_key, data_key.end())),
          bound_(bound.begin(), bound.end()),
          iv_(iv.begin(), iv.end()) {}
    Digest tag(std::uint8_t flag, ByteView ciphertext) const {
        return openssl::hmac_sm3(*mac_key_, {big_endian(bound_.size()), bound_, iv_,
                                             big_endian(counter_), ByteView(&flag, 1), ciphertext});
    }

    openssl::Sm4Ctr cipher_;
    SecretBytes mac_key_;
    Bytes bound_, iv_;
    std::uint64_t counter_ = 0;
};

class NationalSealer final : private RecordCipher, public RecordSealer {
  public:
    NationalSealer(ByteView data_key, ByteView bound, Bytes iv)
        : RecordCipher(data_key, bound, iv) {}
    const Bytes& beginning() const override { return iv_; }
    base::Result<Bytes> seal(ByteView content, bool last) override {
        KIOSK_ASSERT(content.size() == stream_record_bytes);
        Bytes out(1 + content.size() + tag_bytes);
        out[0] = last ? 1 : 0;
        cipher_.apply(content, out.data() + 1);
        const Digest proof = tag(out[0], ByteView(out).subspan(1, content.size()));
        std::copy(proof.begin(), proof.end(), out.end() - tag_bytes);
        ++counter_;
        return out;
    }
};

class NationalOpener final : private RecordCipher, public RecordOpener {
  public:
    NationalOpener(ByteView data_key, ByteView bound, ByteView iv)
        : RecordCipher(data_key, bound, iv) {}
    base::Result<Record> open(ByteView record) override {
        const auto broken = [] { return base::fail(FaultCode::SealBroken, "stream: record"); };
        if (record.size() != 1 + stream_record_bytes + tag_bytes || record[0] > 1) return broken();
        const ByteView ciphertext = record.subspan(1, stream_record_bytes);
        if (!same(tag(record[0], ciphertext), record.last(tag_bytes))) return broken();
        Record out{Bytes(stream_record_bytes), record[0] == 1};
        cipher_.apply(ciphertext, out.content.data());
        ++counter_;
        return out;
    }
};

class SuiteNational final : public Suite {
  public:
    SuiteId id() const override { return SuiteId::national; }
    std::size_t public_key_bytes() const override { return 64; }
    std::size_t wrapped_bytes() const override { return sm2_raw_overhead + data_key_size; }
    std::size_t overhead() const override { return iv_bytes + tag_bytes; }
    std::size_t stream_beginning_bytes() const override { return iv_bytes; }
    std::size_t record_overhead() const override { return 1 + tag_bytes; }

    Digest digest(ByteView bytes) const override {
        return openssl::digest_of(library().sm3, bytes);
    }
    std::unique_ptr<Hasher> hasher() const override {
        return std::make_unique<openssl::OpensslHasher>(library().sm3);
    }
    Digest mac(ByteView key, ByteView bytes) const override {
        return openssl::hmac_sm3(key, {bytes});
    }
    std::string key_id(ByteView public_key) const override {
        return base::to_hex(ByteView(digest(public_key)).first(8));
    }

    base::Result<KeyPair> new_signing_pair() const override { return sm2::new_pair(); }
    base::Result<KeyPair> new_sealing_pair() const override { return sm2::new_pair(); }
    base::Result<KeyPair> signing_pair(SecretBytes secret) const override {
        return sm2::pair_from(std::move(secret));
    }
    base::Result<KeyPair> sealing_pair(SecretBytes secret) const override {
        return sm2::pair_from(std::move(secret));
    }
    base::Result<Signature> sign(const KeyPair& pair, ByteView message) const override {
        return sm2::sign(pair, message);
    }
    bool verify(ByteView public_key, ByteView message, ByteView signature) const override {
        return sm2::verify(public_key, message, signature);
    }

    SecretBytes new_data_key() const override { return SecretBytes(random(data_key_size)); }
    base::Result<Bytes> wrap(ByteView public_key, ByteView data_key) const override {
        return sm2::encrypt(public_key, data_key);
    }
    base::Result<SecretBytes> unwrap(const KeyPair& pair, ByteView wrapped) const override {
        if (wrapped.size() != wrapped_bytes()) return base::fail(FaultCode::SealBroken, "data key");
        return sm2::decrypt(pair, wrapped);
    }

    // iv | SM4-CTR | HMAC-SM3 over length of bound (8), bound, iv and ciphertext.
    base::Result<Bytes> seal(ByteView data_key, ByteView bound, ByteView content) const override {
        KIOSK_ASSERT(data_key.size() == data_key_size);
        Bytes out = random(iv_bytes);
        out.resize(iv_bytes + content.size() + tag_bytes);
        openssl::Sm4Ctr(data_key.first(sm4_key), ByteView(out).first(iv_bytes))
            .apply(content, out.data() + iv_bytes);
        const Digest proof = tag(data_key, bound, ByteView(out).first(iv_bytes + content.size()));
        std::copy(proof.begin(), proof.end(), out.end() - tag_bytes);
        return out;
    }
    base::Result<Bytes> open(ByteView data_key, ByteView bound, ByteView sealed) const override {
        KIOSK_ASSERT(data_key.size() == data_key_size);
        if (sealed.size() < overhead()) return base::fail(FaultCode::SealBroken, "content size");
        const ByteView covered = sealed.first(sealed.size() - tag_bytes);
        if (!same(tag(data_key, bound, covered), sealed.last(tag_bytes)))
            return base::fail(FaultCode::SealBroken, "content");
        Bytes out(covered.size() - iv_bytes);
        openssl::Sm4Ctr(data_key.first(sm4_key), sealed.first(iv_bytes))
            .apply(covered.subspan(iv_bytes), out.data());
        return out;
    }

    base::Result<std::unique_ptr<RecordSealer>> record_sealer(ByteView data_key,
                                                              ByteView bound) const override {
        KIOSK_ASSERT(data_key.size() == data_key_size);
        return std::unique_ptr<RecordSealer>(
            std::make_unique<NationalSealer>(data_key, bound, random(iv_bytes)));
    }
    base::Result<std::unique_ptr<RecordOpener>> record_opener(ByteView data_key, ByteView bound,
                                                              ByteView beginning) const override {
        KIOSK_ASSERT(data_key.size() == data_key_size);
        if (beginning.size() != iv_bytes)
            return base::fail(FaultCode::SealBroken, "stream: beginning");
        return std::unique_ptr<RecordOpener>(
            std::make_unique<NationalOpener>(data_key, bound, beginning));
    }

  private:
    static Digest tag(ByteView data_key, ByteView bound, ByteView covered) {
        return openssl::hmac_sm3(data_key.subspan(sm4_key),
                                 {big_endian(bound.size()), bound, covered});
    }
};

}  // namespace

const Suite& suite_national() {
    static const SuiteNational national;
    return national;
}

}  // namespace offline::sealing
