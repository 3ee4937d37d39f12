// What a terminal keeps of its feeds, in one folder (staged.hpp says who reads it). A version is
// one file with head and content, written beside its name, flushed and renamed: it is there whole
// or not at all, and which version is in use follows from what is there, so cursor and content
// cannot part. The version before is kept. Besides:
//   floors             the newest version that ever was of each feed: the folder may lose files,
//   but
//                      what was trusted never goes back
//   DIGEST-OFFSET.slice  the parts of a content that is being fetched; a restart goes on after them
// One thread. Faults: those of the disk; OutboxCorrupt for floors that do not read.
#pragma once

#include "offline/feeds/feed_rules.hpp"
#include "offline/store/disk.hpp"

#include <map>
#include <string>

namespace offline::feeds {

class FeedStore {
  public:
    // Versions that do not verify with these keys are left where they are and not counted as held.
    static base::Result<FeedStore> open(const std::string& folder, const std::string& terminal,
                                        const sealing::KeySet& keys, store::Disk& disk);

    const std::string& folder() const { return folder_; }
    const Held& held(papers::Feed feed) const { return held_.at(feed); }
    // Of the version that is held; AnswerNotFound.
    base::Result<base::Bytes> content(papers::Feed feed) const;
    base::Result<papers::FeedHead> head(papers::Feed feed) const;

    // From now on this version is the one in use. Everything was checked before (feed_rules.hpp).
    // After a fault either the old or the new one is in use, never a part of it.
    base::Status take(const papers::FeedHead& head, base::ByteView signed_head,
                      base::ByteView content);
    base::Status take_key_set(std::int64_t version, base::ByteView file);

    // How much of the content that this head names lies here, without a gap.
    std::int64_t staged(const papers::FeedHead& head) const;
    base::Status stage(const papers::FeedHead& head, base::ByteView bytes);
    base::Result<base::Bytes> staged_content(const papers::FeedHead& head) const;
    // Whether the disk has room for this content twice, its slices and itself, and keeps enough for
    // the submissions of citizens.
    bool has_room(const papers::FeedHead& head) const;
    // Slices of all contents but this one's.
    void forget_slices(const papers::FeedHead* but_of);

  private:
    FeedStore(std::string folder, store::Disk& disk) : folder_(std::move(folder)), disk_(&disk) {}
    std::string path(papers::Feed feed, std::int64_t version) const;
    base::Result<base::Bytes> read(const std::string& path, std::size_t most) const;
    base::Status read_floors();
    void find_versions(const std::vector<std::string>& names, const std::string& terminal,
                       const sealing::KeySet& keys);
    base::Status in_use(papers::Feed feed, std::int64_t version, const sealing::Digest& digest);

    std::string folder_;
    store::Disk* disk_;
    std::map<papers::Feed, Held> held_;
    std::map<std::string, std::map<std::int64_t, std::int64_t>> slices_;  // digest: offset, length
};

}  // namespace offline::feeds
