// What the contents of feeds say. A pack's is the 64 bytes of its own signature and the pack; a
// configuration's is TOML, which the configuration's reader reads; statuses and revocations are
// records. Strict and pure; BytesMalformed.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "offline/formats/record.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace offline::papers {

struct PackContent {
    base::ByteView signature, pack;  // into the bytes that were read
};
base::Result<PackContent> pack_content(base::ByteView content);
base::Bytes encode_pack_content(base::ByteView signature, base::ByteView pack);

// Where a submission is, as the centre says it: its local number, the centre's word for the state
// (RECEIVED, ACCEPTED …) and since when. Nothing about a person, an item or a result.
struct CaseStatus {
    std::string local_number;
    std::string state;  // capitals and underscores
    base::Instant since{};
    friend bool operator==(const CaseStatus&, const CaseStatus&) = default;
};
// The newest of one terminal; older ones are simply received.
inline constexpr std::size_t statuses_max = 4000;
base::Bytes encode_statuses(std::vector<CaseStatus> statuses);  // sorted by number
base::Result<std::vector<CaseStatus>> statuses(base::ByteView content);

// What is not to be believed any more, although its certificate or the key set still says so.
struct RevokedTerminal {
    std::string certificate;  // TerminalCertificate::id()
    base::Instant since{};
    // The centre had countersigned this terminal's chain up to here when it was revoked. What
    // stands in that chain was made before and stays acceptable, however late it comes: its
    // manifests cannot be made anew without breaking the chain. Later numbers go to review.
    std::int64_t last_seq = 0;
    friend bool operator==(const RevokedTerminal&, const RevokedTerminal&) = default;
};
enum class Standing { good, before_revocation, for_review };
struct Revocations {
    std::vector<RevokedTerminal> terminals;
    std::vector<std::string> kids;  // of any purpose, as in a key set
    Standing standing_of(const std::string& certificate, std::int64_t seq) const;
    friend bool operator==(const Revocations&, const Revocations&) = default;
};
inline constexpr std::size_t revocations_max = 4000;
base::Bytes encode(Revocations revocations);  // sorted
base::Result<Revocations> revocations(base::ByteView content);

}  // namespace offline::papers
