#include "offline/outbox/salvage.hpp"

#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::size_t piece = 256 << 10;

}  // namespace

base::Result<sealing::Digest> digest_of_file(store::Disk& disk, const std::string& path,
                                             sealing::SuiteId suite) {
    const auto hash = sealing::suite(suite).hasher();
    for (std::int64_t at = 0;;) {
        const base::Bytes bytes = TRY(disk.read(path, at, piece));
        hash->update(bytes);
        at += static_cast<std::int64_t>(bytes.size());
        if (bytes.size() < piece) return hash->finish();
    }
}

bool verifies(const Terminal& terminal, const Salvaged& row) {
    const auto& manifest = row.manifest;
    const auto suite = terminal.certificate.suite();
    return manifest.suite == suite && manifest.terminal == terminal.certificate.terminal &&
           manifest.realm == terminal.certificate.realm &&
           manifest.local_number == papers::local_number(manifest.terminal, manifest.seq) &&
           sealing::digest(suite, row.envelope) == manifest.envelope_digest &&
           sealing::verify(terminal.certificate.key, sealing::context::manifest, row.manifest_bytes,
                           row.signature);
}

Salvage::Salvage(store::Database& old, const Terminal& terminal, store::Disk& disk,
                 std::string files)
    : old_(old), terminal_(terminal), disk_(disk), files_(std::move(files)) {}

std::int64_t Salvage::used() {
    std::int64_t most = old_.integer("SELECT next_seq - 1 FROM terminal").value_or(0);
    for (const char* sql : {"SELECT max(seq) FROM submission", "SELECT max(seq) FROM tombstone"})
        most = std::max(most, old_.integer(sql).value_or(0));
    return most > papers::seq_max ? 0 : most;
}

std::int64_t Salvage::forgotten_up_to() {
    const auto base = old_.integer("SELECT base_seq FROM terminal");
    return base && *base > 0 && *base <= papers::seq_max ? *base : 0;
}

std::optional<Salvaged> Salvage::submission(std::int64_t seq) {
    auto row = read(seq);
    if (row) return std::move(*row);
    ++lost;
    return {};
}

base::Result<std::optional<Salvaged>> Salvage::read(std::int64_t seq) {
    Salvaged out;
    {
        store::Query row = old_.prepare(
            "SELECT manifest, signature, receipt_shown, body.bytes FROM submission"
            " LEFT JOIN body ON body.place = seq * 64 WHERE seq = ?");
        // Not bound when the table itself cannot be read; row() says so.
        if (!TRY(row.bind(seq).row())) return std::optional<Salvaged>{};
        out.manifest_bytes = row.bytes(0);
        out.signature = row.bytes(1);
        out.receipt_shown = row.integer(2) != 0;
        out.envelope = row.bytes(3);
    }
    out.manifest = TRY(papers::Manifest::parse(out.manifest_bytes));
    if (out.manifest.seq != seq || !verifies(terminal_, out))
        return base::fail(FaultCode::SignatureWrong, "manifest");
    TRY_STATUS(read_attachments(out, seq));
    return std::optional(std::move(out));
}

base::Status Salvage::read_attachments(Salvaged& out, std::int64_t seq) {
    const auto suite = terminal_.certificate.suite();
    std::int64_t place = seq * places_per_seq;
    for (const auto& line : out.manifest.attachments) {
        store::Query row = old_.prepare(
            "SELECT file, bytes FROM attachment LEFT JOIN body USING (place) WHERE place = ?");
        if (!TRY(row.bind(++place).row()))
            return base::fail(FaultCode::AttachmentWrong, "attachment");
        out.files.push_back(row.text(0));
        out.bodies.push_back(row.bytes(1));
        const std::string& file = out.files.back();
        if (file.find('/') != std::string::npos)
            return base::fail(FaultCode::AttachmentWrong, "attachment");
        const auto digest = file.empty() ? sealing::digest(suite, out.bodies.back())
                                         : TRY(digest_of_file(disk_, files_ + "/" + file, suite));
        if (digest != line.digest) return base::fail(FaultCode::AttachmentWrong, "attachment");
    }
    return {};
}

std::optional<SalvagedTombstone> Salvage::tombstone(std::int64_t seq) {
    store::Query row = old_.prepare(
        "SELECT sub_id, kept_at, clock_trust, manifest_digest, envelope_digest, receipt2,"
        " case_number, since, receipt_shown FROM tombstone WHERE seq = ?");
    const auto found = row.bind(seq).row();
    if (!found || !*found) return {};
    SalvagedTombstone out{
        seq,          row.integer(1), row.integer(2), row.integer(7), row.integer(8),
        row.bytes(0), row.bytes(3),   row.bytes(4),   row.bytes(5),   row.text(6)};
    if (out.sub_id.size() != 16 || out.manifest_digest.size() != 32 ||
        out.envelope_digest.size() != 32 || out.clock_trust < 0 || out.clock_trust > 3)
        return {};
    return out;
}

}  // namespace offline::outbox
