// Reads an outbox's database that nobody can trust, row by row: what is given out verifies. A page
// that is broken costs the rows behind it and no others. Source: offline-sync.md 2.7 (CORRUPT).
#pragma once

#include "offline/outbox/types.hpp"
#include "offline/store/database.hpp"

#include <optional>

namespace offline::outbox {

struct Salvaged {
    papers::Manifest manifest;
    base::Bytes manifest_bytes, signature, envelope;
    std::vector<base::Bytes> bodies;  // of the attachments; empty: in a file
    std::vector<std::string> files;   // their names; empty: in `bodies`
    bool receipt_shown = false;
};
struct SalvagedTombstone {
    std::int64_t seq = 0, kept_at = 0, clock_trust = 0, since = 0, receipt_shown = 0;
    base::Bytes sub_id, manifest_digest, envelope_digest, receipt2;
    std::string case_number;
};

class Salvage {
  public:
    // `files`: the folder of attachments.
    Salvage(store::Database& old, const Terminal& terminal, store::Disk& disk, std::string files);

    // The highest number it knows of; 0 when it says nothing.
    std::int64_t used();
    std::int64_t forgotten_up_to();
    // Nothing: no such row, or one that cannot be read or does not verify (`lost` is counted).
    std::optional<Salvaged> submission(std::int64_t seq);
    std::optional<SalvagedTombstone> tombstone(std::int64_t seq);
    std::int64_t lost = 0;

  private:
    base::Result<std::optional<Salvaged>> read(std::int64_t seq);
    base::Status read_attachments(Salvaged& out, std::int64_t seq);

    store::Database& old_;
    const Terminal& terminal_;
    store::Disk& disk_;
    std::string files_;
};

// Is this the manifest of that submission of this terminal, and are these its bytes?
bool verifies(const Terminal& terminal, const Salvaged& row);

base::Result<sealing::Digest> digest_of_file(store::Disk& disk, const std::string& path,
                                             sealing::SuiteId suite);

}  // namespace offline::outbox
