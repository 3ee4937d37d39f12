#include "offline/courier/terminal/release_import.hpp"

#include "offline/feeds/feed_rules.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/releases/package_shelf.hpp"

#include <algorithm>

namespace offline::courier {

namespace {

using base::FaultCode;
using papers::Feed;
using papers::ReleasePackage;
using releases::PackageShelf;

constexpr std::size_t step_bytes = 256 * 1024;

std::string on_stick(const std::string& name) {
    return std::string(releases::stick_folder) + "/" + name;
}

// What a broken line left is gone on with; no byte more than is signed is asked of the stick.
base::Status copy(Medium& medium, PackageShelf& shelf, const ReleasePackage& package) {
    const auto file = TRY(medium.open(on_stick(package.file_name())));
    const std::int64_t from = shelf.staged(package);
    for (std::int64_t at = 0; at < package.length;) {
        const auto most = std::min<std::int64_t>(at < from ? from - at : package.length - at,
                                                 static_cast<std::int64_t>(step_bytes));
        const auto bytes = TRY(file->read(static_cast<std::size_t>(most)));
        if (bytes.empty()) return base::fail(FaultCode::ReleaseWrong, "a package is cut off");
        if (at >= from) TRY_STATUS(shelf.append(package, bytes));
        at += static_cast<std::int64_t>(bytes.size());
    }
    return shelf.finish(package);
}

base::Result<papers::ReleaseList> checked_list(base::ByteView file, const sealing::KeySet& keys,
                                               const std::string& terminal) {
    const auto parts = TRY(papers::feed_file(file));
    const auto head = TRY(feeds::checked_head(parts.head, Feed::release, keys, terminal));
    TRY_STATUS(feeds::checked_content(head, parts.content, keys, {}));
    return papers::ReleaseList::verify(parts.content, keys);
}

}  // namespace

base::Result<std::optional<ReleaseFromStick>> import_release(Medium& medium,
                                                             const std::string& feeds_folder,
                                                             const sealing::KeySet& keys,
                                                             const std::string& terminal,
                                                             store::Disk& disk) {
    const std::string list_path = on_stick(releases::stick_list);
    if (!medium.exists(list_path)) return std::optional<ReleaseFromStick>{};
    const auto most = papers::content_bytes_max(Feed::release) + papers::feed_head_bytes_max + 4;
    const auto file = TRY(read_small(medium, list_path, most));
    const auto list = TRY(checked_list(file, keys, terminal));
    const std::string path =
        feeds_folder + "/" + papers::feed_file_name(Feed::release, list.release);
    const auto here = feeds::staged_versions(feeds_folder, Feed::release);
    const std::int64_t newest = here.empty() ? 0 : here.front();
    if (list.release < newest)
        return base::fail(FaultCode::ReleaseOutdated, "release " + std::to_string(list.release) +
                                                          " after " + std::to_string(newest));
    ReleaseFromStick out;
    out.release = list.release;
    out.for_us = list.is_for(terminal);
    if (!out.for_us) return std::optional(out);
    if (list.release == newest) {
        const auto same = TRY(base::read_file(path));
        if (same != file) return base::fail(FaultCode::ReleaseWrong, "another list of this number");
    }
    auto shelf = TRY(PackageShelf::open(releases::shelf_folder(feeds_folder), list.suite, disk));
    std::vector<ReleasePackage> wanted = list.packages;
    wanted.insert(wanted.end(), list.fallback.begin(), list.fallback.end());
    if (!shelf.has_room(wanted)) return base::fail(FaultCode::DiskFull, "packages");
    for (const auto& package : wanted) {
        if (shelf.has(package)) continue;
        if (!medium.exists(on_stick(package.file_name()))) {
            ++out.missing;
            continue;
        }
        TRY_STATUS(copy(medium, shelf, package));
        ++out.packages;
    }
    if (list.release > newest) {
        TRY_STATUS(store::replace_file(disk, path, file));
        store::make_readable(path);
    }
    return std::optional(out);
}

}  // namespace offline::courier
