#include "offline/feeds/feed_rules.hpp"

#include "offline/papers/release_list.hpp"
#include "offline/sealing/sealing.hpp"

#include <algorithm>

namespace offline::feeds {

namespace {

using base::FaultCode;
using papers::Feed;

tl::unexpected<base::Fault> wrong(std::string why) {
    return base::fail(FaultCode::FeedWrong, std::move(why));
}

// Its own reader says whether it can be used.
base::Status usable(const papers::FeedHead& head, base::ByteView content,
                    const sealing::KeySet& keys, const ConfigurationCheck& check) {
    switch (head.feed) {
        case Feed::pack: {
            const auto pack = TRY(papers::pack_content(content));
            return sealing::verify_pack(keys, pack.pack, pack.signature);
        }
        case Feed::status:
            TRY(papers::statuses(content));
            return {};
        case Feed::revocation:
            TRY(papers::revocations(content));
            return {};
        case Feed::configuration:
            return check ? check(content)
                         : base::fail(FaultCode::ConfigInvalid, "no configuration is taken here");
        case Feed::release: {
            // Head and list come from two keys; neither may be put together with another one.
            const auto list = TRY(papers::ReleaseList::verify(content, keys));
            return list.release == head.version
                       ? base::Status{}
                       : base::fail(FaultCode::ReleaseWrong, "another release");
        }
        case Feed::key_set:
            break;
    }
    return base::fail(FaultCode::BytesMalformed, "a key set has no head");
}

}  // namespace

papers::wire::FeedHave have_of(Feed feed, const Held& held) {
    if (held.version >= held.floor) return {feed, held.version, held.digest};
    return {feed, std::max<std::int64_t>(0, held.floor - 1), {}};
}

base::Result<papers::FeedHead> checked_head(base::ByteView bytes, Feed feed,
                                            const sealing::KeySet& keys,
                                            const std::string& terminal) {
    const auto head = papers::FeedHead::verify(bytes, keys);
    if (!head)
        return wrong(std::string(base::name(head.error().code)) + " " + head.error().safe_detail);
    if (head->feed != feed) return wrong("another feed");
    if (!head->terminal.empty() && head->terminal != terminal) return wrong("another terminal");
    return *head;
}

base::Status checked_version(const papers::FeedHead& head, const Held& held) {
    if (head.version <= held.version || head.version < held.floor)
        return wrong("version " + std::to_string(head.version) + " after " +
                     std::to_string(std::max(held.version, held.floor)));
    return {};
}

base::Status checked_content(const papers::FeedHead& head, base::ByteView content,
                             const sealing::KeySet& keys, const ConfigurationCheck& check) {
    if (!head.is_of(content)) return wrong("another content");
    if (const auto can = usable(head, content, keys, check); !can)
        return wrong(std::string(base::name(can.error().code)) + " " + can.error().safe_detail);
    return {};
}

base::Status checked_slice(const papers::FeedHead& head, std::int64_t staged,
                           const papers::wire::BlobSlice& slice) {
    if (slice.length != head.length || slice.at != staged) return wrong("slice of another content");
    return {};
}

}  // namespace offline::feeds
