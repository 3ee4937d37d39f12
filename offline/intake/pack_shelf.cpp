#include "offline/intake/pack_shelf.hpp"

#include "catalogue/pack_reader.hpp"
#include "domain/dates.hpp"
#include "offline/feeds/staged.hpp"

#include <algorithm>
#include <mutex>

namespace offline::intake {

PackShelf::PackShelf(std::shared_ptr<const catalogue::Pack> own, std::string feeds_folder,
                     sealing::KeySet keys)
    : folder_(std::move(feeds_folder)), realm_(own->realm), keys_(std::move(keys)) {
    known_[own->version] = std::move(own);
}

void PackShelf::keep(std::shared_ptr<const catalogue::Pack> pack) {
    std::unique_lock lock(mutex_);
    known_[pack->version] = std::move(pack);
}

base::Result<catalogue::CheckedSubmission> PackShelf::check(base::ByteView json,
                                                            base::Date captured_on) {
    // Before, not only when it is refused: what was published since may have taken a service out.
    if (is_something_new()) {
        std::unique_lock lock(mutex_);
        look_for_new();
    }
    std::shared_lock lock(mutex_);
    return check_with_known(json, captured_on);
}

bool PackShelf::is_something_new() {
    const auto staged = feeds::staged_versions(folder_, papers::Feed::pack);
    std::shared_lock lock(mutex_);
    return std::any_of(staged.begin(), staged.end(),
                       [&](const auto version) { return !known_.contains(version); });
}

base::Result<catalogue::CheckedSubmission> PackShelf::check_with_known(
    base::ByteView json, base::Date captured_on) const {
    auto newest = catalogue::check_submission(json, *known_.begin()->second, captured_on);
    for (auto at = std::next(known_.begin()); !newest && at != known_.end(); ++at) {
        auto older = catalogue::check_submission(json, *at->second, captured_on);
        if (!older) continue;
        if (was_taken_out(older->item_code, captured_on)) return newest;
        return older;
    }
    return newest;
}

base::Result<catalogue::CheckedVoice> PackShelf::check_voice(base::ByteView json) {
    if (is_something_new()) {
        std::unique_lock lock(mutex_);
        look_for_new();
    }
    std::shared_lock lock(mutex_);
    return check_voice_with_known(json);
}

base::Result<catalogue::CheckedVoice> PackShelf::check_voice_with_known(base::ByteView json) const {
    auto newest = catalogue::check_voice(json, *known_.begin()->second);
    for (auto at = std::next(known_.begin()); !newest && at != known_.end(); ++at)
        if (auto older = catalogue::check_voice(json, *at->second)) return older;
    return newest;
}

bool PackShelf::was_taken_out(const std::string& item_code, base::Date captured_on) const {
    const auto& newest = *known_.begin()->second;
    if (newest.find_item(item_code) != nullptr) return false;
    const auto built = domain::date_from_iso(newest.built_on);
    return built && *built < captured_on;
}

void PackShelf::look_for_new() {
    for (const auto version : feeds::staged_versions(folder_, papers::Feed::pack)) {
        if (known_.contains(version)) continue;
        const auto staged = feeds::read_staged(folder_, papers::Feed::pack, version, keys_, {});
        if (!staged) continue;
        const auto content = papers::pack_content(staged->content);
        if (!content) continue;
        auto read = catalogue::read_pack(content->pack);
        if (!read.problems.empty() || read.pack.realm != realm_) continue;
        known_[version] = std::make_shared<const catalogue::Pack>(std::move(read.pack));
    }
}

}  // namespace offline::intake
