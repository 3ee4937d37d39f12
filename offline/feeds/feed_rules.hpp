// What is asked of the centre and what an answer may change, without a disk and without a network.
// Every refusal is FeedWrong with the reason; nothing that was in use before changes by it. Pure.
#pragma once

#include "offline/papers/feed_contents.hpp"
#include "offline/papers/feed_wire.hpp"

#include <functional>

namespace offline::feeds {

// What a terminal has of one feed.
struct Held {
    std::int64_t version = 0;  // whole and usable; 0: none
    std::int64_t floor = 0;  // the newest that ever was; not above version, unless that is damaged
    sealing::Digest digest{};  // of version's content
    friend bool operator==(const Held&, const Held&) = default;
};

// What to say that we have: one that was damaged is asked for once more.
papers::wire::FeedHave have_of(papers::Feed feed, const Held& held);

// Signed for this feed, realm and terminal.
base::Result<papers::FeedHead> checked_head(base::ByteView head, papers::Feed feed,
                                            const sealing::KeySet& keys,
                                            const std::string& terminal);
// Newer than what is there, and never below what was there.
base::Status checked_version(const papers::FeedHead& head, const Held& held);

// Reads a configuration with its own reader; any fault refuses it whole.
using ConfigurationCheck = std::function<base::Status(base::ByteView toml)>;
// The content that this head names, and one that can be used.
base::Status checked_content(const papers::FeedHead& head, base::ByteView content,
                             const sealing::KeySet& keys, const ConfigurationCheck& check);

// The next slice of a content continues exactly where the last one ended.
base::Status checked_slice(const papers::FeedHead& head, std::int64_t staged,
                           const papers::wire::BlobSlice& slice);

}  // namespace offline::feeds
