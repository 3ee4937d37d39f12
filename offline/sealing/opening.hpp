// The intake's side of the seal: its private keys, opening submissions and questions, sealing
// answers. Only the intake and the enrolment include this; kiosk and kiosk-post never hold these
// keys. Pure but for key generation; callable from any thread.
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <string>
#include <vector>

namespace offline::sealing {

// Sealing and receipt keys of one or both suites. A rotation adds new ones; the old ones stay and
// open what was sealed to them, however long a terminal was away.
class IntakeKeys {
  public:
    static IntakeKeys generate(domain::Realm realm, SuiteId suite = SuiteId::one);
    // A new sealing and a new receipt key, used from then on.
    void rotate(SuiteId suite, base::Instant not_before);
    // KeyAbsent, BytesMalformed.
    static base::Result<IntakeKeys> parse(base::ByteView file);
    base::Bytes as_file() const;

    domain::Realm realm() const { return realm_; }
    // The pair an envelope names. KeyUnknown.
    base::Result<KeyPair> sealing_pair(std::string_view kid) const;
    // The newest of this suite that has begun; before the first one begins, the first. KeyAbsent.
    base::Result<SigningKey> receipt_key(SuiteId suite, base::Instant now) const;
    // Their public halves, as they stand in a key set.
    std::vector<ListedKey> listed() const;
    // A keyed digest that only the intake can compute, to find a person again.
    Digest index(base::ByteView bytes) const;

  private:
    struct Held {
        KeyPurpose purpose{};
        base::Instant not_before{};
        KeyPair pair;
    };
    IntakeKeys() = default;
    domain::Realm realm_{};
    SuiteId index_suite_{};
    SecretBytes index_secret_;
    std::vector<Held> held_;
};

// SealBroken, RealmMismatch, KeyUnknown.
base::Result<base::Secret<std::string>> open_submission(const IntakeKeys& keys,
                                                        const domain::SubId& sub_id,
                                                        base::ByteView envelope);

struct OpenedQuestion {
    PublicKey reply_to{};
    Digest digest{};  // of the sealed question: the answer is bound to it
    base::Secret<std::string> plaintext;
};
base::Result<OpenedQuestion> open_question(const IntakeKeys& keys, base::ByteView sealed);
// In the suite of the question.
base::Result<base::Bytes> seal_answer(const IntakeKeys& keys, base::Instant now,
                                      const OpenedQuestion& question, base::ByteView answer);

}  // namespace offline::sealing
