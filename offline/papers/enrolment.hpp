// E and N, how a terminal gets its certificate and keeps it good:
//   POST /v1/enrol   EnrolRequest, signed by the invitation's key and by the terminal's new one
//   POST /v1/renew   RenewRequest, signed by the terminal's key under its present certificate
// Both are answered by an Enrolment that the issuer signs, bound to the request's nonce; the issuer
// is verified against the root that the terminal had pinned before it asked. Nothing secret
// travels, so that neither needs TLS. Refusals are words, unsigned: they change nothing at a
// terminal. Pure.
#pragma once

#include "offline/papers/hello.hpp"
#include "offline/papers/invitation.hpp"
#include "offline/papers/local_number.hpp"

#include <optional>
#include <string>

namespace offline::papers::wire {

// What a terminal is, as its technician and the centre speak of it.
enum class Profile { hall, booth, village, station, portable };
std::string_view name(Profile profile);
base::Result<Profile> profile_from(std::string_view text);  // BytesMalformed

enum class KeyStoreKind { file, tpm };
std::string_view name(KeyStoreKind kind);
base::Result<KeyStoreKind> key_store_from(std::string_view text);

// 1 … 64 bytes of UTF-8 without control characters: points, models.
bool is_short_text(std::string_view text);

struct MachineFacts {
    std::string software;  // version
    std::string model;
    std::string machine;  // 16 hex digits of a hash of the machine's id
    KeyStoreKind key_store = KeyStoreKind::file;
};

struct EnrolRequest {
    std::string invitation;  // its number
    Nonce nonce{};
    std::string terminal;  // the number that this machine is configured for
    sealing::PublicKey key;
    base::Bytes tls_request = {};  // PKCS #10; empty: no TLS
    MachineFacts facts;
};
base::Result<base::Bytes> encode(const EnrolRequest& request, const InvitationCode& code,
                                 const sealing::Signer& terminal_key);
// The new key's signature was checked; whether the invitation's key signed, too, is asked with
// proves(), once its row was found.
struct OpenedEnrolRequest {
    EnrolRequest request;
    bool proves(const sealing::PublicKey& invitation_key) const;
    formats::Record record;  // without both signatures
    base::Bytes proof;
};
base::Result<OpenedEnrolRequest> enrol_request(base::ByteView body);

struct RenewRequest {
    base::Bytes certificate;
    Nonce nonce{};
    base::Bytes tls_request = {};
    MachineFacts facts;
};
base::Result<base::Bytes> encode(const RenewRequest& request, const sealing::Signer& terminal_key);
base::Result<FromTerminal<RenewRequest>> renew_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root);

struct Enrolment {
    Nonce nonce{};
    base::Instant server_time{};
    base::Bytes root, issuer, certificate, key_set;  // files
    base::Bytes tls_certificate = {}, tls_ca = {};   // PEM; empty: no TLS
    std::string division;                            // 12 digits
    std::string point;
    Profile profile = Profile::hall;
    // The centre knows numbers of this terminal up to here: those that are given out from now on
    // are above.
    std::int64_t above = 0;
};
base::Result<base::Bytes> encode(const Enrolment& enrolment, const sealing::Signer& issuer_key);

// What the reader holds against an answer.
struct Expected {
    domain::Realm realm{};
    std::string root;  // the pinned root's fingerprint
    Nonce nonce{};
    std::string terminal;
    sealing::PublicKey key;
};
// Everything in it was verified: root, issuer, certificate, key set.
struct Verified {
    Enrolment enrolment;
    sealing::PinnedRoot root;
    sealing::Issuer issuer;
    sealing::TerminalCertificate certificate;
    sealing::KeySet keys;
};
// RootMismatch: the root in it is not the pinned one; SignatureWrong, RealmMismatch, SuiteMismatch,
// KeyAbsent, BytesMalformed (also another nonce, terminal or key).
base::Result<Verified> enrolment(base::ByteView body, const Expected& expected);

// Words of a refusal.
namespace refusal {
inline constexpr const char* wrong_code = "wrong-code";          // 403
inline constexpr const char* used = "used";                      // 409
inline constexpr const char* expired = "expired";                // 410
inline constexpr const char* locked = "locked";                  // 429
inline constexpr const char* live = "live";                      // 409
inline constexpr const char* revoked = "revoked";                // 403
inline constexpr const char* other_terminal = "other-terminal";  // 409
inline constexpr const char* no_enrolment = "no-enrolment";      // 404
}  // namespace refusal

}  // namespace offline::papers::wire
