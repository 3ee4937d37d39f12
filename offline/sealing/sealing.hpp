// What kiosk may do with keys: seal to the intake, ask sealed questions, verify packs. It holds no
// private key but the one-time key of a question. See offline/sealing/README.md for the byte
// formats. Pure; callable from any thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <string>
#include <vector>

namespace offline::sealing {

// Plaintext ends here. The envelope is padded (1/2/4/8/16/32… KiB) and bound to sub_id and realm;
// it is sealed to the key that the set has for this moment.
base::Result<base::Bytes> seal_submission(const KeySet& keys, base::Instant now,
                                          const domain::SubId& sub_id, base::ByteView plaintext);

// A question sealed to the intake; the answer comes back sealed to a key that dies with this
// object.
class SealedQuestion {
  public:
    static base::Result<SealedQuestion> make(const KeySet& keys, base::Instant now,
                                             base::ByteView plaintext);
    const base::Bytes& bytes() const { return bytes_; }
    base::Result<base::Secret<std::string>> open_answer(base::ByteView sealed) const;

  private:
    SealedQuestion() = default;
    base::Bytes bytes_;
    KeyPair one_time_;
    std::vector<PublicKey> receipt_keys_;  // the intake signs its answers with one of them
    domain::Realm realm_{};
};

// A detached signature over a catalogue pack by one of the key set's pack signers.
base::Status verify_pack(const KeySet& keys, base::ByteView pack, base::ByteView signature);

}  // namespace offline::sealing
