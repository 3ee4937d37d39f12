// The issuer: a key at the intake that certifies terminals, so that the root can stay offline. The
// root signs once which key that is and for how long; the private key never leaves the intake, and
// the root never sees a terminal. An issuer that is no longer to be believed is named, by its kid,
// in the revocation feed. Pure.
#pragma once

#include "offline/sealing/keys/key_set.hpp"

#include <string>
#include <string_view>

namespace offline::sealing {

inline constexpr std::size_t issuer_bytes_max = 1024;  // its file

struct Validity {
    base::Instant not_before{}, not_after = without_end;
    bool holds(const Validity& other) const {
        return not_before <= other.not_before && other.not_after <= not_after;
    }
    friend bool operator==(const Validity&, const Validity&) = default;
};
// The fields not_before and not_after, in milliseconds.
base::Result<Validity> validity_in(formats::Fields& fields);
void put(formats::Record& record, const Validity& validity);

struct Issuer {
    domain::Realm realm{};
    PublicKey key{};  // of the root's suite: certificates hold for the whole realm
    Validity validity;
    base::Bytes file;  // exactly as signed

    // SignatureWrong, RealmMismatch, SuiteMismatch, BytesMalformed.
    static base::Result<Issuer> verify(base::ByteView file, const PinnedRoot& root);
    static base::Result<Issuer> issue(const Signer& root, domain::Realm realm, const PublicKey& key,
                                      const Validity& validity);
};

// How a person compares a root: the first 20 bytes of its digest in eight groups of four letters of
// the local number's alphabet.
std::string fingerprint(const PinnedRoot& root);
bool is_fingerprint(std::string_view text);
// The root as its file (root.pub).
base::Bytes root_file(const PinnedRoot& root);

}  // namespace offline::sealing
