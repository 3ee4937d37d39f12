// The stick, as far as the courier touches it: files and folders below the place where the system
// mounted it, nothing else. It is the seam between the courier and hostile media: tests put sticks
// behind it that lie, vanish, change and never end. Paths are relative, of plain names ("a/b/c").
// One thread at a time.
//
// Faults: MediumUnfit for whatever the medium does not do (full, pulled, read-only, not there);
// BundleWrong when something is there that is no plain file or folder, or far too much of it.
#pragma once

#include "domain/identifiers.hpp"
#include "offline/store/disk.hpp"

#include <memory>
#include <string>
#include <vector>

namespace offline::courier {

// What the system knows of a mounted medium.
struct MediumFacts {
    std::string identity;      // UUID or serial number of its file system; empty: it has none
    std::string file_system;   // vfat, exfat, ext4, …; empty: another one
    bool is_mounted = false;   // a file system of its own, not a folder of the machine's disk
    bool is_hardened = false;  // nosuid, nodev and noexec
};

// MediumUnfit. In training a plain folder will do; in service only a hardened mount of an allowed
// file system that can be told from another one.
base::Status check_facts(const MediumFacts& facts, domain::Realm realm);

struct Entry {
    enum class Kind { file, folder, other };
    std::string name;
    Kind kind = Kind::other;
};

class InFile {
  public:
    virtual ~InFile() = default;
    // The next bytes, at most `most`; empty at the end.
    virtual base::Result<base::Bytes> read(std::size_t most) = 0;
};

class Medium {
  public:
    virtual ~Medium() = default;

    virtual base::Result<MediumFacts> facts() = 0;
    virtual base::Result<std::int64_t> free_bytes() = 0;
    virtual bool exists(const std::string& path) = 0;
    // "" is the medium's root. More than `most` entries: BundleWrong.
    virtual base::Result<std::vector<Entry>> list(const std::string& folder, std::size_t most) = 0;
    // A plain file, reached through plain folders; links, pipes and devices are refused unread.
    virtual base::Result<std::unique_ptr<InFile>> open(const std::string& path) = 0;
    // The same, past whatever the machine still has in memory, as far as the system offers that.
    virtual base::Result<std::unique_ptr<InFile>> open_uncached(const std::string& path) = 0;

    virtual base::Result<std::unique_ptr<store::OutFile>> create(const std::string& path) = 0;
    virtual base::Status make_folder(const std::string& path) = 0;  // fine when it is there
    virtual base::Status rename(const std::string& from, const std::string& to) = 0;
    virtual base::Status remove(const std::string& path) = 0;  // a file or an empty folder
    virtual base::Status sync_folder(const std::string& path) = 0;
    virtual base::Status sync_all() = 0;
};

// At the mount point `folder`, which must be there. MediumUnfit.
base::Result<std::unique_ptr<Medium>> open_medium(const std::string& folder);

// A small file as a whole. BundleWrong when it is larger than `most`.
base::Result<base::Bytes> read_small(Medium& medium, const std::string& path, std::size_t most);

}  // namespace offline::courier
