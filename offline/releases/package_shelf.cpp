#include "offline/releases/package_shelf.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace offline::releases {

namespace {

using base::FaultCode;
using papers::ReleasePackage;

constexpr std::int64_t left_to_citizens = std::int64_t{64} << 20;
constexpr std::size_t step_bytes = 256 << 10;
constexpr const char* part_ending = ".part";

std::int64_t size_of(const std::string& path) {
    struct stat facts {};
    return ::lstat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) ? facts.st_size : 0;
}

base::Status append_to(const std::string& path, base::ByteView bytes) {
    const int file =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (file < 0) return base::fail(FaultCode::FileUnwritable, path);
    base::Status done;
    while (done && !bytes.empty()) {
        const auto put = ::write(file, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0)
            done =
                base::fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, path);
        else
            bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    ::close(file);
    return done;
}

}  // namespace

base::Result<PackageShelf> PackageShelf::open(const std::string& folder, sealing::SuiteId suite,
                                              store::Disk& disk) {
    if (!disk.exists(folder)) {
        TRY_STATUS(disk.make_folder(folder));
        ::chmod(folder.c_str(), 0750);
    }
    return PackageShelf(folder, suite, disk);
}

std::string PackageShelf::path(const ReleasePackage& package) const {
    return folder_ + "/" + package.file_name();
}

base::Status PackageShelf::is_right(const ReleasePackage& package, const std::string& path) const {
    if (size_of(path) != package.length) return base::fail(FaultCode::ReleaseWrong, "length");
    const auto hasher = sealing::suite(suite_).hasher();
    for (std::int64_t at = 0; at < package.length;) {
        const base::Bytes bytes = TRY(disk_->read(path, at, step_bytes));
        if (bytes.empty()) return base::fail(FaultCode::ReleaseWrong, "length");
        hasher->update(bytes);
        at += static_cast<std::int64_t>(bytes.size());
    }
    if (hasher->finish() != package.digest) return base::fail(FaultCode::ReleaseWrong, "digest");
    return {};
}

bool PackageShelf::has(const ReleasePackage& package) {
    const std::string file = path(package);
    if (size_of(file) != package.length) return false;
    if (right_.contains(package.file_name())) return true;
    if (!is_right(package, file)) {
        [[maybe_unused]] const auto ignored = disk_->remove(file);
        return false;
    }
    right_.insert(package.file_name());
    return true;
}

std::int64_t PackageShelf::staged(const ReleasePackage& package) const {
    const std::int64_t whole = size_of(path(package));
    if (whole == package.length) return whole;
    return std::min(size_of(path(package) + part_ending), package.length);
}

base::Status PackageShelf::append(const ReleasePackage& package, base::ByteView bytes) {
    if (static_cast<std::int64_t>(bytes.size()) > package.length - staged(package))
        return base::fail(FaultCode::ReleaseWrong, "longer than signed");
    return append_to(path(package) + part_ending, bytes);
}

base::Status PackageShelf::finish(const ReleasePackage& package) {
    const std::string part = path(package) + part_ending;
    if (const auto right = is_right(package, part); !right) {
        [[maybe_unused]] const auto ignored = disk_->remove(part);
        return right;
    }
    TRY_STATUS(disk_->sync_file(part));
    TRY_STATUS(disk_->rename(part, path(package)));
    TRY_STATUS(disk_->sync_folder(folder_));
    right_.insert(package.file_name());
    return {};
}

bool PackageShelf::has_room(const std::vector<ReleasePackage>& packages) const {
    std::int64_t needed = left_to_citizens;
    for (const auto& package : packages)
        needed += package.length - staged(package) + package.length;
    const auto free = disk_->free_bytes(folder_);
    return free && *free >= needed;
}

void PackageShelf::keep_only(const std::vector<ReleasePackage>& packages) {
    const auto names = disk_->list(folder_);
    if (!names) return;
    for (const auto& name : *names) {
        const bool wanted =
            std::any_of(packages.begin(), packages.end(), [&](const ReleasePackage& package) {
                return name == package.file_name() || name == package.file_name() + part_ending;
            });
        if (wanted) continue;
        right_.erase(name);
        [[maybe_unused]] const auto ignored = disk_->remove(folder_ + "/" + name);
    }
}

}  // namespace offline::releases
