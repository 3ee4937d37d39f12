#include "app/staged_catalogue.hpp"

#include "app/start.hpp"
#include "base/pulse.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"

#include <algorithm>
#include <filesystem>

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
    return StagedPack{std::move(read.pack), staged.head.soft_expiry};
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

CatalogueStaged look_for_staged(const provisioning::config::Config& config, const InUse& in_use,
                                std::set<std::string>& seen) {
    CatalogueStaged out;
    auto names = names_in(config.terminal.feeds_folder);
    if (std::includes(seen.begin(), seen.end(), names.begin(), names.end())) return out;
    const bool keys_may_change = std::any_of(names.begin(), names.end(), [&](const auto& name) {
        const auto feed = offline::papers::feed_file_name_from(name)->feed;
        return !seen.contains(name) && (feed == Feed::key_set || feed == Feed::revocation);
    });
    seen = std::move(names);
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
            out.refused.push_back(pack.error().code);
            continue;
        }
        if (const auto kept = keep_pack_floor(config, version); !kept)
            out.floor_not_kept = kept.error().code;
        out.pack = std::move(*pack);
        break;
    }
    if (keys_may_change && trust->keys.version() >= in_use.key_set)
        out.keys = std::move(trust->keys);
    return out;
}

CatalogueWatch::CatalogueWatch(provisioning::config::Config config, InUse in_use, Inbox& inbox)
    : config_(std::move(config)),
      in_use_(in_use),
      inbox_(inbox),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void CatalogueWatch::work(const std::stop_token& stop) {
    const base::Pulse pulse("catalogue_watch");
    while (!stop.stop_requested()) {
        auto found = look_for_staged(config_, in_use_, seen_);
        if (found.pack) in_use_.pack = found.pack->pack.version;
        if (found.keys) in_use_.key_set = found.keys->version();
        if (found.pack || found.keys || !found.refused.empty()) inbox_.put(std::move(found));
        nothing_.pop_for(stop, look_every);
    }
}

}  // namespace app
