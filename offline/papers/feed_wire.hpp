// F, the two requests by which a terminal gets feeds. Both are POSTs signed by the terminal like H
// and R: the statuses of a terminal are given to nobody else, and what part of a blob is asked for
// stands inside the signature instead of in a Range header that a proxy may answer by itself.
//   POST /v1/feeds            FeedsRequest → FeedsReply: what is newer than what the terminal has
//   POST /v1/blobs/{digest}   BlobRequest  → BlobSlice: the content's bytes from an offset on
// Pure; BytesMalformed.
#pragma once

#include "offline/papers/feed.hpp"
#include "offline/papers/signed_request.hpp"

#include <vector>

namespace offline::papers::wire {

inline constexpr std::size_t blob_slice_bytes_max = 256 << 10;
// Contents come along with their heads up to here; what is longer is fetched in slices.
inline constexpr std::size_t inline_bytes_max = 512 << 10;

struct FeedHave {
    Feed feed{};
    std::int64_t version = 0;  // 0: nothing
    // Of its content: a terminal that has the same statuses already is not given new ones.
    sealing::Digest digest{};
    friend bool operator==(const FeedHave&, const FeedHave&) = default;
};
struct FeedsRequest {
    base::Bytes certificate;
    // One for every feed that the terminal knows, in the order of all_feeds: an older terminal has
    // to be heard, too, or it could never be brought up to date.
    std::vector<FeedHave> have;
    std::int64_t version_of(Feed feed) const;
};
struct BlobRequest {
    base::Bytes certificate;
    sealing::Digest digest{};
    std::int64_t at = 0;
};
base::Result<base::Bytes> encode(const FeedsRequest& request, const sealing::Signer& terminal_key);
base::Result<FromTerminal<FeedsRequest>> feeds_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root);
base::Result<base::Bytes> encode(const BlobRequest& request, const sealing::Signer& terminal_key);
base::Result<FromTerminal<BlobRequest>> blob_request(base::ByteView body,
                                                     const sealing::PinnedRoot& root);

struct FeedOffer {
    base::Bytes head;
    base::Bytes content;  // empty: to be fetched
    friend bool operator==(const FeedOffer&, const FeedOffer&) = default;
};
struct FeedsReply {
    std::vector<FeedOffer> offers;
    base::Bytes key_set;  // its file; empty: none newer
    friend bool operator==(const FeedsReply&, const FeedsReply&) = default;
};
// At most inline_bytes_max of contents (else a bug).
base::Bytes encode(const FeedsReply& reply);
base::Result<FeedsReply> feeds_reply(base::ByteView body);

struct BlobSlice {
    std::int64_t at = 0;
    std::int64_t length = 0;  // of the whole
    base::Bytes bytes;        // at least one
    friend bool operator==(const BlobSlice&, const BlobSlice&) = default;
};
base::Bytes encode(const BlobSlice& slice);
base::Result<BlobSlice> blob_slice(base::ByteView body);

}  // namespace offline::papers::wire
