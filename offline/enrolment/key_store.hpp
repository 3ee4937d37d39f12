// Where the terminal's signing key lies: in a file, or in a file that only this machine's security
// chip opens. The key is Ed25519 or SM2, which the chips of today's terminals do not compute with,
// so a chip keeps what opens the file; the key itself is in the memory of kiosk-post while it runs.
#pragma once

#include "offline/enrolment/identity.hpp"
#include "offline/enrolment/security_chip.hpp"
#include "offline/sealing/signing.hpp"

#include <memory>

namespace offline::enrolment {

class KeyStore {
  public:
    virtual ~KeyStore() = default;
    virtual papers::wire::KeyStoreKind kind() const = 0;
    // The key as the bytes of its file, and back. KeyStoreUnavailable: the chip does not answer or
    // is another one; KeyAbsent, RealmMismatch: not a key of this terminal.
    virtual base::Result<base::Bytes> closed(const sealing::SigningKey& key,
                                             domain::Realm realm) const = 0;
    virtual base::Result<sealing::SigningKey> open(base::ByteView file,
                                                   domain::Realm realm) const = 0;
};

// The key's file alone, 0600.
const KeyStore& file_key_store();
// `chip` must outlive it.
std::unique_ptr<KeyStore> chip_key_store(SecurityChip& chip);

// The one that this terminal's key is in: what its file says, else what the configuration wants. A
// key that is in a file stays there until the terminal is enrolled anew.
class OwnKeyStore final : public KeyStore {
  public:
    // `tpm`: security_chip.hpp; empty: none here.
    OwnKeyStore(const Places& places, store::Disk& disk);
    papers::wire::KeyStoreKind kind() const override { return used_->kind(); }
    base::Result<base::Bytes> closed(const sealing::SigningKey& key,
                                     domain::Realm realm) const override {
        return used_->closed(key, realm);
    }
    base::Result<sealing::SigningKey> open(base::ByteView file, domain::Realm realm) const override;

  private:
    std::unique_ptr<SecurityChip> chip_;
    std::unique_ptr<KeyStore> in_chip_;
    const KeyStore* used_;
};

}  // namespace offline::enrolment
