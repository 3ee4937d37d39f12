#include "offline/courier/stick_copy.hpp"

#include <algorithm>

namespace offline::courier {

namespace {

using base::FaultCode;

std::string in(const std::string& folder, std::string_view name) {
    return folder + "/" + std::string(name);
}

bool reads_right(Medium& medium, const std::string& path, const ObjectLine& line,
                 sealing::SuiteId suite) {
    const auto file = medium.open_uncached(path);
    if (!file) return false;
    const auto found = digest_of(**file, line.bytes, suite, nullptr);
    return found && *found == line.digest;
}

}  // namespace

base::Result<BundleWriter> BundleWriter::begin(Medium& medium, std::string name) {
    BundleWriter writer(medium, std::move(name));
    if (medium.exists(writer.name_)) TRY_STATUS(writer.take_back());
    TRY_STATUS(medium.make_folder(writer.part()));
    TRY_STATUS(medium.make_folder(in(writer.part(), objects_name)));
    TRY_STATUS(medium.sync_folder(""));
    TRY_STATUS(medium.sync_folder(writer.part()));
    return writer;
}

base::Result<ObjectLine> BundleWriter::write_object(const BundleId& id, Way way, int number,
                                                    domain::Realm realm,
                                                    const sealing::PublicKey& to,
                                                    sealing::SuiteId digest_suite,
                                                    const NextItem& next) {
    const std::string path = in(part(), object_name(number));
    const auto file = TRY(medium_->create(path));
    auto sealer = TRY(sealing::StreamSealer::begin(realm, to, place_of(id, way, number)));
    const auto hash = sealing::suite(digest_suite).hasher();
    ObjectLine line{number, 0, {}};
    const auto put = [&](base::ByteView bytes) -> base::Status {
        line.bytes += static_cast<std::int64_t>(bytes.size());
        if (line.bytes > object_bytes_max) return base::fail(FaultCode::BundleWrong, "object size");
        hash->update(bytes);
        return file->write(bytes);
    };
    for (;;) {
        const auto item = TRY(next());
        if (item.empty()) break;
        TRY_STATUS(put(TRY(sealer.append(item))));
    }
    TRY_STATUS(put(TRY(sealer.finish())));
    TRY_STATUS(file->sync());
    TRY_STATUS(medium_->sync_folder(in(part(), objects_name)));
    line.digest = hash->finish();
    return line;
}

bool BundleWriter::is_there(const ObjectLine& line, sealing::SuiteId suite) {
    return reads_right(*medium_, in(part(), object_name(line.number)), line, suite);
}

ObjectLine line_of(base::ByteView index, sealing::SuiteId suite) {
    return {1, static_cast<std::int64_t>(index.size()), sealing::digest(suite, index)};
}

base::Status BundleWriter::finish(base::ByteView index) {
    {
        const auto file = TRY(medium_->create(in(part(), index_name)));
        TRY_STATUS(file->write(index));
        TRY_STATUS(file->sync());
    }
    TRY_STATUS(medium_->sync_folder(part()));
    TRY_STATUS(medium_->rename(part(), name_));
    TRY_STATUS(medium_->sync_folder(""));
    return medium_->sync_all();
}

base::Result<std::vector<int>> BundleWriter::wrong_when_read_again(
    base::ByteView index, const std::vector<ObjectLine>& objects, sealing::SuiteId suite) {
    return wrong_when_looked_at(*medium_, name_, line_of(index, suite), objects, suite);
}

base::Result<std::vector<int>> BundleWriter::wrong_when_looked_at(
    Medium& medium, const std::string& name, const ObjectLine& index,
    const std::vector<ObjectLine>& objects, sealing::SuiteId suite) {
    if (!reads_right(medium, in(name, index_name), index, suite))
        return base::fail(FaultCode::MediumUnfit, "the index reads otherwise");
    std::vector<int> wrong;
    for (const auto& line : objects)
        if (!reads_right(medium, in(name, object_name(line.number)), line, suite))
            wrong.push_back(line.number);
    return wrong;
}

base::Status BundleWriter::take_back() {
    TRY_STATUS(medium_->rename(name_, part()));
    return medium_->sync_folder("");
}

base::Result<sealing::Digest> digest_of(InFile& file, std::int64_t bytes, sealing::SuiteId suite,
                                        const std::function<base::Status(base::ByteView)>& also) {
    const auto hash = sealing::suite(suite).hasher();
    std::int64_t left = bytes;
    for (;;) {
        // One more than is left, so that a file that goes on is noticed without being read on.
        const auto most = std::min<std::int64_t>(left + 1, step_bytes);
        const auto piece = TRY(file.read(static_cast<std::size_t>(most)));
        if (piece.empty()) break;
        left -= static_cast<std::int64_t>(piece.size());
        if (left < 0) return base::fail(FaultCode::BundleWrong, "larger than its index says");
        hash->update(piece);
        if (also) TRY_STATUS(also(piece));
    }
    if (left != 0) return base::fail(FaultCode::BundleWrong, "shorter than its index says");
    return hash->finish();
}

base::Result<Staging> Staging::make(store::Disk& disk, std::string folder) {
    Staging staging(disk, std::move(folder));
    TRY_STATUS(disk.make_folder(staging.folder_));
    TRY_STATUS(staging.clear());
    return staging;
}

Staging::~Staging() {
    if (disk_ == nullptr) return;
    [[maybe_unused]] const auto left_for_the_next = clear();
}

base::Status Staging::clear() {
    for (const auto& name : TRY(disk_->list(folder_))) TRY_STATUS(disk_->remove(in(folder_, name)));
    return {};
}

std::string Staging::path(int number) const {
    return folder_ + "/" + std::to_string(number);
}

base::Status Staging::copy(Medium& medium, const std::string& bundle,
                           const std::vector<ObjectLine>& objects, sealing::SuiteId suite) {
    std::int64_t total = 0;
    for (const auto& line : objects) total += line.bytes;
    constexpr std::int64_t spare = 16 << 20;
    if (TRY(disk_->free_bytes(folder_)) < total + spare)
        return base::fail(FaultCode::DiskFull, "no room to copy the bundle");
    for (const auto& line : objects) {
        const auto from = TRY(medium.open(in(bundle, object_name(line.number))));
        const auto to = TRY(disk_->create(path(line.number)));
        const auto found = TRY(digest_of(*from, line.bytes, suite,
                                         [&](base::ByteView piece) { return to->write(piece); }));
        if (found != line.digest)
            return base::fail(FaultCode::BundleWrong, "object: not what its index says");
    }
    return {};
}

base::Status Staging::read(const ObjectLine& line, domain::Realm realm, const BundleId& id, Way way,
                           const FindPair& find, const ItemReader::OnItem& on_item) const {
    sealing::StreamOpener opener(realm, place_of(id, way, line.number), find);
    ItemReader items(on_item);
    for (std::int64_t at = 0;;) {
        const auto piece = TRY(disk_->read(path(line.number), at, step_bytes));
        if (piece.empty()) break;
        at += static_cast<std::int64_t>(piece.size());
        TRY_STATUS(items.append(TRY(opener.append(piece))));
    }
    TRY_STATUS(opener.finish());
    return items.finish();
}

base::Status remove_bundle(Medium& medium, const std::string& name) {
    if (!medium.exists(name)) return {};
    const std::string objects = in(name, objects_name);
    if (medium.exists(objects)) {
        for (const auto& entry : TRY(medium.list(objects, 2 * objects_max)))
            if (entry.kind == Entry::Kind::file) TRY_STATUS(medium.remove(in(objects, entry.name)));
        TRY_STATUS(medium.remove(objects));
    }
    if (medium.exists(in(name, index_name))) TRY_STATUS(medium.remove(in(name, index_name)));
    return medium.remove(name);
}

}  // namespace offline::courier
