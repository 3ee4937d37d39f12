// The support bundle: what somebody far away needs to find a fault, in one file (tar, gzip), every
// text of it cleaned (clean_text.hpp) and looked through once more when the file is finished. Its
// MANIFEST.txt names each part with its size and digest, and what was taken out of it. One thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "provisioning/diagnostics/clean_text.hpp"

#include <span>
#include <string>
#include <vector>

namespace provisioning::diagnostics {

// What of a part may stay away so that a bundle fits.
enum class Spare {
    nothing,
    oldest_lines,  // a log: its beginning
    whole,         // one of a row, the oldest first
};

struct BundlePart {
    std::string name;  // kiosk.toml, events.log
    std::string text;
    Spare spare = Spare::nothing;
};

inline constexpr std::size_t bundle_part_bytes_max = 4u << 20;  // of longer ones the end is taken
inline constexpr std::size_t bundle_bytes_max = 64u << 20;

struct BundleMade {
    std::string manifest;  // also inside
    std::int64_t removed = 0;
    std::int64_t left_out = 0;  // bytes of logs and whole parts, so that it fits
    base::Bytes file;
};

// Parts are texts in UTF-8; what is none is left out, and the manifest says so. InternalError with
// the library's word; SealBroken when something was found in the finished file after all: nothing
// comes out then. A file of more than `bytes_max` leaves out the oldest of its logs until it fits,
// then the oldest of what comes in a row; the manifest says what. SubmissionTooLarge: it does not
// fit without them either.
base::Result<BundleMade> make_bundle(const std::vector<BundlePart>& parts,
                                     std::span<const base::SecretText> values = {},
                                     std::size_t bytes_max = bundle_bytes_max);
// Every part of a bundle, as it stands in the file. BytesMalformed. At most 64 MiB.
base::Result<std::vector<BundlePart>> read_bundle(base::ByteView file);

}  // namespace provisioning::diagnostics
