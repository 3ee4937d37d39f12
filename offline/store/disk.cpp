#include "offline/store/disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace offline::store {

namespace {

using base::FaultCode;
namespace fs = std::filesystem;

base::Fault fault_of(int error, const std::string& path) {
    const std::string detail = path + ": " + std::strerror(error);
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return {FaultCode::DiskFull, detail};
        case EIO:
        case ENXIO:
            return {FaultCode::StoreWriteFailed, detail};
        default:
            return {FaultCode::FileUnwritable, detail};
    }
}

class Descriptor {
  public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

class RealFile final : public OutFile {
  public:
    RealFile(Descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
    base::Status write(base::ByteView bytes) override {
        while (!bytes.empty()) {
            const auto put = ::write(file_.get(), bytes.data(), bytes.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return base::fail(fault_of(errno, path_));
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        }
        return {};
    }
    base::Status sync() override {
        if (::fsync(file_.get()) != 0) return base::fail(fault_of(errno, path_));
        return {};
    }

  private:
    Descriptor file_;
    std::string path_;
};

class RealDisk final : public Disk {
  public:
    const char* sqlite_vfs() const override { return nullptr; }

    base::Result<std::unique_ptr<OutFile>> create(const std::string& path) override {
        Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file.is_open()) return base::fail(fault_of(errno, path));
        return std::make_unique<RealFile>(std::move(file), path);
    }

    base::Result<base::Bytes> read(const std::string& path, std::int64_t at,
                                   std::size_t most) override {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file.is_open()) return base::fail(FaultCode::FileUnreadable, path);
        base::Bytes out;
        while (out.size() < most) {
            const std::size_t step = std::min<std::size_t>(most - out.size(), 64 * 1024);
            const std::size_t had = out.size();
            out.resize(had + step);
            const auto got = ::pread(file.get(), out.data() + had, step,
                                     static_cast<off_t>(at) + static_cast<off_t>(had));
            out.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return base::fail(FaultCode::FileUnreadable, path);
            if (got == 0) break;
        }
        return out;
    }

    base::Status rename(const std::string& from, const std::string& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) return base::fail(fault_of(errno, to));
        return {};
    }

    base::Status remove(const std::string& path) override {
        if (::unlink(path.c_str()) != 0) return base::fail(fault_of(errno, path));
        return {};
    }

    base::Status make_folder(const std::string& folder) override {
        std::error_code problem;
        const bool made = fs::create_directories(folder, problem);
        if (problem) return base::fail(fault_of(problem.value(), folder));
        if (::chmod(folder.c_str(), 0700) != 0) return base::fail(fault_of(errno, folder));
        return made ? sync_folder(folder_of(folder)) : base::Status{};
    }

    base::Status sync_file(const std::string& path) override {
        const Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!opened.is_open() || ::fsync(opened.get()) != 0)
            return base::fail(fault_of(errno, path));
        return {};
    }

    base::Status sync_folder(const std::string& folder) override {
        const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!opened.is_open() || ::fsync(opened.get()) != 0)
            return base::fail(fault_of(errno, folder));
        return {};
    }

    base::Result<std::vector<std::string>> list(const std::string& folder) override {
        std::error_code problem;
        std::vector<std::string> names;
        for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
             at.increment(problem))
            names.push_back(at->path().filename().string());
        if (problem) return base::fail(FaultCode::FileUnreadable, folder);
        return names;
    }

    base::Result<std::int64_t> free_bytes(const std::string& folder) override {
        struct statvfs facts {};
        if (::statvfs(folder.c_str(), &facts) != 0)
            return base::fail(FaultCode::FileUnreadable, folder);
        return static_cast<std::int64_t>(facts.f_bavail) *
               static_cast<std::int64_t>(facts.f_frsize);
    }

    bool exists(const std::string& path) const override {
        struct stat facts {};
        return ::stat(path.c_str(), &facts) == 0;
    }

    base::Result<FolderLock> lock(const std::string& path) override {
        return FolderLock::take(path);
    }
};

}  // namespace

base::Result<FolderLock> FolderLock::take(const std::string& path) {
    auto file =
        std::make_shared<Descriptor>(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file->is_open()) return base::fail(fault_of(errno, path));
    if (::flock(file->get(), LOCK_EX | LOCK_NB) != 0)
        return base::fail(FaultCode::PostRefused, "another instance holds " + path);
    return FolderLock(std::move(file));
}

Disk& real_disk() {
    static RealDisk disk;
    return disk;
}

base::Status replace_file(Disk& disk, const std::string& path, base::ByteView bytes) {
    const std::string beside = path + ".part";
    {
        const auto file = TRY(disk.create(beside));
        TRY_STATUS(file->write(bytes));
        TRY_STATUS(file->sync());
    }
    TRY_STATUS(disk.rename(beside, path));
    return disk.sync_folder(folder_of(path));
}

void make_readable(const std::string& path) {
    std::error_code ignored;
    fs::permissions(path,
                    fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read |
                        fs::perms::others_read,
                    ignored);
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace offline::store
