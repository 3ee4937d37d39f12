// A list of packages: the programs of one release, as whoever builds them signs it with the realm's
// release key. The release feed carries it to terminals (feed.hpp: release), so that it takes two
// keys, the builder's and the centre's, to change a terminal's programs; a stick carries the same
// file. What a list does not name is not installed; what it names is so by length and digest, so
// where the bytes come from does not matter. A file of canonical JSON:
//   v 1, kind "release", realm, release (the feed's version), software (a word for people),
//   made_at, expires_at (ms), window_from, window_to (minutes of the terminal's day),
//   terminals: beginnings of terminal numbers, none: all; packages, fallback: lines
//   "NAME VERSION ARCHITECTURE LENGTH DIGEST PATH", ascending; suite, kid, signature
// fallback: packages of releases before, to go back to where a terminal does not keep them itself.
// PATH is where the owner's repository has the file, below its address.
// Strict and pure. BytesMalformed, SignatureWrong, KeyUnknown, SuiteMismatch, RealmMismatch.
#pragma once

#include "base/clock.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace offline::papers {

inline constexpr std::size_t release_packages_max = 32;  // of each of the two lists
inline constexpr std::int64_t package_bytes_max = std::int64_t{1} << 30;
inline constexpr std::int64_t release_bytes_max = std::int64_t{2}
                                                  << 30;  // of one release's packages
inline constexpr int minutes_of_a_day = 24 * 60;

struct ReleasePackage {
    std::string name, version, architecture;  // as dpkg has them
    std::int64_t length = 0;
    sealing::Digest digest{};  // of the file, in the suite of the list
    std::string path;
    // What the file is called on a terminal and on a stick: nothing of it comes from a name.
    std::string file_name() const { return base::to_hex(digest) + ".deb"; }
    friend auto operator<=>(const ReleasePackage&, const ReleasePackage&) = default;
};
std::string text(const ReleasePackage& package);
base::Result<ReleasePackage> release_package(std::string_view line);

struct ReleaseList {
    domain::Realm realm{};
    std::int64_t release = 1;
    std::string software;
    base::Instant made_at{}, expires_at{};
    int window_from = 0, window_to = minutes_of_a_day;  // from > to: over midnight
    std::vector<std::string> terminals;
    std::vector<ReleasePackage> packages, fallback;
    sealing::SuiteId suite{};  // of the signature

    base::Result<base::Bytes> issue(const sealing::Signer& release_key) const;
    static base::Result<ReleaseList> verify(base::ByteView file, const sealing::KeySet& keys);
    // The same, without a look at the signature: of a file that was verified when it was taken.
    static base::Result<ReleaseList> read(base::ByteView file);

    bool is_for(std::string_view terminal) const;
    bool is_open(base::Instant now) const;  // by the terminal's clock on the wall
    friend bool operator==(const ReleaseList&, const ReleaseList&) = default;
};

}  // namespace offline::papers
