#include "offline/intake/revocation_publishing.hpp"

#include "offline/feeds/staged.hpp"
#include "offline/intake/feed_publishing.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::intake {

base::Result<std::int64_t> publish_revocations(const Site& site, const std::string& feed_key,
                                               base::Instant now) {
    using papers::Feed;
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    const auto trust = TRY(feeds::read_trust_and_feeds(
        {site.root_key, site.key_set, site.folder + "/publish_key_set_floor"}, site.feeds_folder(),
        site.realm, root.key.suite, {}));
    base::Bytes key_file = TRY(base::read_file(feed_key));
    const sealing::WipeAtEnd wipe(key_file);
    const auto key = TRY(sealing::SigningKey::parse(key_file, "feed-key", site.realm));
    papers::Revocations all;
    if (!feeds::staged_versions(site.feeds_folder(), Feed::revocation).empty()) {
        // One that is there and does not read is not written over.
        const auto before =
            TRY(feeds::newest_staged(site.feeds_folder(), Feed::revocation, 0, trust.keys, {}));
        all = TRY(papers::revocations(before.content));
    }
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const auto ended = TRY(store->book().revoked());
    for (const auto& one : ended) {
        const auto there = std::ranges::find(all.terminals, one.certificate,
                                             &papers::RevokedTerminal::certificate);
        // An operator may have raised the number by hand, for what was found right.
        if (there == all.terminals.end())
            all.terminals.push_back(one);
        else
            there->last_seq = std::max(there->last_seq, one.last_seq);
    }
    const Publication publication{site.feeds_folder(), trust.keys, now, {}};
    return publish(publication, Feed::revocation, 0, papers::encode(all), key, {},
                   store::real_disk());
}

}  // namespace offline::intake
