// Where the terminal's signing key lies. The key is Ed25519 or SM2, which security chips of today's
// terminals do not compute with, so a chip can only keep what opens the key's file: the key itself
// is in the memory of kiosk-post while it runs.
#pragma once

#include "offline/enrolment/identity.hpp"
#include "offline/sealing/signing.hpp"

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

}  // namespace offline::enrolment
