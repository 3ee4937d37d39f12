#include "offline/intake/feed_publishing.hpp"

#include "offline/feeds/staged.hpp"
#include "offline/papers/feed_contents.hpp"

#include <sstream>

namespace offline::intake {

namespace {

using base::FaultCode;
using papers::Feed;

std::int64_t newest_in(const std::string& folder, Feed feed) {
    const auto versions = feeds::staged_versions(folder, feed);
    return versions.empty() ? 0 : versions.front();
}

base::Status newer(std::int64_t version, std::int64_t newest) {
    if (version > newest) return {};
    return base::fail(FaultCode::FeedWrong,
                      "version " + std::to_string(version) + " after " + std::to_string(newest));
}

}  // namespace

base::Result<std::int64_t> publish(const Publication& publication, Feed feed, std::int64_t version,
                                   base::ByteView content, const sealing::Signer& feed_key,
                                   const feeds::ConfigurationCheck& check, store::Disk& disk) {
    if (feed == Feed::status || feed == Feed::key_set)
        return base::fail(FaultCode::FeedWrong, "this feed is not published so");
    TRY_STATUS(disk.make_folder(publication.folder));
    const std::int64_t newest = newest_in(publication.folder, feed);
    papers::FeedHead head;
    head.realm = publication.keys.realm();
    head.feed = feed;
    head.version = version == 0 ? newest + 1 : version;
    TRY_STATUS(newer(head.version, newest));
    head.previous = newest;
    head.issued_at = publication.now;
    if (publication.good_for > base::Millis{0})
        head.soft_expiry = publication.now + publication.good_for;
    head.suite = feed_key.public_key().suite;
    head.digest = sealing::digest(head.suite, content);
    head.length = static_cast<std::int64_t>(content.size());
    const base::Bytes signed_head = TRY(head.sign(feed_key));
    // As a terminal does: a key that is not in the set is found here.
    TRY(feeds::checked_head(signed_head, feed, publication.keys, {}));
    TRY_STATUS(feeds::checked_content(head, content, publication.keys, check));
    base::Bytes file = papers::feed_file_beginning(signed_head);
    file.insert(file.end(), content.begin(), content.end());
    TRY_STATUS(store::replace_file(
        disk, publication.folder + "/" + papers::feed_file_name(feed, head.version), file));
    return head.version;
}

base::Result<std::int64_t> publish_key_set(const std::string& folder,
                                           const sealing::PinnedRoot& root, base::ByteView file,
                                           store::Disk& disk) {
    const auto keys = TRY(sealing::KeySet::verify(file, root));
    TRY_STATUS(disk.make_folder(folder));
    TRY_STATUS(newer(keys.version(), newest_in(folder, Feed::key_set)));
    TRY_STATUS(store::replace_file(
        disk, folder + "/" + papers::feed_file_name(Feed::key_set, keys.version()), file));
    return keys.version();
}

base::Result<base::Bytes> revocations_from(std::string_view text, base::Instant now) {
    papers::Revocations out;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::istringstream words(line.substr(0, line.find('#')));
        std::string kind, id, more;
        if (!(words >> kind)) continue;
        std::int64_t last = 0;
        const bool known = kind == "terminal" ? static_cast<bool>(words >> id >> last)
                                              : kind == "kid" && words >> id;
        if (!known || words >> more)
            return base::fail(FaultCode::FeedWrong, "line " + std::to_string(number));
        if (kind == "terminal")
            out.terminals.push_back({id, now, last});
        else
            out.kids.push_back(id);
    }
    base::Bytes content = papers::encode(std::move(out));
    if (!papers::revocations(content))
        return base::fail(FaultCode::FeedWrong, "an id is not one, or stands there twice");
    return content;
}

}  // namespace offline::intake
