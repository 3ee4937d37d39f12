// The intake's side of the seal: its private keys, opening submissions and questions, sealing
// answers. Only the intake and the enrolment include this; kiosk and kiosk-post never hold these
// keys. Pure but for key generation; callable from any thread.
#pragma once

#include "base/secret.hpp"
#include "offline/sealing/signing.hpp"

#include <string>

namespace offline::sealing {

class IntakeKeys {
  public:
    static IntakeKeys generate(domain::Realm realm);
    // KeyAbsent, BytesMalformed.
    static base::Result<IntakeKeys> parse(base::ByteView file);
    base::Bytes as_file() const;

    domain::Realm realm() const { return realm_; }
    const PublicKey& sealing_key() const { return sealing_key_; }
    const SigningKey& receipt_key() const { return receipt_key_; }
    const std::array<std::uint8_t, 32>& sealing_secret() const { return *sealing_secret_; }

  private:
    explicit IntakeKeys(SigningKey receipt_key) : receipt_key_(std::move(receipt_key)) {}
    domain::Realm realm_{};
    PublicKey sealing_key_{};
    base::Secret<std::array<std::uint8_t, 32>> sealing_secret_;
    SigningKey receipt_key_;
};

// SealBroken, RealmMismatch, KeyAbsent.
base::Result<base::Secret<std::string>> open_submission(const IntakeKeys& keys,
                                                        const domain::SubId& sub_id,
                                                        base::ByteView envelope);

struct OpenedQuestion {
    PublicKey reply_to{};
    Digest digest{};  // of the sealed question: the answer is bound to it
    base::Secret<std::string> plaintext;
};
base::Result<OpenedQuestion> open_question(const IntakeKeys& keys, base::ByteView sealed);
base::Result<base::Bytes> seal_answer(const IntakeKeys& keys, const OpenedQuestion& question,
                                      base::ByteView answer);

}  // namespace offline::sealing
