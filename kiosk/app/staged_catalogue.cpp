#include "app/staged_catalogue.hpp"

#include "app/start.hpp"
#include "base/pulse.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"
#include "provisioning/config/overrides.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <utility>

namespace app {

namespace {

using base::FaultCode;
using offline::papers::Feed;
namespace fs = std::filesystem;

constexpr std::chrono::seconds look_every{5};

base::Result<StagedPack> checked_pack(const provisioning::config::Config& config,
                                      std::int64_t version, const offline::sealing::KeySet& keys) {
    const auto& own = config.terminal;
    const auto staged =
        TRY(offline::feeds::read_staged(own.feeds_folder, Feed::pack, version, keys, own.id));
    const auto content = TRY(offline::papers::pack_content(staged.content));
    if (!offline::sealing::verify_pack(keys, content.pack, content.signature))
        return base::fail(FaultCode::PackTampered);
    auto read = catalogue::read_pack(content.pack);
    if (!read.problems.empty())
        return base::fail(FaultCode::PackInvalid, read.problems.front().place);
    if (read.pack.realm != own.realm) return base::fail(FaultCode::RealmMismatch, "pack");
    // The head of one version with the pack of another.
    if (read.pack.version != version) return base::fail(FaultCode::FeedWrong, "pack");
    return StagedPack{for_this_place(config, std::move(read.pack)), staged.head.soft_expiry};
}

// Whether what becomes of a file is to be said: it was not looked at before with these keys.
using IsNews = std::function<bool(Feed feed, std::int64_t version)>;

// The newest one above the one in use that the root's keys vouch for and that this file takes. The
// folder is the post's: an older one that is put back there is below the floor.
void look_for_configuration(const provisioning::config::Config& config,
                            const std::string& config_path, std::int64_t in_use,
                            const offline::sealing::KeySet& keys, const IsNews& is_news,
                            CatalogueStaged& out) {
    const std::int64_t floor = std::max(in_use + 1, read_configuration_floor(config));
    const auto& own = config.terminal;
    for (const auto version :
         offline::feeds::staged_versions(own.feeds_folder, Feed::configuration)) {
        if (version < floor) break;
        const bool news = is_news(Feed::configuration, version);
        const auto staged = offline::feeds::read_staged(own.feeds_folder, Feed::configuration,
                                                        version, keys, own.id);
        if (!staged) {
            if (news) out.configurations_refused.push_back(staged.error().code);
            continue;
        }
        const auto holds = provisioning::config::check_overrides(
            config_path, std::string(base::as_text(staged->content)));
        if (!holds) {
            if (news) out.configurations_refused.push_back(holds.error().code);
            continue;
        }
        out.configuration = version;
        break;
    }
}

std::set<std::string> names_in(const std::string& folder) {
    std::error_code problem;
    std::set<std::string> out;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
         at.increment(problem)) {
        std::string name = at->path().filename().string();
        if (offline::papers::feed_file_name_from(name)) out.insert(std::move(name));
    }
    return out;
}

}  // namespace

catalogue::Pack for_this_place(const provisioning::config::Config& config, catalogue::Pack pack) {
    if (config.kiosk.profile != "village") return pack;
    return catalogue::reduced_to(std::move(pack), catalogue::Level::village);
}

CatalogueStaged look_for_staged(const provisioning::config::Config& config, const InUse& in_use,
                                std::set<std::string>& seen, const std::string& config_path) {
    CatalogueStaged out;
    auto names = names_in(config.terminal.feeds_folder);
    if (std::includes(seen.begin(), seen.end(), names.begin(), names.end())) return out;
    const bool keys_may_change = std::any_of(names.begin(), names.end(), [&](const auto& name) {
        const auto feed = offline::papers::feed_file_name_from(name)->feed;
        return !seen.contains(name) && (feed == Feed::key_set || feed == Feed::revocation);
    });
    const auto before = std::exchange(seen, std::move(names));
    const IsNews is_news = [&](Feed feed, std::int64_t version) {
        return keys_may_change || !before.contains(offline::papers::feed_file_name(feed, version));
    };
    auto trust = trusted_keys(config);
    if (!trust) {
        out.refused.push_back(trust.error().code);
        return out;
    }
    const std::int64_t floor = std::max(in_use.pack + 1, read_pack_floor(config));
    for (const auto version :
         offline::feeds::staged_versions(config.terminal.feeds_folder, Feed::pack)) {
        if (version < floor) break;
        auto pack = checked_pack(config, version, trust->keys);
        if (!pack) {
            if (is_news(Feed::pack, version)) out.refused.push_back(pack.error().code);
            continue;
        }
        if (const auto kept = keep_pack_floor(config, version); !kept)
            out.floor_not_kept = kept.error().code;
        out.pack = std::move(*pack);
        break;
    }
    if (!config_path.empty())
        look_for_configuration(config, config_path, in_use.configuration, trust->keys, is_news,
                               out);
    if (keys_may_change && trust->keys.version() >= in_use.key_set)
        out.keys = std::move(trust->keys);
    return out;
}

CatalogueWatch::CatalogueWatch(provisioning::config::Config config, std::string config_path,
                               InUse in_use, Inbox& inbox)
    : config_(std::move(config)),
      config_path_(std::move(config_path)),
      in_use_(in_use),
      inbox_(inbox),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void CatalogueWatch::work(const std::stop_token& stop) {
    const base::Pulse pulse("catalogue_watch");
    while (!stop.stop_requested()) {
        auto found = look_for_staged(config_, in_use_, seen_, config_path_);
        if (found.pack) in_use_.pack = found.pack->pack.version;
        if (found.keys) in_use_.key_set = found.keys->version();
        if (found.configuration) in_use_.configuration = *found.configuration;
        if (found.pack || found.keys || found.configuration || !found.refused.empty() ||
            !found.configurations_refused.empty())
            inbox_.put(std::move(found));
        nothing_.pop_for(stop, look_every);
    }
}

}  // namespace app
