#include "offline/feeds/feed_store.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace offline::feeds {

namespace {

using base::FaultCode;
using papers::Feed;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t floors_bytes_max = 4096;
constexpr std::string_view slice_ending = ".slice";
constexpr std::int64_t left_to_citizens = std::int64_t{64} << 20;

std::string slice_name(const std::string& digest, std::int64_t at) {
    return digest + "-" + std::to_string(at) + std::string(slice_ending);
}

struct SliceName {
    std::string digest;
    std::int64_t at = 0;
};
std::optional<SliceName> slice_name_from(const std::string& text) {
    const auto dash = text.find('-');
    if (dash != 64 || !text.ends_with(slice_ending)) return std::nullopt;
    SliceName out{text.substr(0, dash), -1};
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), out.at);
    if (out.at < 0 || slice_name(out.digest, out.at) != text) return std::nullopt;
    return out;
}

// A whole file under its name, or nothing under it.
base::Status write_whole(store::Disk& disk, const std::string& path, base::ByteView beginning,
                         base::ByteView rest) {
    const std::string beside = path + ".part";
    {
        const auto file = TRY(disk.create(beside));
        TRY_STATUS(file->write(beginning));
        TRY_STATUS(file->write(rest));
        TRY_STATUS(file->sync());
    }
    store::make_readable(beside);  // the app runs as another account
    TRY_STATUS(disk.rename(beside, path));
    return disk.sync_folder(store::folder_of(path));
}

}  // namespace

base::Result<FeedStore> FeedStore::open(const std::string& folder, const std::string& terminal,
                                        const sealing::KeySet& keys, store::Disk& disk) {
    // One that is there stays as it was made: the app's account may enter it.
    if (!disk.exists(folder)) TRY_STATUS(disk.make_folder(folder));
    FeedStore out(folder, disk);
    for (const Feed feed : papers::all_feeds) out.held_[feed] = {};
    TRY_STATUS(out.read_floors());
    const auto names = TRY(disk.list(folder));
    for (const auto& name : names)
        if (name.ends_with(".part")) [[maybe_unused]]
            const auto ignored = disk.remove(folder + "/" + name);
    out.find_versions(names, terminal, keys);
    for (const auto& name : names)
        if (const auto slice = slice_name_from(name))
            if (const auto bytes =
                    disk.read(folder + "/" + name, 0, papers::wire::blob_slice_bytes_max + 1))
                out.slices_[slice->digest][slice->at] = static_cast<std::int64_t>(bytes->size());
    return out;
}

base::Status FeedStore::read_floors() {
    const std::string path = folder_ + "/floors";
    if (!disk_->exists(path)) return {};
    const base::Bytes bytes = TRY(read(path, floors_bytes_max));
    const auto record = formats::record_from_json(bytes);
    if (!record) return base::fail(FaultCode::OutboxCorrupt, path);
    formats::Fields in(*record, FaultCode::OutboxCorrupt, path);
    for (const Feed feed : papers::all_feeds)  // written before there were releases
        if (feed != Feed::release || record->contains("release"))
            held_[feed].floor = TRY(in.integer(std::string(papers::name(feed)), 0, no_limit));
    return in.finish();
}

void FeedStore::find_versions(const std::vector<std::string>& names, const std::string& terminal,
                              const sealing::KeySet& keys) {
    held_[Feed::key_set].version = keys.version();
    for (const auto& name : names) {
        const auto found = papers::feed_file_name_from(name);
        if (!found || found->feed == Feed::key_set) continue;
        Held& held = held_[found->feed];
        if (found->version <= held.version || found->version < held.floor) continue;
        const auto bytes = read(folder_ + "/" + name, papers::content_bytes_max(found->feed) +
                                                          papers::feed_head_bytes_max + 4);
        if (!bytes) continue;
        const auto file = papers::feed_file(*bytes);
        if (!file) continue;
        const auto head = checked_head(file->head, found->feed, keys, terminal);
        if (!head || head->version != found->version || !head->is_of(file->content)) continue;
        held.version = head->version;
        held.digest = head->digest;
    }
    for (auto& [feed, held] : held_) held.floor = std::max(held.floor, held.version);
}

std::string FeedStore::path(Feed feed, std::int64_t version) const {
    return folder_ + "/" + papers::feed_file_name(feed, version);
}

base::Result<base::Bytes> FeedStore::read(const std::string& path, std::size_t most) const {
    base::Bytes bytes = TRY(disk_->read(path, 0, most + 1));
    if (bytes.size() > most) return base::fail(FaultCode::FileUnreadable, path);
    return bytes;
}

base::Result<base::Bytes> FeedStore::content(Feed feed) const {
    const Held& held = held_.at(feed);
    if (held.version == 0) return base::fail(FaultCode::AnswerNotFound);
    const base::Bytes bytes =
        TRY(read(path(feed, held.version),
                 papers::content_bytes_max(feed) + papers::feed_head_bytes_max + 4));
    const auto file = TRY(papers::feed_file(bytes));
    return base::Bytes(file.content.begin(), file.content.end());
}

base::Result<papers::FeedHead> FeedStore::head(Feed feed) const {
    const Held& held = held_.at(feed);
    if (held.version == 0) return base::fail(FaultCode::AnswerNotFound);
    const base::Bytes bytes =
        TRY(disk_->read(path(feed, held.version), 0, papers::feed_head_bytes_max + 4));
    const auto file = TRY(papers::feed_file(bytes));
    return papers::FeedHead::read(file.head);
}

base::Status FeedStore::take(const papers::FeedHead& head, base::ByteView signed_head,
                             base::ByteView content) {
    TRY_STATUS(write_whole(*disk_, path(head.feed, head.version),
                           papers::feed_file_beginning(signed_head), content));
    return in_use(head.feed, head.version, head.digest);
}

base::Status FeedStore::take_key_set(std::int64_t version, base::ByteView file) {
    TRY_STATUS(write_whole(*disk_, path(Feed::key_set, version), {}, file));
    return in_use(Feed::key_set, version, {});
}

// Its file is durable: it is what is held, whatever happens to the rest.
base::Status FeedStore::in_use(Feed feed, std::int64_t version, const sealing::Digest& digest) {
    const std::int64_t before = held_[feed].version;
    held_[feed] = {version, version, digest};
    formats::Record floors;
    for (const auto& [each, held] : held_) floors[std::string(papers::name(each))] = held.floor;
    TRY_STATUS(store::replace_file(*disk_, folder_ + "/floors", formats::to_json(floors)));
    const auto names = TRY(disk_->list(folder_));
    for (const auto& name : names)
        if (const auto found = papers::feed_file_name_from(name);
            found && found->feed == feed && found->version != version && found->version != before)
            // One that cannot be removed is looked at with the next version.
            [[maybe_unused]]
            const auto ignored = disk_->remove(folder_ + "/" + name);
    return {};
}

std::int64_t FeedStore::staged(const papers::FeedHead& head) const {
    const auto found = slices_.find(base::to_hex(head.digest));
    std::int64_t end = 0;
    if (found == slices_.end()) return end;
    for (const auto& [at, length] : found->second) {
        if (at != end) break;
        end += length;
    }
    return end;
}

base::Status FeedStore::stage(const papers::FeedHead& head, base::ByteView bytes) {
    const std::string digest = base::to_hex(head.digest);
    const std::int64_t at = staged(head);
    TRY_STATUS(write_whole(*disk_, folder_ + "/" + slice_name(digest, at), bytes, {}));
    slices_[digest][at] = static_cast<std::int64_t>(bytes.size());
    return {};
}

base::Result<base::Bytes> FeedStore::staged_content(const papers::FeedHead& head) const {
    const std::string digest = base::to_hex(head.digest);
    base::Bytes out;
    out.reserve(static_cast<std::size_t>(head.length));
    const std::int64_t end = staged(head);
    while (static_cast<std::int64_t>(out.size()) < end) {
        const auto at = static_cast<std::int64_t>(out.size());
        const base::Bytes slice =
            TRY(read(folder_ + "/" + slice_name(digest, at), papers::wire::blob_slice_bytes_max));
        if (slice.empty()) return base::fail(FaultCode::FileUnreadable, "a slice");
        out.insert(out.end(), slice.begin(), slice.end());
    }
    return out;
}

bool FeedStore::has_room(const papers::FeedHead& head) const {
    const auto free = disk_->free_bytes(folder_);
    return free && *free - 2 * head.length >= left_to_citizens;
}

void FeedStore::forget_slices(const papers::FeedHead* but_of) {
    const std::string kept = but_of == nullptr ? std::string() : base::to_hex(but_of->digest);
    for (auto at = slices_.begin(); at != slices_.end();) {
        if (at->first == kept) {
            ++at;
            continue;
        }
        for (const auto& [offset, length] : at->second)
            [[maybe_unused]] const auto ignored =
                disk_->remove(folder_ + "/" + slice_name(at->first, offset));
        at = slices_.erase(at);
    }
}

}  // namespace offline::feeds
