#include "offline/feeds/staged.hpp"

#include "offline/feeds/feed_rules.hpp"

#include <algorithm>
#include <filesystem>

namespace offline::feeds {

namespace {

using base::FaultCode;
using papers::Feed;
namespace fs = std::filesystem;

std::string path_of(const std::string& folder, Feed feed, std::int64_t version) {
    return folder + "/" + papers::feed_file_name(feed, version);
}

}  // namespace

std::vector<std::int64_t> staged_versions(const std::string& folder, Feed feed) {
    std::error_code problem;
    std::vector<std::int64_t> out;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
         at.increment(problem))
        if (const auto name = papers::feed_file_name_from(at->path().filename().string());
            name && name->feed == feed)
            out.push_back(name->version);
    std::sort(out.rbegin(), out.rend());
    return out;
}

base::Result<Staged> read_staged(const std::string& folder, Feed feed, std::int64_t version,
                                 const sealing::KeySet& keys, const std::string& terminal) {
    const base::Bytes bytes = TRY(base::read_file(path_of(folder, feed, version)));
    const auto file = papers::feed_file(bytes);
    if (!file) return base::fail(FaultCode::FeedWrong, file.error().safe_detail);
    const auto head = TRY(checked_head(file->head, feed, keys, terminal));
    if (head.version != version) return base::fail(FaultCode::FeedWrong, "another version");
    if (!head.is_of(file->content)) return base::fail(FaultCode::FeedWrong, "another content");
    return Staged{head, base::Bytes(file->content.begin(), file->content.end())};
}

base::Result<Staged> newest_staged(const std::string& folder, Feed feed, std::int64_t floor,
                                   const sealing::KeySet& keys, const std::string& terminal) {
    for (const std::int64_t version : staged_versions(folder, feed)) {
        if (version < floor) break;
        if (auto staged = read_staged(folder, feed, version, keys, terminal)) return staged;
    }
    return base::fail(FaultCode::AnswerNotFound, std::string(papers::name(feed)));
}

base::Result<sealing::Trust> read_trust_and_feeds(const sealing::TrustFiles& files,
                                                  const std::string& folder, domain::Realm realm,
                                                  sealing::SuiteId suite,
                                                  const std::string& terminal) {
    const auto root = TRY(sealing::read_root(files.root, realm));
    sealing::TrustFiles newest = files;
    std::int64_t version = 0;
    if (const auto own = base::read_file(files.key_set))
        if (const auto keys = sealing::KeySet::verify(*own, root, {suite, 0}))
            version = keys->version();
    for (const std::int64_t staged : staged_versions(folder, Feed::key_set)) {
        if (staged <= version) break;
        const std::string path = path_of(folder, Feed::key_set, staged);
        const auto file = base::read_file(path);
        const auto keys = file ? sealing::KeySet::verify(*file, root, {suite, 0})
                               : base::fail(FaultCode::FileUnreadable, path);
        if (!keys || keys->version() != staged) continue;
        newest.key_set = path;
        break;
    }
    sealing::Trust trust = TRY(sealing::read_trust(newest, realm, suite));
    if (const auto staged = newest_staged(folder, Feed::revocation, 0, trust.keys, terminal))
        if (const auto revoked = papers::revocations(staged->content))
            trust.keys = trust.keys.without(revoked->kids);
    return trust;
}

}  // namespace offline::feeds
