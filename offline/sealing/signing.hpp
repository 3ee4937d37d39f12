// Signing keys and signatures. Every signature is made over a context word, a zero byte and the
// bytes, so a signature made for one purpose never serves another; the key says which suite.
// Private keys live in Secret<>. Pure but for key generation; callable from any thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "offline/formats/record.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <string_view>

namespace offline::sealing {

// The purposes a signature can have.
namespace context {
inline constexpr std::string_view key_set = "cw-key-set-2";
inline constexpr std::string_view certificate = "cw-terminal-certificate-3";
inline constexpr std::string_view issuer = "cw-issuer-1";
inline constexpr std::string_view issued_certificate = "cw-terminal-certificate-4";
inline constexpr std::string_view invitation_proof = "cw-invitation-proof-1";
inline constexpr std::string_view enrolment_request = "cw-enrolment-request-1";
inline constexpr std::string_view enrolment = "cw-enrolment-1";
inline constexpr std::string_view pack = "cw-pack-1";
inline constexpr std::string_view manifest = "cw-manifest-2";
inline constexpr std::string_view request = "cw-request-2";
inline constexpr std::string_view centre_receipt = "cw-centre-receipt-2";
inline constexpr std::string_view hello = "cw-hello-3";
inline constexpr std::string_view answer = "cw-answer-1";
inline constexpr std::string_view receipt_code = "cw-receipt-code-1";
inline constexpr std::string_view feed = "cw-feed-1";
inline constexpr std::string_view release = "cw-release-1";
inline constexpr std::string_view service_record = "cw-service-record-1";
inline constexpr std::string_view service_record_kept = "cw-service-record-kept-1";
inline constexpr std::string_view technicians = "cw-technicians-1";
inline constexpr std::string_view maintenance = "cw-maintenance-1";
inline constexpr std::string_view heartbeat = "cw-heartbeat-1";
inline constexpr std::string_view heartbeat_taken = "cw-heartbeat-taken-1";
inline constexpr std::string_view command = "cw-command-1";
inline constexpr std::string_view support_bundle = "cw-support-bundle-1";
}  // namespace context

// Whatever holds a signing key: a file here, a security chip elsewhere. Signing can fail
// (KeyAbsent).
class Signer {
  public:
    virtual ~Signer() = default;
    virtual const PublicKey& public_key() const = 0;
    virtual base::Result<Signature> sign(std::string_view context, base::ByteView bytes) const = 0;
};

class SigningKey final : public Signer {
  public:
    // Ends the program when the machine has no random numbers.
    static SigningKey generate(SuiteId suite = SuiteId::one);
    static base::Result<SigningKey> from_secret(SuiteId suite, SecretBytes secret);
    // A key file of this kind and realm. KeyAbsent when it is not one, RealmMismatch.
    static base::Result<SigningKey> parse(base::ByteView file, std::string_view kind,
                                          domain::Realm realm);
    base::Bytes as_file(std::string_view kind, domain::Realm realm) const;

    const PublicKey& public_key() const override { return pair_.public_key; }
    base::Result<Signature> sign(std::string_view context, base::ByteView bytes) const override;
    // A key of 32 bytes that only the holder of this key can derive, for tokens.
    Digest derive(std::string_view purpose) const;
    const SecretBytes& secret() const { return pair_.secret; }

  private:
    explicit SigningKey(KeyPair pair) : pair_(std::move(pair)) {}
    KeyPair pair_;
};

// SignatureWrong.
base::Status verify(const PublicKey& key, std::string_view context, base::ByteView bytes,
                    base::ByteView signature);

// The field "signature" of a record, over the canonical JSON of all other fields.
base::Result<formats::Record> signed_record(formats::Record record, const Signer& key,
                                            std::string_view context);
base::Status verify_record(const formats::Record& record, const PublicKey& key,
                           std::string_view context);

// A public key in a record: the field "suite" and the bytes.
base::Result<PublicKey> public_key_in(formats::Fields& fields, const std::string& name);
base::Result<SuiteId> suite_in(formats::Fields& fields);

}  // namespace offline::sealing
