// The folder in which kiosk-post keeps what came by feeds, as every program reads it: each one
// verifies for itself and keeps its own floor, because the post is trusted with delivery only.
// Reads files; no store, no network. A folder that is not there holds nothing.
#pragma once

#include "offline/papers/feed.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/sealing/keys/trust.hpp"

#include <string>
#include <vector>

namespace offline::feeds {

// The versions that are there, the newest first.
std::vector<std::int64_t> staged_versions(const std::string& folder, papers::Feed feed);

struct Staged {
    papers::FeedHead head;
    base::Bytes content;
};
// FeedWrong: the head is not signed as it must be, or is of another version, realm or terminal, or
// the content is not the one that it names. The fault of reading the file.
base::Result<Staged> read_staged(const std::string& folder, papers::Feed feed, std::int64_t version,
                                 const sealing::KeySet& keys, const std::string& terminal);
// The newest one that verifies and is not below `floor`; none: AnswerNotFound.
base::Result<Staged> newest_staged(const std::string& folder, papers::Feed feed, std::int64_t floor,
                                   const sealing::KeySet& keys, const std::string& terminal);

// read_trust() with the newest key set that verifies, be it the file of the enrolment or one that
// came since, and without the keys that a revocation withdrew.
base::Result<sealing::Trust> read_trust_and_feeds(const sealing::TrustFiles& files,
                                                  const std::string& folder, domain::Realm realm,
                                                  sealing::SuiteId suite,
                                                  const std::string& terminal);

}  // namespace offline::feeds
