// What kiosk may do with keys: verify what the offline root signed, seal to the intake, ask sealed
// questions. It holds no private key but the one-time key of a question. Suite I (libsodium):
// see offline/sealing/README.md for the byte formats. Pure; callable from any thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"

#include <array>
#include <memory>
#include <string>

namespace offline::sealing {

using PublicKey = std::array<std::uint8_t, 32>;

// The offline root's Ed25519 public key, pinned in the terminal, with the realm it stands for.
struct PinnedRoot {
    domain::Realm realm = domain::Realm::training;
    PublicKey key{};
    static base::Result<PinnedRoot> parse(base::ByteView file);
};

// Keys the root signed: the intake's sealing key, the intake's receipt key, the pack signer.
class KeySet {
  public:
    // SignatureWrong, RealmMismatch, KeyAbsent, BytesMalformed.
    static base::Result<KeySet> verify(base::ByteView file, const PinnedRoot& root);

    domain::Realm realm() const { return realm_; }
    const std::string& sealing_kid() const { return sealing_kid_; }
    const PublicKey& sealing_key() const { return sealing_key_; }
    const PublicKey& receipt_key() const { return receipt_key_; }
    const PublicKey& pack_key() const { return pack_key_; }

  private:
    KeySet() = default;
    domain::Realm realm_{};
    std::string sealing_kid_;
    PublicKey sealing_key_{}, receipt_key_{}, pack_key_{};
};

// Plaintext ends here. The envelope is padded (1/2/4/8/16/32… KiB) and bound to sub_id and realm.
base::Result<base::Bytes> seal_submission(const KeySet& keys, const domain::SubId& sub_id,
                                          base::ByteView plaintext);

// A question sealed to the intake; the answer comes back sealed to a key that dies with this
// object.
class SealedQuestion {
  public:
    static base::Result<SealedQuestion> make(const KeySet& keys, base::ByteView plaintext);
    const base::Bytes& bytes() const { return bytes_; }
    base::Result<base::Secret<std::string>> open_answer(base::ByteView sealed) const;

  private:
    SealedQuestion() = default;
    base::Bytes bytes_;
    base::Secret<std::array<std::uint8_t, 64>> one_time_keys_;  // public, secret
    PublicKey receipt_key_{};  // the intake signs its answers with it
    domain::Realm realm_{};
};

// A detached Ed25519 signature over a catalogue pack by the key set's pack signer.
base::Status verify_pack(const KeySet& keys, base::ByteView pack, base::ByteView signature);

}  // namespace offline::sealing
