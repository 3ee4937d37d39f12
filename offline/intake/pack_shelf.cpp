#include "offline/intake/pack_shelf.hpp"

#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"

#include <mutex>

namespace offline::intake {

PackShelf::PackShelf(std::shared_ptr<const catalogue::Pack> own, std::string feeds_folder,
                     sealing::KeySet keys)
    : folder_(std::move(feeds_folder)), realm_(own->realm), keys_(std::move(keys)) {
    known_[own->version] = std::move(own);
}

base::Result<catalogue::CheckedSubmission> PackShelf::check(base::ByteView json,
                                                            base::Date captured_on) {
    {
        std::shared_lock lock(mutex_);
        if (auto checked = check_with_known(json, captured_on)) return checked;
    }
    std::unique_lock lock(mutex_);
    auto checked = check_with_known(json, captured_on);
    if (!checked && look_for_new()) checked = check_with_known(json, captured_on);
    return checked;
}

base::Result<catalogue::CheckedSubmission> PackShelf::check_with_known(
    base::ByteView json, base::Date captured_on) const {
    auto newest = catalogue::check_submission(json, *known_.begin()->second, captured_on);
    for (auto at = std::next(known_.begin()); !newest && at != known_.end(); ++at)
        if (auto older = catalogue::check_submission(json, *at->second, captured_on)) return older;
    return newest;
}

base::Result<catalogue::CheckedVoice> PackShelf::check_voice(base::ByteView json) {
    {
        std::shared_lock lock(mutex_);
        if (auto checked = check_voice_with_known(json)) return checked;
    }
    std::unique_lock lock(mutex_);
    auto checked = check_voice_with_known(json);
    if (!checked && look_for_new()) checked = check_voice_with_known(json);
    return checked;
}

base::Result<catalogue::CheckedVoice> PackShelf::check_voice_with_known(base::ByteView json) const {
    auto newest = catalogue::check_voice(json, *known_.begin()->second);
    for (auto at = std::next(known_.begin()); !newest && at != known_.end(); ++at)
        if (auto older = catalogue::check_voice(json, *at->second)) return older;
    return newest;
}

bool PackShelf::look_for_new() {
    bool found = false;
    for (const auto version : feeds::staged_versions(folder_, papers::Feed::pack)) {
        if (known_.contains(version)) continue;
        const auto staged = feeds::read_staged(folder_, papers::Feed::pack, version, keys_, {});
        if (!staged) continue;
        const auto content = papers::pack_content(staged->content);
        if (!content) continue;
        auto read = catalogue::read_pack(content->pack);
        if (!read.problems.empty() || read.pack.realm != realm_) continue;
        known_[version] = std::make_shared<const catalogue::Pack>(std::move(read.pack));
        found = true;
    }
    return found;
}

}  // namespace offline::intake
