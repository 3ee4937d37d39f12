#include "offline/enrolment/identity.hpp"

#include "base/assert.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::enrolment {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::size_t change_bytes_max = 1 << 20;
constexpr std::size_t files_max = 16, path_bytes_max = 4096;

std::string content_name(std::size_t i) {
    return "content" + std::to_string(i);
}

base::Result<std::vector<NewFile>> files_in(base::ByteView change) {
    Record record = TRY(formats::record_from_cbor(change));
    const sealing::WipeAtEnd wipe(record);
    Fields in(record, FaultCode::BytesMalformed, "identity change");
    TRY_STATUS(in.exactly("v", 1));
    const formats::Texts paths = TRY(in.texts("paths", files_max));
    const formats::Texts secret = TRY(in.texts("secret", files_max));
    std::vector<NewFile> out;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (paths[i].size() > path_bytes_max) return in.wrong("paths");
        out.push_back({paths[i], TRY(in.bytes(content_name(i), change_bytes_max)),
                       std::find(secret.begin(), secret.end(), paths[i]) != secret.end()});
    }
    TRY_STATUS(in.finish());
    return out;
}

base::Status remove_if_there(store::Disk& disk, const std::string& path) {
    if (!disk.exists(path)) return {};
    return disk.remove(path);
}

}  // namespace

base::Result<std::optional<Facts>> read_facts(store::Disk& disk, const Places& places) {
    if (!disk.exists(places.facts())) return std::optional<Facts>{};
    const base::Bytes file = TRY(disk.read(places.facts(), 0, facts_bytes_max));
    return std::optional(TRY(facts_from(file)));
}

base::Status change_together(store::Disk& disk, const Places& places,
                             const std::vector<NewFile>& files) {
    KIOSK_ASSERT(files.size() <= files_max);
    Record record{{"v", std::int64_t{1}}};
    const sealing::WipeAtEnd wipe(record);
    formats::Texts paths, secret;
    for (std::size_t i = 0; i < files.size(); ++i) {
        paths.push_back(files[i].path);
        if (files[i].secret) secret.push_back(files[i].path);
        record[content_name(i)] = files[i].bytes;
    }
    record["paths"] = std::move(paths);
    record["secret"] = std::move(secret);
    base::Bytes change = formats::to_cbor(record);
    const sealing::WipeAtEnd wipe_change(change);
    TRY_STATUS(disk.make_folder(places.folder));
    TRY_STATUS(store::replace_file(disk, places.change(), change));
    TRY(finish_change(disk, places));
    return {};
}

base::Result<bool> finish_change(store::Disk& disk, const Places& places) {
    if (!disk.exists(places.change())) return false;
    base::Bytes change = TRY(disk.read(places.change(), 0, change_bytes_max));
    const sealing::WipeAtEnd wipe(change);
    auto files = TRY(files_in(change));
    for (auto& file : files) {
        const sealing::WipeAtEnd wipe_file(file.bytes);
        const std::string folder = store::folder_of(file.path);
        if (!disk.exists(folder)) TRY_STATUS(disk.make_folder(folder));
        TRY_STATUS(store::replace_file(disk, file.path, file.bytes));
        if (!file.secret) store::make_readable(file.path);
    }
    // The keys have their places: what was pending is theirs now.
    for (const auto& pending : {places.pending_key(), places.pending_tls_key(), places.change()})
        TRY_STATUS(remove_if_there(disk, pending));
    TRY_STATUS(disk.sync_folder(places.folder));
    return true;
}

}  // namespace offline::enrolment
