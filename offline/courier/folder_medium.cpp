#include "offline/courier/medium.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <linux/msdos_fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace offline::courier {

namespace {

using base::FaultCode;

constexpr std::size_t block_bytes = 1u << 20;  // of one read; a multiple of every sector
constexpr std::size_t alignment = 4096;
constexpr long exfat_magic = 0x2011BAB0;

tl::unexpected<base::Fault> unfit(const std::string& path, int error) {
    return base::fail(FaultCode::MediumUnfit, path + ": " + std::strerror(error));
}

class Descriptor {
  public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }
    int release() { return std::exchange(descriptor_, -1); }
    bool is_open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

class FileIn final : public InFile {
  public:
    FileIn(Descriptor file, std::string path)
        : file_(std::move(file)),
          path_(std::move(path)),
          block_(static_cast<std::uint8_t*>(std::aligned_alloc(alignment, block_bytes)),
                 &std::free) {}
    base::Result<base::Bytes> read(std::size_t most) override {
        if (used_ == filled_ && !ended_) {
            const auto got = read_block();
            if (got < 0) return unfit(path_, errno);
            used_ = 0;
            filled_ = static_cast<std::size_t>(got);
            // A read past memory ends with a part of a block; the one after it would not be
            // aligned.
            ended_ = filled_ < block_bytes;
        }
        const std::size_t size = std::min(most, filled_ - used_);
        const auto* from = block_.get() + used_;
        used_ += size;
        return base::Bytes(from, from + size);
    }

  private:
    ssize_t read_block() {
        std::size_t filled = 0;
        while (filled < block_bytes) {
            const auto got = ::read(file_.get(), block_.get() + filled, block_bytes - filled);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return -1;
            filled += static_cast<std::size_t>(got);
            if (got == 0 || filled % alignment != 0) break;
        }
        return static_cast<ssize_t>(filled);
    }

    Descriptor file_;
    std::string path_;
    std::unique_ptr<std::uint8_t, decltype(&std::free)> block_;
    std::size_t used_ = 0, filled_ = 0;
    bool ended_ = false;
};

class FileOut final : public store::OutFile {
  public:
    FileOut(Descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
    base::Status write(base::ByteView bytes) override {
        while (!bytes.empty()) {
            const auto put = ::write(file_.get(), bytes.data(), bytes.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return unfit(path_, errno);
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        }
        return {};
    }
    base::Status sync() override {
        if (::fsync(file_.get()) != 0) return unfit(path_, errno);
        return {};
    }

  private:
    Descriptor file_;
    std::string path_;
};

// udev writes down what it found out about each block device.
std::string identity_by_udev(dev_t device) {
    const auto notes =
        base::read_file(fmt::format("/run/udev/data/b{}:{}", major(device), minor(device)));
    if (!notes) return {};
    const std::string text(base::as_text(*notes));
    for (const char* key : {"\nE:ID_FS_UUID=", "\nE:ID_SERIAL="}) {
        const auto at = text.find(key);
        if (at == std::string::npos) continue;
        const auto from = at + std::strlen(key);
        return text.substr(from, std::min<std::size_t>(text.find('\n', from) - from, 64));
    }
    return {};
}

std::string file_system_name(long magic) {
    switch (magic) {
        case MSDOS_SUPER_MAGIC:
            return "vfat";
        case exfat_magic:
            return "exfat";
        case EXT4_SUPER_MAGIC:
            return "ext4";
        default:
            return {};
    }
}

class FolderMedium final : public Medium {
  public:
    FolderMedium(Descriptor root, std::string folder)
        : root_(std::move(root)), folder_(std::move(folder)) {}

    base::Result<MediumFacts> facts() override {
        struct stat own {};
        struct stat above {};
        struct statfs system {};
        struct statvfs flags {};
        if (::fstat(root_.get(), &own) != 0 || ::fstatat(root_.get(), "..", &above, 0) != 0 ||
            ::fstatfs(root_.get(), &system) != 0 || ::fstatvfs(root_.get(), &flags) != 0)
            return unfit(folder_, errno);
        constexpr unsigned long hard = ST_NOSUID | ST_NODEV | ST_NOEXEC;
        MediumFacts out{identity_by_udev(own.st_dev), file_system_name(system.f_type),
                        own.st_dev != above.st_dev, (flags.f_flag & hard) == hard};
        std::uint32_t serial = 0;
        if (out.identity.empty() && out.file_system == "vfat" &&
            ::ioctl(root_.get(), FAT_IOCTL_GET_VOLUME_ID, &serial) == 0)
            out.identity = fmt::format("{:04X}-{:04X}", serial >> 16, serial & 0xFFFF);
        // ext4 makes it from its UUID; elsewhere it names a device, which changes.
        if (out.identity.empty() && out.file_system == "ext4")
            out.identity = base::to_hex(
                {reinterpret_cast<const std::uint8_t*>(&system.f_fsid), sizeof system.f_fsid});
        return out;
    }

    base::Result<std::int64_t> free_bytes() override {
        struct statvfs facts {};
        if (::fstatvfs(root_.get(), &facts) != 0) return unfit(folder_, errno);
        return static_cast<std::int64_t>(facts.f_bavail) *
               static_cast<std::int64_t>(facts.f_frsize);
    }

    bool exists(const std::string& path) override {
        const auto place = parent(path);
        struct stat facts {};
        return place && ::fstatat(place->first.get(), place->second.c_str(), &facts,
                                  AT_SYMLINK_NOFOLLOW) == 0;
    }

    base::Result<std::vector<Entry>> list(const std::string& folder, std::size_t most) override {
        Descriptor opened = TRY(open_folder(folder));
        const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(opened.get()), &::closedir);
        if (!entries) return unfit(folder, errno);
        opened.release();
        std::vector<Entry> out;
        errno = 0;
        while (const dirent* entry = ::readdir(entries.get())) {
            const std::string name = entry->d_name;
            if (name == "." || name == "..") continue;
            if (out.size() == most) return base::fail(FaultCode::BundleWrong, "too many entries");
            struct stat facts {};
            const bool known =
                ::fstatat(::dirfd(entries.get()), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0;
            auto kind = Entry::Kind::other;
            if (known && S_ISREG(facts.st_mode)) kind = Entry::Kind::file;
            if (known && S_ISDIR(facts.st_mode)) kind = Entry::Kind::folder;
            out.push_back({name, kind});
            errno = 0;
        }
        if (errno != 0) return unfit(folder, errno);
        return out;
    }

    base::Result<std::unique_ptr<InFile>> open(const std::string& path) override {
        return std::make_unique<FileIn>(TRY(open_file(path, 0)), path);
    }

    base::Result<std::unique_ptr<InFile>> open_uncached(const std::string& path) override {
        Descriptor plain = TRY(open_file(path, 0));
        // Clean pages go; the file was flushed before.
        ::posix_fadvise(plain.get(), 0, 0, POSIX_FADV_DONTNEED);
        auto direct = open_file(path, O_DIRECT);
        return std::make_unique<FileIn>(direct ? std::move(*direct) : std::move(plain), path);
    }

    base::Result<std::unique_ptr<store::OutFile>> create(const std::string& path) override {
        const auto place = TRY(parent(path));
        Descriptor file(::openat(place.first.get(), place.second.c_str(),
                                 O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                                 0600));
        if (!file.is_open()) return unfit(path, errno);
        TRY_STATUS(check_plain(file, path));
        return std::make_unique<FileOut>(std::move(file), path);
    }

    base::Status make_folder(const std::string& path) override {
        const auto place = TRY(parent(path));
        if (::mkdirat(place.first.get(), place.second.c_str(), 0700) != 0 && errno != EEXIST)
            return unfit(path, errno);
        TRY(open_folder(path));
        return {};
    }

    base::Status rename(const std::string& from, const std::string& to) override {
        const auto here = TRY(parent(from));
        const auto there = TRY(parent(to));
        if (::renameat(here.first.get(), here.second.c_str(), there.first.get(),
                       there.second.c_str()) != 0)
            return unfit(to, errno);
        return {};
    }

    base::Status remove(const std::string& path) override {
        const auto place = TRY(parent(path));
        if (::unlinkat(place.first.get(), place.second.c_str(), 0) == 0) return {};
        if (::unlinkat(place.first.get(), place.second.c_str(), AT_REMOVEDIR) == 0) return {};
        return unfit(path, errno);
    }

    base::Status sync_folder(const std::string& path) override {
        const auto folder = TRY(open_folder(path));
        if (::fsync(folder.get()) != 0) return unfit(path, errno);
        return {};
    }

    base::Status sync_all() override {
        if (::syncfs(root_.get()) != 0) return unfit(folder_, errno);
        return {};
    }

  private:
    // Name by name, so that no link on the stick leads anywhere.
    base::Result<Descriptor> open_folder(const std::string& path) const {
        Descriptor at(::openat(root_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        std::size_t from = 0;
        while (at.is_open() && from < path.size()) {
            const auto slash = std::min(path.find('/', from), path.size());
            const std::string name = path.substr(from, slash - from);
            if (name.empty() || name == "." || name == "..")
                return base::fail(FaultCode::BundleWrong, "path");
            at = Descriptor(
                ::openat(at.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            from = slash + 1;
        }
        if (at.is_open()) return at;
        if (errno == ELOOP || errno == ENOTDIR) return base::fail(FaultCode::BundleWrong, path);
        return unfit(path, errno);
    }

    base::Result<std::pair<Descriptor, std::string>> parent(const std::string& path) const {
        const auto slash = path.rfind('/');
        const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
        if (name.empty() || name == "." || name == "..")
            return base::fail(FaultCode::BundleWrong, "path");
        return std::pair(TRY(open_folder(slash == std::string::npos ? "" : path.substr(0, slash))),
                         name);
    }

    base::Result<Descriptor> open_file(const std::string& path, int further) const {
        const auto place = TRY(parent(path));
        Descriptor file(::openat(place.first.get(), place.second.c_str(),
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | further));
        if (!file.is_open() && errno == ELOOP) return base::fail(FaultCode::BundleWrong, path);
        if (!file.is_open()) return unfit(path, errno);
        TRY_STATUS(check_plain(file, path));
        return file;
    }

    static base::Status check_plain(const Descriptor& file, const std::string& path) {
        struct stat facts {};
        if (::fstat(file.get(), &facts) != 0) return unfit(path, errno);
        if (!S_ISREG(facts.st_mode)) return base::fail(FaultCode::BundleWrong, path);
        return {};
    }

    Descriptor root_;
    std::string folder_;
};

}  // namespace

base::Status check_facts(const MediumFacts& facts, domain::Realm realm) {
    if (realm == domain::Realm::training) return {};
    const auto unfit_because = [](const char* why) {
        return base::fail(FaultCode::MediumUnfit, why);
    };
    if (!facts.is_mounted) return unfit_because("nothing is mounted there");
    if (!facts.is_hardened) return unfit_because("not mounted nosuid,nodev,noexec");
    if (facts.file_system.empty()) return unfit_because("file system not allowed");
    if (facts.identity.empty()) return unfit_because("file system without a serial number");
    return {};
}

base::Result<std::unique_ptr<Medium>> open_medium(const std::string& folder) {
    Descriptor root(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root.is_open()) return unfit(folder, errno);
    return std::make_unique<FolderMedium>(std::move(root), folder);
}

base::Result<base::Bytes> read_small(Medium& medium, const std::string& path, std::size_t most) {
    const auto file = TRY(medium.open(path));
    base::Bytes out;
    for (;;) {
        const auto piece = TRY(file->read(most + 1 - out.size()));
        if (piece.empty()) return out;
        out.insert(out.end(), piece.begin(), piece.end());
        if (out.size() > most) return base::fail(FaultCode::BundleWrong, "too large: " + path);
    }
}

}  // namespace offline::courier
