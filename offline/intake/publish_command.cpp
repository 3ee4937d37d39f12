#include "offline/intake/publish_command.hpp"

#include "base/clock.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/papers/release_list.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

namespace offline::intake {

base::Result<std::int64_t> publish_from_files(const Publishing& what) {
    using papers::Feed;
    const auto feed = papers::feed_from(what.feed);
    if (!feed || *feed == Feed::status)
        return base::fail(base::FaultCode::FeedWrong, "feed: " + what.feed);
    auto& disk = store::real_disk();
    const std::string feeds_folder = what.folder + "/feeds";
    const auto root = TRY(sealing::read_root(what.root_key, what.realm));
    if (*feed == Feed::key_set) {
        const base::Bytes file = TRY(base::read_file(what.file));
        return publish_key_set(feeds_folder, root, file, disk);
    }
    // A floor of its own: the server may be writing its own at this moment.
    // The newest set, also one that was published and is not on this machine's own file yet.
    const auto trust = TRY(feeds::read_trust_and_feeds(
        {what.root_key, what.key_set, what.folder + "/publish_key_set_floor"}, feeds_folder,
        what.realm, root.key.suite, {}));
    base::Bytes key_file = TRY(base::read_file(what.key));
    const sealing::WipeAtEnd wipe(key_file);
    const auto key = TRY(sealing::SigningKey::parse(key_file, "feed-key", what.realm));
    const base::SystemClock clock;
    base::Bytes content;
    std::int64_t version = 0;
    if (*feed == Feed::pack) {
        // Linted here: what no terminal could use is not given to any.
        const auto pack = TRY(catalogue::load_pack(
            what.file, what.realm, 0, [&](base::ByteView bytes, base::ByteView signature) {
                return sealing::verify_pack(trust.keys, bytes, signature);
            }));
        version = pack.version;
        const base::Bytes signature = TRY(base::read_file(what.file + "/pack.sig"));
        const base::Bytes bytes = TRY(base::read_file(what.file + "/pack.json"));
        content = papers::encode_pack_content(signature, bytes);
    } else {
        content = TRY(base::read_file(what.file));
        if (*feed == Feed::release) version = TRY(papers::ReleaseList::read(content)).release;
        if (*feed == Feed::revocation)
            content = TRY(revocations_from(base::as_text(content), clock.now()));
    }
    const Publication publication{feeds_folder, trust.keys, clock.now(),
                                  base::Millis{what.good_for_days * 86'400'000}};
    return publish(publication, *feed, version, content, key, what.check_configuration, disk);
}

}  // namespace offline::intake
