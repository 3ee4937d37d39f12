// The second medium: a copy of every kept submission, made after the citizen was answered. It is
// for the day the first medium dies or rots; a file is one submission:
//   CWM1 | number of parts 4 | length 8 | part … : manifest, signature, envelope, attachments
// Written beside, flushed, renamed, the folder flushed. What was purged goes from here, too.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/salvage.hpp"
#include "offline/outbox/schema.hpp"

#include <charconv>

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::string_view magic = "CWM1";
constexpr std::int64_t at_once = 8;
constexpr std::size_t file_bytes_max = std::size_t{512} << 20;

void put_number(base::Bytes& out, std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

bool take_number(base::ByteView& in, int bytes, std::uint64_t& value) {
    if (in.size() < static_cast<std::size_t>(bytes)) return false;
    value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8 | in[static_cast<std::size_t>(i)];
    in = in.subspan(static_cast<std::size_t>(bytes));
    return true;
}

std::optional<std::vector<base::Bytes>> parts_of(base::ByteView in) {
    std::uint64_t count = 0, length = 0;
    if (in.size() < 4 || base::as_text(in.first(4)) != magic) return {};
    in = in.subspan(4);
    if (!take_number(in, 4, count) || count < 3 || count > 3 + papers::attachments_max) return {};
    std::vector<base::Bytes> parts;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!take_number(in, 8, length) || length > in.size()) return {};
        parts.emplace_back(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(length));
        in = in.subspan(static_cast<std::size_t>(length));
    }
    if (!in.empty()) return {};
    return parts;
}

}  // namespace

std::string Outbox::mirror_path(std::int64_t seq) const {
    return options_.mirror_folder + "/" + std::to_string(seq) + ".kept";
}

base::Status Outbox::mirror_one(std::int64_t seq) {
    store::Disk& disk = *options_.disk;
    if (disk.exists(mirror_path(seq))) return {};
    const auto parcel = TRY(this->parcel(seq));
    if (!parcel) return {};
    const std::string beside = mirror_path(seq) + ".part";
    {
        const auto file = TRY(disk.create(beside));
        base::Bytes head = base::to_bytes(magic);
        put_number(head, 3 + parcel->attachments.size(), 4);
        TRY_STATUS(file->write(head));
        for (const auto* part : {&parcel->manifest, &parcel->signature, &parcel->envelope}) {
            base::Bytes length;
            put_number(length, part->size(), 8);
            TRY_STATUS(file->write(length));
            TRY_STATUS(file->write(*part));
        }
        for (const auto& attachment : parcel->attachments) {
            const auto bytes = TRY(read_attachment(
                attachment.line.id, 0, static_cast<std::size_t>(attachment.line.length)));
            base::Bytes length;
            put_number(length, bytes.size(), 8);
            TRY_STATUS(file->write(length));
            TRY_STATUS(file->write(bytes));
        }
        TRY_STATUS(file->sync());
    }
    TRY_STATUS(disk.rename(beside, mirror_path(seq)));
    return disk.sync_folder(options_.mirror_folder);
}

// A few at a time, so that a medium that is slow or was away for long holds nobody up.
base::Status Outbox::mirror_some() {
    if (options_.mirror_folder.empty()) return {};
    const std::int64_t behind = TRY(database_.integer(
        "SELECT count(*) FROM submission WHERE seq > " + std::to_string(mirrored_to_)));
    const auto tell = [&](const std::string& state, std::int64_t waiting) {
        if (mirror_told_ == state) return;
        mirror_told_ = state;
        record(base::log::MirrorChanged{state, waiting});
    };
    if (behind == 0 && mirror_told_) return {};
    const bool there = options_.disk->exists(options_.mirror_folder);
    if (!there && !options_.disk->make_folder(options_.mirror_folder)) {
        tell("absent", behind);
        return {};
    }
    std::vector<std::int64_t> seqs;
    {
        store::Query rows =
            database_.prepare("SELECT seq FROM submission WHERE seq > ? ORDER BY seq LIMIT ?");
        rows.bind(mirrored_to_).bind(at_once);
        while (TRY(rows.row())) seqs.push_back(rows.integer(0));
    }
    for (const std::int64_t seq : seqs) {
        if (const auto copied = mirror_one(seq); !copied) {
            tell("absent", behind);
            return copied;
        }
        mirrored_to_ = seq;
    }
    tell(behind > at_once ? "behind" : "whole", behind > at_once ? behind - at_once : 0);
    return {};
}

void Outbox::forget_in_mirror(std::int64_t seq) {
    if (!options_.mirror_folder.empty() && options_.disk->exists(mirror_path(seq))) [[maybe_unused]]
        const auto ignored = options_.disk->remove(mirror_path(seq));
}

// Nothing of it is believed that does not verify.
std::optional<Salvaged> Outbox::read_mirror(std::int64_t seq) {
    if (options_.mirror_folder.empty()) return {};
    const auto file = options_.disk->read(mirror_path(seq), 0, file_bytes_max);
    if (!file) return {};
    auto parts = parts_of(*file);
    if (!parts) return {};
    auto manifest = papers::Manifest::parse((*parts)[0]);
    if (!manifest || manifest->seq != seq || manifest->attachments.size() + 3 != parts->size())
        return {};
    Salvaged out{std::move(*manifest),
                 std::move((*parts)[0]),
                 std::move((*parts)[1]),
                 std::move((*parts)[2]),
                 {},
                 {},
                 false};
    if (!verifies(terminal_, out)) return {};
    for (std::size_t i = 3; i < parts->size(); ++i) {
        if (digest_of((*parts)[i]) != out.manifest.attachments[i - 3].digest) return {};
        out.bodies.push_back(std::move((*parts)[i]));
        out.files.emplace_back();
    }
    return out;
}

base::Result<bool> Outbox::mend_from_mirror(std::int64_t seq) {
    auto copy = read_mirror(seq);
    if (!copy) return false;
    {
        store::Query row =
            database_.prepare("SELECT manifest_digest FROM submission WHERE seq = ?");
        if (!TRY(row.bind(seq).row())) return false;
        // Of the number as it was given out, not of one before a new epoch.
        if (TRY(digest_in(row.bytes(0))) != digest_of(copy->manifest_bytes)) return false;
    }
    // All of it goes into the database, also what stood in a file: the damaged file stays.
    const std::int64_t first = seq * places_per_seq;
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(database_.prepare("UPDATE submission SET manifest = ?, signature = ? WHERE seq = ?")
                   .bind(base::ByteView(copy->manifest_bytes))
                   .bind(base::ByteView(copy->signature))
                   .bind(seq)
                   .run());
    TRY_STATUS(database_.prepare("INSERT OR REPLACE INTO body VALUES (?, ?)")
                   .bind(first)
                   .bind(base::ByteView(copy->envelope))
                   .run());
    for (std::size_t i = 0; i < copy->bodies.size(); ++i) {
        const std::int64_t place = first + 1 + static_cast<std::int64_t>(i);
        TRY_STATUS(database_.prepare("INSERT OR REPLACE INTO body VALUES (?, ?)")
                       .bind(place)
                       .bind(base::ByteView(copy->bodies[i]))
                       .run());
        TRY_STATUS(
            database_.prepare("UPDATE attachment SET file = '' WHERE place = ?").bind(place).run());
    }
    TRY_STATUS(transaction.commit());
    file_bytes_ = TRY(database_.integer("SELECT sum(length) FROM attachment WHERE file <> ''"));
    return true;
}

}  // namespace offline::outbox
