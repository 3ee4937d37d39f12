#include "tests/power_loss/disk/recording_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>

namespace power_loss {

namespace {

using base::FaultCode;
using offline::store::folder_of;

base::Status status_of(Outcome outcome, const std::string& path) {
    if (outcome == Outcome::full) return base::fail(FaultCode::DiskFull, path);
    if (outcome == Outcome::failed) return base::fail(FaultCode::StoreWriteFailed, path);
    return {};
}

class RecordedFile final : public offline::store::OutFile {
  public:
    RecordedFile(RecordingDisk& disk, std::shared_ptr<File> file, std::string path)
        : disk_(disk), file_(std::move(file)), path_(std::move(path)) {}
    base::Status write(base::ByteView bytes) override {
        const auto at = static_cast<std::int64_t>(file_->bytes.size());
        return status_of(disk_.write(*file_, at, bytes), path_);
    }
    base::Status sync() override { return status_of(disk_.flush(*file_), path_); }

  private:
    RecordingDisk& disk_;
    std::shared_ptr<File> file_;
    std::string path_;
};

std::string next_name() {
    static std::atomic<int> count{0};
    return "recording-" + std::to_string(++count);
}

}  // namespace

RecordingDisk::RecordingDisk(const Image& content, std::uint64_t seed)
    : random_(seed), vfs_name_(next_name()), vfs_(make_vfs(*this, vfs_name_.c_str())) {
    for (const auto& [path, bytes] : content) {
        const File file{next_file_++, bytes};
        beginning_.emplace(path, file);
        names_.emplace(path, std::make_shared<File>(file));
    }
}

RecordingDisk::~RecordingDisk() {
    drop_vfs(*vfs_);
}

void RecordingDisk::fail_flush(std::int64_t nth_from_now, Times times) {
    failing_from_ = counters.flushes() + nth_from_now;
    failing_times_ = times;
}

void RecordingDisk::leave_room(std::int64_t bytes) {
    room_ = bytes;
}

void RecordingDisk::flip_bit(const std::string& path, std::size_t bit) {
    auto& bytes = names_.at(path)->bytes;
    bytes.at(bit / 8 % bytes.size()) ^= static_cast<std::uint8_t>(1u << bit % 8);
}

Image RecordingDisk::now() const {
    Image image;
    for (const auto& [path, file] : names_) image.emplace(path, file->bytes);
    return image;
}

std::shared_ptr<File> RecordingDisk::find(const std::string& path) const {
    const auto found = names_.find(path);
    return found == names_.end() ? nullptr : found->second;
}

std::shared_ptr<File> RecordingDisk::open_or_create(const std::string& path) {
    if (path.empty()) return std::make_shared<File>();
    auto& file = names_[path];
    if (!file) {
        file = std::make_shared<File>(File{next_file_++, {}});
        log_.push_back({Did::create, file->number, 0, {}, path, {}});
    }
    return file;
}

Outcome RecordingDisk::write(File& file, std::int64_t at, base::ByteView bytes) {
    if (read_only_ && file.number != 0) return Outcome::failed;
    const auto from = static_cast<std::size_t>(at);
    const std::size_t end = from + bytes.size();
    if (end > file.bytes.size()) {
        const auto more = static_cast<std::int64_t>(end - file.bytes.size());
        if (room_ && more > *room_) return Outcome::full;
        if (room_) *room_ -= more;
        file.bytes.resize(end);
    }
    std::copy(bytes.begin(), bytes.end(), file.bytes.begin() + at);
    if (file.number == 0) return Outcome::done;
    ++counters.writes;
    counters.bytes += static_cast<std::int64_t>(bytes.size());
    log_.push_back({Did::write, file.number, at, base::Bytes(bytes.begin(), bytes.end()), {}, {}});
    return Outcome::done;
}

void RecordingDisk::truncate(File& file, std::int64_t size) {
    const auto wanted = static_cast<std::size_t>(size);
    if (room_ && wanted < file.bytes.size())
        *room_ += static_cast<std::int64_t>(file.bytes.size() - wanted);
    file.bytes.resize(wanted);
    if (file.number != 0) log_.push_back({Did::truncate, file.number, size, {}, {}, {}});
}

bool RecordingDisk::flush_fails() {
    if (!failing_from_ || counters.flushes() < *failing_from_) return false;
    if (failing_times_ == Times::once) failing_from_.reset();
    return true;
}

Outcome RecordingDisk::flush(File& file) {
    if (file.number == 0) return Outcome::done;
    ++counters.syncs;
    flushing += flush_cost;
    const bool fails = flush_fails();
    const bool lies =
        !fails && lying_permille_ > 0 && static_cast<int>(random_() % 1000) < lying_permille_;
    const Did did = fails ? Did::sync_failed : lies ? Did::sync_lied : Did::sync;
    log_.push_back({did, file.number, 0, {}, {}, {}});
    return fails ? Outcome::failed : Outcome::done;
}

Outcome RecordingDisk::flush_folder(const std::string& folder) {
    ++counters.folder_syncs;
    flushing += flush_cost;
    if (flush_fails()) return Outcome::failed;
    log_.push_back({Did::sync_folder, 0, 0, {}, folder, {}});
    return Outcome::done;
}

void RecordingDisk::unlink(const std::string& path) {
    const auto found = names_.find(path);
    if (found == names_.end()) return;
    if (room_) *room_ += static_cast<std::int64_t>(found->second->bytes.size());
    log_.push_back({Did::unlink, found->second->number, 0, {}, path, {}});
    names_.erase(found);
}

base::Result<std::unique_ptr<offline::store::OutFile>> RecordingDisk::create(
    const std::string& path) {
    if (read_only_) return base::fail(FaultCode::FileUnwritable, path);
    if (names_left_ && !exists(path)) {
        if (*names_left_ == 0) return base::fail(FaultCode::DiskFull, path);
        --*names_left_;
    }
    auto file = open_or_create(path);
    if (!file->bytes.empty()) truncate(*file, 0);
    return std::make_unique<RecordedFile>(*this, std::move(file), path);
}

base::Result<base::Bytes> RecordingDisk::read(const std::string& path, std::int64_t at,
                                              std::size_t most) {
    const auto file = find(path);
    if (!file) return base::fail(FaultCode::FileUnreadable, path);
    const std::size_t from = std::min(static_cast<std::size_t>(at), file->bytes.size());
    const std::size_t size = std::min(most, file->bytes.size() - from);
    const auto begin = file->bytes.begin() + static_cast<std::ptrdiff_t>(from);
    return base::Bytes(begin, begin + static_cast<std::ptrdiff_t>(size));
}

bool RecordingDisk::exists(const std::string& path) const {
    if (names_.contains(path)) return true;
    const auto next = names_.lower_bound(path + "/");
    return next != names_.end() && next->first.starts_with(path + "/");
}

base::Status RecordingDisk::rename(const std::string& from, const std::string& to) {
    const auto found = names_.find(from);
    if (found == names_.end() && exists(from)) {  // a folder: name by name
        const auto names = TRY(list(from));
        for (const auto& name : names) TRY_STATUS(rename(from + "/" + name, to + "/" + name));
        return {};
    }
    if (found == names_.end()) return base::fail(FaultCode::FileUnwritable, from);
    const auto file = found->second;
    log_.push_back({Did::rename, file->number, 0, {}, from, to});
    names_.erase(found);
    names_[to] = file;
    return {};
}

base::Status RecordingDisk::remove(const std::string& path) {
    if (!exists(path)) return base::fail(FaultCode::FileUnwritable, path);
    unlink(path);
    return {};
}

base::Status RecordingDisk::sync_file(const std::string& path) {
    const auto file = find(path);
    if (!file) return base::fail(FaultCode::FileUnreadable, path);
    return status_of(flush(*file), path);
}

base::Status RecordingDisk::sync_folder(const std::string& folder) {
    return status_of(flush_folder(folder), folder);
}

base::Result<std::vector<std::string>> RecordingDisk::list(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& [path, file] : names_)
        if (folder_of(path) == folder) names.push_back(path.substr(folder.size() + 1));
    return names;
}

base::Result<std::int64_t> RecordingDisk::free_bytes(const std::string&) {
    return room_.value_or(std::int64_t{1} << 40);
}

base::Result<offline::store::FolderLock> RecordingDisk::lock(const std::string& path) {
    if (!locked_.insert(path).second) return base::fail(FaultCode::PostRefused, path);
    return offline::store::FolderLock(
        std::shared_ptr<const void>(this, [this, path](const void*) { locked_.erase(path); }));
}

}  // namespace power_loss
