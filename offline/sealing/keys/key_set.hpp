// The key set: the public keys a realm works with, each with its purpose, suite, name and dates,
// signed by the offline root. It has a version that never goes back; keys that were replaced stay
// in it for what was sealed and signed before, until they are revoked. A terminal that was offline
// for years therefore still delivers, and a stolen key ends with one new set. Pure.
#pragma once

#include "base/clock.hpp"
#include "domain/identifiers.hpp"
#include "offline/formats/record.hpp"
#include "offline/sealing/signing.hpp"

#include <string>
#include <vector>

namespace offline::sealing {

// The offline root's public key, pinned in every program, with the realm it stands for.
struct PinnedRoot {
    domain::Realm realm = domain::Realm::training;
    PublicKey key{};
    static base::Result<PinnedRoot> parse(base::ByteView file);
};

// release: lists of packages; its key belongs to whoever builds them, not to the centre.
enum class KeyPurpose { feed, pack, receipt, seal, terminal_ca, release };
std::string_view name(KeyPurpose purpose);

// One key of the set. The dates are wishes: a key past not_after is still used when there is no
// newer one, because a terminal without a line must go on taking.
struct ListedKey {
    KeyPurpose purpose{};
    PublicKey key;
    base::Instant not_before{}, not_after{};
    std::string kid() const { return key_id(key); }
    std::string text() const;  // its line in the file
    friend bool operator==(const ListedKey&, const ListedKey&) = default;
};

// Of two keys for the same use, which one a program takes at this moment: the newest that has
// begun; before the first one begins, the first. True when the one that begins at `a` comes before
// that at `b`.
bool comes_before(base::Instant a, base::Instant b, base::Instant now);

// What a set says; issue() sorts and signs it. Only the enrolment does.
struct KeySetContent {
    domain::Realm realm{};
    std::int64_t version = 1;
    base::Instant issued_at{};
    std::vector<ListedKey> keys;
    std::vector<std::string> revoked;  // kids
    base::Result<base::Bytes> issue(const Signer& root) const;
    friend bool operator==(const KeySetContent&, const KeySetContent&) = default;
};
// In the order of the file.
KeySetContent sorted(KeySetContent content);
// For a key whose successor nobody planned yet.
inline constexpr base::Instant without_end{base::Millis{253'402'300'799'000}};  // the year 9999

// How a program uses the set: by the suite of its profile and not below the version it saw last.
struct KeyPolicy {
    SuiteId suite = SuiteId::one;
    std::int64_t floor = 0;
};

class KeySet {
  public:
    // SignatureWrong, RealmMismatch, KeyAbsent, BytesMalformed, KeySetOutdated; SuiteMismatch: the
    // national profile under a root that is not.
    static base::Result<KeySet> verify(base::ByteView file, const PinnedRoot& root,
                                       const KeyPolicy& policy);
    // By the root's own suite.
    static base::Result<KeySet> verify(base::ByteView file, const PinnedRoot& root);

    domain::Realm realm() const { return content_.realm; }
    SuiteId suite() const { return suite_; }
    std::int64_t version() const { return content_.version; }
    const KeySetContent& content() const { return content_; }
    // The same set, without these kids: a revocation that came after it was signed.
    KeySet without(const std::vector<std::string>& kids) const;

    // The newest of the profile's suite that has begun; before the first one begins, the first: a
    // clock that fell back does not stop the sealing. KeyAbsent.
    base::Result<PublicKey> sealing_key(base::Instant now) const;
    // Not revoked; also those of long ago.
    std::vector<PublicKey> keys(KeyPurpose purpose) const;
    // KeyUnknown: not in the set, revoked, or for another purpose.
    base::Result<PublicKey> key(KeyPurpose purpose, std::string_view kid) const;

  private:
    KeySet() = default;
    bool is_revoked(const ListedKey& key) const;
    KeySetContent content_;
    std::vector<std::string> withdrawn_;  // kids, sorted
    SuiteId suite_{};
};

// A record that names its key by the fields suite and kid. The signing side puts them in; the
// reading side finds the key, and only one for this purpose and of the profile's suite serves.
base::Result<formats::Record> signed_by_kid(formats::Record record, const Signer& key,
                                            std::string_view context);
// KeyUnknown, SuiteMismatch, SignatureWrong.
base::Status verify_by_kid(const formats::Record& record, const KeySet& keys, KeyPurpose purpose,
                           std::string_view context);

}  // namespace offline::sealing
