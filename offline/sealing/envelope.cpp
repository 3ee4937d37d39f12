#include "offline/sealing/envelope.hpp"

#include "base/assert.hpp"
#include "offline/sealing/signing.hpp"

#include <sodium.h>

#include <algorithm>

namespace offline::sealing::envelope {

namespace {

using base::FaultCode;

constexpr std::size_t head_size = 14;
constexpr std::size_t data_key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t wrapped_size = data_key_size + crypto_box_SEALBYTES;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

base::Bytes head(std::string_view magic, domain::Realm realm, const PublicKey& to) {
    base::Bytes out = base::to_bytes(magic);
    out.push_back(suite_one);
    out.push_back(static_cast<std::uint8_t>(realm));
    const base::Bytes kid = base::from_hex(key_id(to)).value();
    out.insert(out.end(), kid.begin(), kid.end());
    return out;
}

base::Bytes joined(base::ByteView a, base::ByteView b) {
    base::Bytes out(a.begin(), a.end());
    out.insert(out.end(), b.begin(), b.end());
    return out;
}

}  // namespace

base::Result<base::Bytes> padded(base::ByteView content) {
    std::size_t size = smallest_padded;
    while (size < content.size() + 4) size *= 2;
    if (size > largest_padded) return base::fail(FaultCode::BytesMalformed, "envelope: too large");
    base::Bytes out(size);
    for (int i = 0; i < 4; ++i)
        out[static_cast<std::size_t>(i)] =
            static_cast<std::uint8_t>(content.size() >> (24 - 8 * i));
    std::copy(content.begin(), content.end(), out.begin() + 4);
    return out;
}

base::Result<base::Bytes> unpadded(base::ByteView padded_content) {
    if (padded_content.size() < 4) return base::fail(FaultCode::SealBroken, "padding");
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | padded_content[i];
    if (size > padded_content.size() - 4) return base::fail(FaultCode::SealBroken, "padding");
    const auto content = padded_content.subspan(4, size);
    return base::Bytes(content.begin(), content.end());
}

base::Result<Head> head_of(std::string_view magic, base::ByteView sealed) {
    if (sealed.size() < head_size + wrapped_size + nonce_size + tag_size || sealed[5] > 1 ||
        base::as_text(sealed.first(4)) != magic || sealed[4] != suite_one)
        return base::fail(FaultCode::SealBroken, "not an envelope");
    return Head{static_cast<domain::Realm>(sealed[5]), base::to_hex(sealed.subspan(6, 8))};
}

base::Result<base::Bytes> seal(std::string_view magic, domain::Realm realm, const PublicKey& to,
                               base::ByteView bound_to, base::ByteView content) {
    KIOSK_ASSERT(sodium_init() >= 0);
    base::Bytes plain = TRY(padded(content));
    base::Bytes out = head(magic, realm, to);
    const base::Bytes bound = joined(out, bound_to);

    std::array<std::uint8_t, data_key_size> data_key{};
    crypto_aead_xchacha20poly1305_ietf_keygen(data_key.data());
    std::array<std::uint8_t, nonce_size> nonce{};
    randombytes_buf(nonce.data(), nonce.size());

    out.resize(head_size + wrapped_size + nonce_size + plain.size() + tag_size);
    std::uint8_t* at = out.data() + head_size;
    const bool wrapped = crypto_box_seal(at, data_key.data(), data_key.size(), to.data()) == 0;
    at = std::copy(nonce.begin(), nonce.end(), at + wrapped_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(at, nullptr, plain.data(), plain.size(),
                                               bound.data(), bound.size(), nullptr, nonce.data(),
                                               data_key.data());
    sodium_memzero(data_key.data(), data_key.size());
    base::wipe(plain);
    if (!wrapped) return base::fail(FaultCode::KeyAbsent, "sealing key is not usable");
    return out;
}

base::Result<base::Bytes> open(std::string_view magic, domain::Realm realm, const KeyPair& keys,
                               base::ByteView bound_to, base::ByteView sealed) {
    KIOSK_ASSERT(sodium_init() >= 0);
    if (sealed.size() < head_size + wrapped_size + nonce_size + tag_size)
        return base::fail(FaultCode::SealBroken, "envelope: too short");
    const base::Bytes expected = head(magic, realm, keys.public_key);
    const auto found = sealed.first(head_size);
    if (!std::equal(expected.begin(), expected.begin() + 5, found.begin()))
        return base::fail(FaultCode::SealBroken, "envelope: kind");
    if (found[5] != expected[5]) return base::fail(FaultCode::RealmMismatch, "envelope");
    if (!std::equal(expected.begin(), expected.end(), found.begin()))
        return base::fail(FaultCode::KeyAbsent, "envelope: sealed to another key");

    std::array<std::uint8_t, data_key_size> data_key{};
    if (crypto_box_seal_open(data_key.data(), sealed.data() + head_size, wrapped_size,
                             keys.public_key.data(), keys.secret_key.data()) != 0)
        return base::fail(FaultCode::SealBroken, "envelope: data key");
    const base::Bytes bound = joined(found, bound_to);
    const auto nonce = sealed.subspan(head_size + wrapped_size, nonce_size);
    const auto ciphertext = sealed.subspan(head_size + wrapped_size + nonce_size);
    base::Bytes plain(ciphertext.size() - tag_size);
    const bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
                            plain.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                            bound.data(), bound.size(), nonce.data(), data_key.data()) == 0;
    sodium_memzero(data_key.data(), data_key.size());
    if (!opened) return base::fail(FaultCode::SealBroken, "envelope: content");
    auto content = unpadded(plain);
    base::wipe(plain);
    return content;
}

}  // namespace offline::sealing::envelope
