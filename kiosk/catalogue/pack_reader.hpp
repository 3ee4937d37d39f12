// Reads a signed pack strictly: a wrong signature is refused before a byte is parsed, then every
// problem (unknown key, missing text, unknown fact, cycle, duplicate id …) is listed with its
// place.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "catalogue/pack.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace catalogue {

// Says whether `signature` over `pack` is the pack signer's. Handed in from above.
using Verifier = std::function<base::Status(base::ByteView pack, base::ByteView signature)>;

// The longest pack.json: room for five thousand items as long as those of the sample county, with
// the spaces that make it readable.
inline constexpr std::size_t pack_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t items_max = 5'000;

struct PackProblem {
    std::string place;  // /items/0/form/2/fields/1/label/en
    std::string text;   // what is wrong and what is expected, for a technician
    friend bool operator==(const PackProblem&, const PackProblem&) = default;
};
struct ReadPack {
    Pack pack;  // meaningful when there is no problem
    std::vector<PackProblem> problems;
};

// Parses and lints without looking at a signature (for the intake's tools and tests).
ReadPack read_pack(base::ByteView json);

// The only way a terminal takes a pack: verified, of its realm, not older than `floor_version`, and
// without a problem. Faults: PackTampered, PackInvalid (problems to `problems` if given),
// RealmMismatch, PackOutdated, PackUnreadable (also: longer than a file may be, and not read then).
base::Result<Pack> load_pack(const std::string& folder, domain::Realm realm,
                             std::int64_t floor_version, const Verifier& verify,
                             std::vector<PackProblem>* problems = nullptr);

}  // namespace catalogue
