// The manifest: what the post says about one sealed submission, in the clear and signed. It is made
// in the accept transaction; its digest is the fingerprint that the intake compares and receipts
// carry. The chain links it to the manifest before: a missing or changed one shows. Everything
// personal is inside the envelope and the attachments' streams. Pure. Source: offline-sync.md 2.1.
#pragma once

#include "base/clock.hpp"
#include "domain/local_receipt.hpp"
#include "offline/sealing/certificate.hpp"
#include "offline/sealing/streams/sealed_stream.hpp"

#include <string>
#include <vector>

namespace offline::papers {

inline constexpr std::size_t attachments_max = 32;
inline constexpr std::int64_t attachment_bytes_max = std::int64_t{64} << 20;  // sealed
inline constexpr std::size_t manifest_bytes_max = 8192;

// What the post is told of one attachment: a sealed stream, its size and the digest of its bytes.
struct AttachmentLine {
    sealing::AttachmentId id{};
    sealing::Digest digest{};
    std::int64_t length = 0;
    std::string kind;  // a word of the pack's, e.g. the code of the material
    friend bool operator==(const AttachmentLine&, const AttachmentLine&) = default;
};

// In what order a terminal sends what waits; urgent goes first, age promotes.
enum class Lane { urgent, normal };
std::string_view name(Lane lane);

struct Manifest {
    sealing::SuiteId suite = sealing::SuiteId::one;  // of its signature and every digest in it
    domain::Realm realm{};
    std::string terminal;
    sealing::Epoch epoch{};
    std::int64_t seq = 0;
    domain::SubId sub_id;
    std::string local_number;
    std::string item_code;
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Instant kept_at{};
    domain::ClockTrust clock_trust{};
    base::Instant server_time{};  // the last one that a signed paper told; 0 = none yet
    Lane lane = Lane::normal;
    std::string amends;        // the sub_id that this one corrects; empty: none
    std::int64_t key_set = 0;  // version of the key set it was sealed by
    std::string kid;           // the key the envelope is sealed to
    sealing::Digest envelope_digest{};
    std::int64_t envelope_bytes = 0;
    std::vector<AttachmentLine> attachments;
    sealing::Digest chain_before{};
    friend bool operator==(const Manifest&, const Manifest&) = default;

    base::Bytes encode() const;  // canonical JSON
    static base::Result<Manifest> parse(base::ByteView bytes);
};

sealing::Digest chain_after(sealing::SuiteId suite, const sealing::Digest& before, std::int64_t seq,
                            const sealing::Digest& manifest_digest);

std::string_view name(domain::ClockTrust trust);
base::Result<domain::ClockTrust> clock_trust_from(std::string_view text);

}  // namespace offline::papers
