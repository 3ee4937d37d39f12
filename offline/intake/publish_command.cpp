#include "offline/intake/publish_command.hpp"

#include "base/clock.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/intake/feed_publishing.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/overrides.hpp"

namespace offline::intake {

std::string feeds_folder(const provisioning::config::Config& config) {
    return config.intake.folder + "/feeds";
}

base::Result<std::int64_t> publish_from_files(const provisioning::config::Config& config,
                                              const std::string& config_path,
                                              const Publishing& arguments) {
    using offline::papers::Feed;
    const auto feed = offline::papers::feed_from(arguments.feed);
    if (!feed || *feed == Feed::status)
        return base::fail(base::FaultCode::FeedWrong, "feed: " + arguments.feed);
    auto& disk = offline::store::real_disk();
    const auto root = TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm));
    if (*feed == Feed::key_set) {
        const base::Bytes file = TRY(base::read_file(arguments.file));
        return publish_key_set(feeds_folder(config), root, file, disk);
    }
    // A floor of its own: the server may be writing its own at this moment.
    // The newest set, also one that was published and is not on this machine's own file yet.
    const auto trust = TRY(offline::feeds::read_trust_and_feeds(
        {config.terminal.root_key, config.terminal.key_set,
         config.intake.folder + "/publish_key_set_floor"},
        feeds_folder(config), config.terminal.realm, root.key.suite, {}));
    base::Bytes key_file = TRY(base::read_file(arguments.key));
    const sealing::WipeAtEnd wipe(key_file);
    const auto key = TRY(sealing::SigningKey::parse(key_file, "feed-key", config.terminal.realm));
    const base::SystemClock clock;
    base::Bytes content;
    std::int64_t version = 0;
    if (*feed == Feed::pack) {
        // Linted here: what no terminal could use is not given to any.
        const auto pack =
            TRY(catalogue::load_pack(arguments.file, config.terminal.realm, 0,
                                     [&](base::ByteView bytes, base::ByteView signature) {
                                         return sealing::verify_pack(trust.keys, bytes, signature);
                                     }));
        version = pack.version;
        const base::Bytes signature = TRY(base::read_file(arguments.file + "/pack.sig"));
        const base::Bytes bytes = TRY(base::read_file(arguments.file + "/pack.json"));
        content = offline::papers::encode_pack_content(signature, bytes);
    } else {
        content = TRY(base::read_file(arguments.file));
        if (*feed == Feed::revocation)
            content = TRY(revocations_from(base::as_text(content), clock.now()));
    }
    const Publication publication{feeds_folder(config), trust.keys, clock.now(),
                                  base::Millis{arguments.good_for_days * 86'400'000}};
    return publish(
        publication, *feed, version, content, key,
        [&](base::ByteView toml) {
            return provisioning::config::check_overrides(config_path,
                                                         std::string(base::as_text(toml)));
        },
        disk);
}

}  // namespace offline::intake
