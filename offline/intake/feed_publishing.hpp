// Publishing: the operator's step that makes a version of a feed. It is checked as a terminal will
// check it, signed with the feed key, and put into the folder of the desk whole or not at all; a
// server that runs gives it from then on. Versions never go back here either. Faults: FeedWrong
// with the reason, those of the keys and of the disk.
#pragma once

#include "base/clock.hpp"
#include "offline/feeds/feed_rules.hpp"
#include "offline/papers/feed.hpp"
#include "offline/store/disk.hpp"

#include <optional>
#include <string>

namespace offline::intake {

struct Publication {
    std::string folder;
    sealing::KeySet keys;
    base::Instant now{};
    base::Millis good_for{};  // until it may be outdated; 0: always
};

// The content of the feed as terminals get it. The version: the pack's own, or 0 for the next.
base::Result<std::int64_t> publish(const Publication& publication, papers::Feed feed,
                                   std::int64_t version, base::ByteView content,
                                   const sealing::Signer& feed_key,
                                   const feeds::ConfigurationCheck& check, store::Disk& disk);
// A key set signed by the root; its own version.
base::Result<std::int64_t> publish_key_set(const std::string& folder,
                                           const sealing::PinnedRoot& root, base::ByteView file,
                                           store::Disk& disk);

// What an operator writes, one line each, "#" begins a comment:
//   terminal CERTIFICATE_ID LAST_SEQ     kid KID
// FeedWrong: the line that is not one.
base::Result<base::Bytes> revocations_from(std::string_view lines, base::Instant now);

}  // namespace offline::intake
