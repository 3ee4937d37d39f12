#include "provisioning/updates/staging.hpp"

#include "offline/feeds/staged.hpp"
#include "offline/papers/feed_contents.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>

namespace provisioning::updates {

namespace {

using base::FaultCode;
using offline::papers::Feed;
using offline::papers::ReleasePackage;
namespace fs = std::filesystem;
namespace sealing = offline::sealing;

constexpr std::size_t step_bytes = 256 << 10;
constexpr std::int64_t left_to_citizens = std::int64_t{64} << 20;
constexpr std::int64_t times_its_size = 4;  // a package: its copy, and unpacked beside the old one

class Descriptor {
  public:
    explicit Descriptor(int file) : file_(file) {}
    ~Descriptor() {
        if (file_ >= 0) ::close(file_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return file_; }

  private:
    int file_;
};

constexpr std::size_t root_bytes_max = 4096, key_set_bytes_max = 128 << 10;

std::string release_folder(const std::string& folder) {
    return folder + "/release";
}
std::string papers_folder(const std::string& folder) {
    return folder + "/papers";
}

std::string offered_folder(const std::string& folder) {
    return folder + "/offered";
}

// These files and no others. A disk that is looked at every ten minutes is not written to every ten
// minutes.
base::Status hold_only(const std::string& folder, const std::map<std::string, base::Bytes>& files) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) return base::fail(FaultCode::FileUnwritable, folder);
    std::vector<fs::path> gone;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
         at.increment(problem))
        if (!files.contains(at->path().filename().string())) gone.push_back(at->path());
    for (const auto& path : gone) fs::remove(path, problem);
    for (const auto& [name, bytes] : files) {
        const std::string path = folder + "/" + name;
        const auto there = base::read_file(path);
        if (!there || *there != bytes) TRY_STATUS(base::write_file(path, bytes, 0644));
    }
    return {};
}

// A plain file of another account: a pipe or a link that it put there neither blocks nor leads
// away.
base::Result<base::Bytes> read_bounded(const std::string& path, std::size_t most) {
    const Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat facts {};
    if (in.get() < 0 || ::fstat(in.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return base::fail(FaultCode::FileUnreadable, path);
    base::Bytes out(most + 1);
    std::size_t filled = 0;
    while (filled < out.size()) {
        const auto got = ::read(in.get(), out.data() + filled, out.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return base::fail(FaultCode::FileUnreadable, path);
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    if (filled > most) return base::fail(FaultCode::ReleaseWrong, "too long: " + path);
    out.resize(filled);
    return out;
}

tl::unexpected<base::Fault> wrong(const ReleasePackage& package, const char* what) {
    return base::fail(FaultCode::ReleaseWrong, std::string(what) + " of " + package.name);
}

// Reads once, never past the signed length, and believes only what was read.
base::Status copy(const std::string& from, const std::string& to, const ReleasePackage& package,
                  sealing::SuiteId suite, const Passing& passing) {
    // A pipe or a link that somebody put there neither blocks nor leads away.
    const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat facts {};
    if (in.get() < 0 || ::fstat(in.get(), &facts) != 0)
        return base::fail(FaultCode::AnswerNotFound, package.name);
    if (!S_ISREG(facts.st_mode) || facts.st_size != package.length) return wrong(package, "length");
    const std::string part = to + ".part";
    const Descriptor out(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    const auto unwritable = [&] {
        return base::fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, part);
    };
    if (out.get() < 0) return unwritable();
    const auto hasher = sealing::suite(suite).hasher();
    base::Bytes block(step_bytes);
    std::int64_t copied_bytes = 0;
    while (copied_bytes < package.length) {
        const auto most =
            std::min(static_cast<std::int64_t>(block.size()), package.length - copied_bytes);
        const auto got = ::read(in.get(), block.data(), static_cast<std::size_t>(most));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return wrong(package, "length");
        const auto bytes = base::ByteView(block).first(static_cast<std::size_t>(got));
        hasher->update(bytes);
        for (auto left = bytes; !left.empty();) {
            const auto put = ::write(out.get(), left.data(), left.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return unwritable();
            left = left.subspan(static_cast<std::size_t>(put));
        }
        copied_bytes += got;
    }
    passing("package copied");
    if (hasher->finish() != package.digest) {
        ::unlink(part.c_str());
        return wrong(package, "digest");
    }
    if (::fsync(out.get()) != 0) return unwritable();
    if (::rename(part.c_str(), to.c_str()) != 0) return unwritable();
    passing("package named");
    return {};
}

bool is_whole(const std::string& path, const ReleasePackage& package, sealing::SuiteId suite) {
    const Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat facts {};
    if (in.get() < 0 || ::fstat(in.get(), &facts) != 0 || facts.st_size != package.length)
        return false;
    const auto hasher = sealing::suite(suite).hasher();
    base::Bytes block(step_bytes);
    for (;;) {
        const auto got = ::read(in.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        hasher->update(base::ByteView(block).first(static_cast<std::size_t>(got)));
    }
    return hasher->finish() == package.digest;
}

}  // namespace

base::Status check_folder(const std::string& folder) {
    std::error_code problem;
    fs::create_directories(release_folder(folder), problem);
    if (problem) return base::fail(FaultCode::FileUnwritable, folder);
    for (const std::string& each : {folder, release_folder(folder)}) {
        struct stat facts {};
        if (::lstat(each.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode))
            return base::fail(FaultCode::FileUnwritable, each);
        if (facts.st_uid != ::geteuid() || (facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
            return base::fail(FaultCode::PostRefused, "others may write to " + each);
    }
    return {};
}

base::Status pin_root(const std::string& root_key, const std::string& folder) {
    const std::string pinned = folder + "/root.pub";
    const auto root = TRY(read_bounded(root_key, root_bytes_max));
    std::error_code problem;
    if (!fs::exists(pinned, problem)) {
        TRY(sealing::PinnedRoot::parse(root));
        return base::write_file(pinned, root, 0644);
    }
    const auto first = TRY(base::read_file(pinned));
    if (first != root) return base::fail(FaultCode::RootMismatch, root_key);
    return {};
}

std::int64_t newest_number(const config::Config& config) {
    const auto versions =
        offline::feeds::staged_versions(config.terminal.feeds_folder, Feed::release);
    return versions.empty() ? 0 : versions.front();
}

base::Status take_papers(const config::Config& config, const std::string& folder) {
    const auto& own = config.terminal;
    const auto keys = TRY(read_bounded(own.key_set, key_set_bytes_max));
    std::map<std::string, base::Bytes> papers{{"key_set.json", keys}}, offered;
    for (const Feed feed : {Feed::key_set, Feed::revocation, Feed::release}) {
        const auto versions = offline::feeds::staged_versions(own.feeds_folder, feed);
        if (versions.empty()) continue;
        const std::string name = offline::papers::feed_file_name(feed, versions.front());
        const auto most = offline::papers::content_bytes_max(feed) +
                          offline::papers::feed_head_bytes_max + sizeof(std::uint32_t);
        (feed == Feed::revocation ? offered : papers)[name] =
            TRY(read_bounded(own.feeds_folder + "/" + name, most));
    }
    TRY_STATUS(hold_only(papers_folder(folder), papers));
    return hold_only(offered_folder(folder), offered);
}

base::Result<sealing::KeySet> trusted_keys(const config::Config& config,
                                           const std::string& folder) {
    namespace feeds = offline::feeds;
    const auto& own = config.terminal;
    const std::string taken = papers_folder(folder), offered = offered_folder(folder);
    // No revocation lies there: these are all keys of the set, for one may withdraw its own signer.
    const auto trust = TRY(feeds::read_trust_and_feeds(
        {folder + "/root.pub", taken + "/key_set.json", folder + "/key_set_floor"}, taken,
        own.realm, own.suite, own.id));
    TRY_STATUS(trust.floor_kept);
    const auto path = [&](std::int64_t version) {
        return folder + "/" + offline::papers::feed_file_name(Feed::revocation, version);
    };
    auto kept = feeds::staged_versions(folder, Feed::revocation);
    const std::int64_t floor = kept.empty() ? 0 : kept.front();
    const auto newer =
        feeds::newest_staged(offered, Feed::revocation, floor + 1, trust.keys, own.id);
    if (newer && offline::papers::revocations(newer->content)) {
        const auto& version = newer->head.version;
        const auto file = TRY(base::read_file(
            offered + "/" + offline::papers::feed_file_name(Feed::revocation, version)));
        TRY_STATUS(base::write_file(path(version), file, 0644));
        kept.insert(kept.begin(), version);
    }
    if (kept.empty()) return trust.keys;
    std::error_code problem;
    for (std::size_t i = 1; i < kept.size(); ++i) fs::remove(path(kept[i]), problem);
    // Verified when it came, in a folder that nobody else writes to. Its signer may have gone
    // since.
    const auto bytes = TRY(base::read_file(path(kept.front())));
    const auto file = offline::papers::feed_file(bytes);
    const auto said = file ? offline::papers::revocations(file->content)
                           : base::Result<offline::papers::Revocations>(base::fail(file.error()));
    if (!said) return base::fail(FaultCode::FeedWrong, path(kept.front()));
    return trust.keys.without(said->kids);
}

base::Result<StagedRelease> newest_release(const config::Config& config, const std::string& folder,
                                           const sealing::KeySet& keys, std::int64_t floor,
                                           base::Instant now) {
    namespace feeds = offline::feeds;
    const auto& own = config.terminal;
    const std::string taken = papers_folder(folder);
    const auto versions = feeds::staged_versions(taken, Feed::release);
    if (versions.empty() || versions.front() <= floor)
        return base::fail(FaultCode::AnswerNotFound, "no newer release");
    // The newest alone: one that does not hold never lets an older one in.
    const auto staged =
        TRY(feeds::read_staged(taken, Feed::release, versions.front(), keys, own.id));
    StagedRelease out{staged.head, {}};
    const auto list = offline::papers::ReleaseList::verify(staged.content, keys);
    if (!list)
        return base::fail(FaultCode::ReleaseWrong, std::string(base::name(list.error().code)) +
                                                       " " + list.error().safe_detail);
    out.list = *list;
    if (out.list.release != out.head.version)
        return base::fail(FaultCode::ReleaseWrong, "list of another release");
    if (!out.list.is_for(own.id)) return base::fail(FaultCode::AnswerNotFound, "not for us");
    // A clock that was set back does not make a list young: what was signed is never before its
    // own date.
    const auto at = std::max(now, out.head.issued_at);
    if (at >= out.list.expires_at || out.head.is_outdated(at))
        return base::fail(FaultCode::ReleaseOutdated, "past its date");
    return out;
}

std::string copied(const std::string& folder, const ReleasePackage& package) {
    return release_folder(folder) + "/" + package.file_name();
}

std::vector<std::string> copied(const std::string& folder,
                                const std::vector<ReleasePackage>& packages) {
    std::vector<std::string> out;
    for (const auto& package : packages) out.push_back(copied(folder, package));
    return out;
}

base::Status copy_packages(const std::string& shelf, const std::string& folder,
                           const std::vector<ReleasePackage>& packages, sealing::SuiteId suite,
                           const Passing& passing) {
    std::int64_t bytes = 0;
    for (const auto& package : packages) bytes += package.length;
    struct statvfs facts {};
    if (::statvfs(folder.c_str(), &facts) != 0)
        return base::fail(FaultCode::FileUnreadable, folder);
    const auto free =
        static_cast<std::int64_t>(facts.f_bavail) * static_cast<std::int64_t>(facts.f_frsize);
    if (free < times_its_size * bytes + left_to_citizens)
        return base::fail(FaultCode::DiskFull, folder);
    for (const auto& package : packages) {
        const std::string to = copied(folder, package);
        if (is_whole(to, package, suite)) continue;
        TRY_STATUS(copy(shelf + "/" + package.file_name(), to, package, suite, passing));
    }
    const Descriptor directory(
        ::open(release_folder(folder).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0 || ::fsync(directory.get()) != 0)
        return base::fail(FaultCode::FileUnwritable, release_folder(folder));
    return {};
}

bool are_whole(const std::string& folder, const std::vector<ReleasePackage>& packages,
               sealing::SuiteId suite) {
    return std::all_of(packages.begin(), packages.end(), [&](const ReleasePackage& package) {
        return is_whole(copied(folder, package), package, suite);
    });
}

void keep_copies(const std::string& folder, const std::vector<ReleasePackage>& packages) {
    std::error_code problem;
    std::vector<fs::path> gone;
    for (fs::directory_iterator at(release_folder(folder), problem), end; !problem && at != end;
         at.increment(problem)) {
        const std::string name = at->path().filename().string();
        if (std::none_of(packages.begin(), packages.end(),
                         [&](const auto& package) { return package.file_name() == name; }))
            gone.push_back(at->path());
    }
    for (const auto& path : gone) fs::remove(path, problem);
}

}  // namespace provisioning::updates
