// Who may look after terminals of a realm: labels, never names. What a technician knows and holds
// (card number and PIN) stands in it as argon2id with a salt of its own, so a copied file gives
// nobody a PIN without trying each one at a tenth of a second. Signed by the key that signs feeds.
// A file of canonical JSON:
//   v 1, kind "technicians", realm, version, issued_at, valid_until (ms), suite, kid, signature,
//   entries: lines "LABEL SALT HASH RIGHTS VALID_UNTIL", salt and hash in hexadecimal, rights as
//   words with a comma between them or "-", ascending by label.
// Strict and pure but for matching(), which takes a tenth of a second per entry: no thread that
// draws. BytesMalformed, SignatureWrong, KeyUnknown, RealmMismatch, RosterOutdated.
#pragma once

#include "domain/technician.hpp"
#include "offline/sealing/keys/key_set.hpp"
#include "offline/sealing/password.hpp"

namespace offline::papers {

struct RosterEntry {
    domain::Technician technician;
    sealing::Salt salt{};
    sealing::Digest hash{};
    base::Instant valid_until{};
    friend bool operator==(const RosterEntry&, const RosterEntry&) = default;
};
inline constexpr std::size_t roster_entries_max = 64;
inline constexpr std::size_t roster_bytes_max = 64u << 10;

struct TechnicianRoster {
    domain::Realm realm{};
    std::int64_t version = 1;
    base::Instant issued_at{}, valid_until{};
    std::vector<RosterEntry> entries;

    base::Result<base::Bytes> issue(const sealing::Signer& key) const;
    // Of this realm, signed by a key for feeds, not below the version that was seen last and not
    // past its own end.
    static base::Result<TechnicianRoster> verify(base::ByteView file, const sealing::KeySet& keys,
                                                 std::int64_t floor, base::Instant now);
    // Whose card and PIN these are; TechnicianRefused, also for an entry that has expired. All
    // entries are tried whichever fits, so the time says nothing.
    base::Result<domain::Technician> matching(const base::SecretText& card_number,
                                              const base::SecretText& pin, base::Instant now) const;
    friend bool operator==(const TechnicianRoster&, const TechnicianRoster&) = default;
};

// An entry as the centre makes it.
base::Result<RosterEntry> roster_entry(domain::Technician technician,
                                       const base::SecretText& card_number,
                                       const base::SecretText& pin, const sealing::Salt& salt,
                                       base::Instant valid_until);

}  // namespace offline::papers
