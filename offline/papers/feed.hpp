// Feeds: what the centre has for terminals, in versions that never go back. A version is a signed
// head and a content that the head names by digest and length; whoever has both believes the
// content as much as the head's signer.
//   pack           a catalogue pack with its own signature inside    signed by a feed key
//   revocation     terminals and keys that are not to be believed    signed by a feed key
//   configuration  values of an allow-list of keys                   signed by a feed key
//   status         where this terminal's submissions are             signed by a receipt key: it is
//                  between one terminal and the centre, made by the intake itself at any time
//   release        a list of packages with its own signature inside  signed by a feed key: it
//                  takes both keys, the builder's and the centre's, to change a terminal's programs
//   key_set        the key set's own file; the root's signature in it is all, so that a new feed
//                  key can come with it. It has no head.
//
// Files: terminal and centre keep a version as one file, FEED-VERSION.feed (four bytes length of
// the head, the head, the content) or key_set-VERSION.json, so that cursor and content can only
// change together. Pure.
#pragma once

#include "base/clock.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace offline::papers {

enum class Feed { pack, status, revocation, configuration, key_set, release };
inline constexpr std::array all_feeds{Feed::pack,          Feed::status,  Feed::revocation,
                                      Feed::configuration, Feed::key_set, Feed::release};
// What programs before the release feed know: the first of all_feeds.
inline constexpr std::size_t feeds_at_least = 5;
std::string_view name(Feed feed);
std::optional<Feed> feed_from(std::string_view name);
// The longest content that this feed can have.
std::size_t content_bytes_max(Feed feed);
inline constexpr std::size_t feed_head_bytes_max = 2048;
inline constexpr std::int64_t feed_version_max = std::int64_t{1} << 53;

struct FeedHead {
    domain::Realm realm{};
    Feed feed{};           // never key_set
    std::string terminal;  // whose; empty: every terminal's. Statuses have one, packs have none
    std::int64_t version = 1;
    std::int64_t previous = 0;  // the version before; 0: the first
    base::Instant issued_at{};
    base::Instant soft_expiry{};  // "may be outdated" from then on; the epoch: never
    sealing::Digest digest{};     // of the content, in the suite of the signature
    std::int64_t length = 0;      // of the content
    sealing::SuiteId suite{};     // of the signature

    base::Result<base::Bytes> sign(const sealing::Signer& key) const;  // with this key's suite
    // SignatureWrong, KeyUnknown (also a key for something else), RealmMismatch, BytesMalformed.
    static base::Result<FeedHead> verify(base::ByteView file, const sealing::KeySet& keys);
    // The same, without a look at the signature: of a file that was verified when it was taken.
    static base::Result<FeedHead> read(base::ByteView file);

    bool is_of(base::ByteView content) const;
    bool is_outdated(base::Instant now) const {
        return soft_expiry != base::Instant{} && now >= soft_expiry;
    }
    friend bool operator==(const FeedHead&, const FeedHead&) = default;
};

// FEED-VERSION.feed. BytesMalformed for what is not one.
base::Bytes feed_file_beginning(base::ByteView head);  // the content follows
struct FeedFile {
    base::ByteView head, content;  // into the bytes that were read
};
base::Result<FeedFile> feed_file(base::ByteView bytes);

std::string feed_file_name(Feed feed, std::int64_t version);
struct FeedFileName {
    Feed feed{};
    std::int64_t version = 0;
    friend bool operator==(const FeedFileName&, const FeedFileName&) = default;
};
std::optional<FeedFileName> feed_file_name_from(std::string_view name);

}  // namespace offline::papers
