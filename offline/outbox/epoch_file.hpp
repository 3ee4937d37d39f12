// The file beside the database that says which epoch it should hold and up to which number its
// submissions may go. It outlives a database that was damaged or deleted: a new epoch begins above
// the ceiling, so no local number is ever given out twice. One line of text:
//   CWEPOCH2 epoch(32 hex) first_seq ceiling generation digest(16 hex, of what stands before it)
// The generation is the database's: a copy or a salvage is made whole beside the old one, and this
// file, which is replaced in one go, says from when on it counts. Version 1 was the 32 hex digits
// alone.
#pragma once

#include "offline/sealing/certificate.hpp"
#include "offline/store/disk.hpp"

#include <optional>

namespace offline::outbox {

struct EpochMark {
    sealing::Epoch epoch{};
    std::int64_t first_seq = 1;
    std::int64_t ceiling = 0;  // numbers above it were never given out
    std::int64_t generation = 0;
    bool ceiling_is_known = true;  // not in a file of version 1
};

// Nothing: there is no such file. OutboxCorrupt: it does not read.
base::Result<std::optional<EpochMark>> read_epoch_mark(store::Disk& disk, const std::string& path);
// Durable when it returns: two flushes.
base::Status write_epoch_mark(store::Disk& disk, const std::string& path, const EpochMark& mark);

// outbox.sqlite, or outbox.N.sqlite.
std::string database_path(const std::string& folder, std::int64_t generation);
// The newest that is there, for when the file cannot be read; 0 when none is.
std::int64_t newest_generation(store::Disk& disk, const std::string& folder);

}  // namespace offline::outbox
