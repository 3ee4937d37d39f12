// The one seam between the offline room and storage: files, folders and which VFS SQLite uses.
// Everything that must survive a power cut goes through it, so that tests can put a disk below that
// forgets what was not flushed. Paths are whole paths. One thread at a time.
//
// What is durable when (POSIX): a file's bytes after its sync(); that a name exists, is gone or is
// another one, after sync_folder() of its folder.
//
// Faults: DiskFull (no room), StoreWriteFailed (the medium did not take it), FileUnwritable (not
// allowed, read-only), FileUnreadable.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace offline::store {

// A file being written. What was written before a sync() that succeeded is durable. After a sync()
// that failed nothing may be concluded from a later one: write the whole file anew.
class OutFile {
  public:
    virtual ~OutFile() = default;
    virtual base::Status write(base::ByteView bytes) = 0;
    virtual base::Status sync() = 0;
};

// Held for the life of a program: a second one on the same file is refused.
class FolderLock {
  public:
    explicit FolderLock(std::shared_ptr<const void> held) : held_(std::move(held)) {}
    // On the real disk. PostRefused: another instance holds it.
    static base::Result<FolderLock> take(const std::string& path);

  private:
    std::shared_ptr<const void> held_;
};

class Disk {
  public:
    virtual ~Disk() = default;

    virtual const char* sqlite_vfs() const = 0;  // nullptr: SQLite's own
    virtual base::Result<std::unique_ptr<OutFile>> create(const std::string& path) = 0;  // empty
    // Up to `most` bytes from `at`; fewer at the end of the file.
    virtual base::Result<base::Bytes> read(const std::string& path, std::int64_t at,
                                           std::size_t most) = 0;
    virtual base::Status rename(const std::string& from, const std::string& to) = 0;
    virtual base::Status remove(const std::string& path) = 0;
    // For the owner alone (0700), with its parents; durable. Fine when it is there already.
    virtual base::Status make_folder(const std::string& folder) = 0;
    virtual base::Status sync_file(const std::string& path) = 0;  // one that stands there
    virtual base::Status sync_folder(const std::string& folder) = 0;
    virtual base::Result<std::vector<std::string>> list(const std::string& folder) = 0;  // names
    virtual base::Result<std::int64_t> free_bytes(const std::string& folder) = 0;
    virtual bool exists(const std::string& path) const = 0;
    virtual base::Result<FolderLock> lock(const std::string& path) = 0;
};

// The machine's file system.
Disk& real_disk();

// The old or the new file, never half, and durable when it returns: written beside it, flushed,
// renamed, the folder flushed.
base::Status replace_file(Disk& disk, const std::string& path, base::ByteView bytes);

// For the machine's other accounts, too, as far as they may enter the folder: what holds no secret
// and another program reads. On the machine's disk; no question of durability, and so no fault.
void make_readable(const std::string& path);

std::string folder_of(const std::string& path);

}  // namespace offline::store
