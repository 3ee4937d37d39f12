// A disk in memory that writes down everything done to it, so that the power can be cut at any
// point afterwards (crash_states.hpp). It serves SQLite through a VFS of its own and everything
// else through store::Disk. It can lie about flushes, fail them, be full, and flip bits; a flush
// has a price in virtual time. One thread; it outlives every connection opened on it.
//
// What SQLite is told is what its own VFS tells it about a Linux disk: sectors of 4096 bytes that
// keep their neighbours (POWERSAFE_OVERWRITE), the folder flushed with the first flush of a new
// journal. What the cut does is worse: it tears at 512 bytes.
#pragma once

#include "base/clock.hpp"
#include "offline/store/disk.hpp"

#include <map>
#include <optional>
#include <random>
#include <set>

struct sqlite3_vfs;

namespace power_loss {

using Image = std::map<std::string, base::Bytes>;  // path → content

struct File {
    int number = 0;  // 0: nameless, not written down
    base::Bytes bytes;
};

enum class Did {
    create,       // name, file
    write,        // file, at, bytes
    truncate,     // file, at
    sync,         // file
    sync_failed,  // file: what was pending counts as clean and never arrives (Linux, many kernels)
    sync_lied,    // nothing
    rename,       // name, to, file
    unlink,       // name, file
    sync_folder,  // name
    mark,         // at: the workload's own count of what it was told
};
struct Op {
    Did did{};
    int file = 0;
    std::int64_t at = 0;
    base::Bytes bytes;
    std::string name, to;
};

struct Counters {
    std::int64_t writes = 0, bytes = 0, syncs = 0, folder_syncs = 0;
    std::int64_t flushes() const { return syncs + folder_syncs; }
};

enum class Outcome { done, failed, full };

class RecordingDisk final : public offline::store::Disk {
  public:
    explicit RecordingDisk(const Image& content = {}, std::uint64_t seed = 1);
    ~RecordingDisk() override;
    RecordingDisk(const RecordingDisk&) = delete;
    RecordingDisk& operator=(const RecordingDisk&) = delete;

    // Faults.
    void lie_about_flushes(int permille) { lying_permille_ = permille; }
    enum class Times { once, for_ever };
    void fail_flush(std::int64_t nth_from_now, Times times);  // 1: the next one
    void mend() { failing_from_.reset(), room_.reset(), names_left_.reset(), read_only_ = false; }
    void leave_room(std::int64_t bytes);  // more than this, and it is full
    void become_read_only() { read_only_ = true; }
    void leave_names(std::int64_t names) { names_left_ = names; }  // inodes
    void flip_bit(const std::string& path, std::size_t bit);
    void say_sectors_spoil_their_neighbours() { powersafe_ = false; }

    // What was done.
    void mark(std::int64_t count) { log_.push_back({Did::mark, 0, count, {}, {}, {}}); }
    const std::vector<Op>& log() const { return log_; }
    const std::map<std::string, File>& beginning() const { return beginning_; }
    Image now() const;  // as programs see it, without a cut
    Counters counters;
    base::Millis flush_cost{0};
    base::Millis flushing{0};  // virtual time spent so far

    // store::Disk
    const char* sqlite_vfs() const override { return vfs_name_.c_str(); }
    base::Result<std::unique_ptr<offline::store::OutFile>> create(const std::string& path) override;
    base::Result<base::Bytes> read(const std::string& path, std::int64_t at,
                                   std::size_t most) override;
    base::Status rename(const std::string& from, const std::string& to) override;
    base::Status remove(const std::string& path) override;
    base::Status make_folder(const std::string&) override { return {}; }
    base::Status sync_file(const std::string& path) override;
    base::Status sync_folder(const std::string& folder) override;
    base::Result<std::vector<std::string>> list(const std::string& folder) override;
    base::Result<std::int64_t> free_bytes(const std::string&) override;
    bool exists(const std::string& path) const override;  // a folder: when something is in it
    base::Result<offline::store::FolderLock> lock(const std::string& path) override;

    // What both sides are made of.
    std::shared_ptr<File> find(const std::string& path) const;
    std::shared_ptr<File> open_or_create(const std::string& path);
    Outcome write(File& file, std::int64_t at, base::ByteView bytes);
    void truncate(File& file, std::int64_t size);
    Outcome flush(File& file);
    Outcome flush_folder(const std::string& folder);
    void unlink(const std::string& path);
    bool powersafe() const { return powersafe_; }
    std::uint64_t random() { return random_(); }

  private:
    bool flush_fails();

    std::map<std::string, std::shared_ptr<File>> names_;
    std::map<std::string, File> beginning_;
    std::vector<Op> log_;
    int next_file_ = 1;
    std::set<std::string> locked_;

    std::mt19937_64 random_;
    int lying_permille_ = 0;
    std::optional<std::int64_t> failing_from_;  // by counters.flushes()
    Times failing_times_{};
    std::optional<std::int64_t> room_, names_left_;
    bool powersafe_ = true, read_only_ = false;

    std::string vfs_name_;
    std::unique_ptr<sqlite3_vfs> vfs_;
};

// recording_vfs.cpp
std::unique_ptr<sqlite3_vfs> make_vfs(RecordingDisk& disk, const char* name);
void drop_vfs(sqlite3_vfs& vfs);

// SQLite salts its log with random numbers of its own; from here on they follow from the seed.
void seed_sqlite(std::uint64_t seed);

}  // namespace power_loss
