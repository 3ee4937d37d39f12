// The papers of a bundle that travels on a USB stick, both ways. On the stick a bundle is a folder:
//   cw-ID/        bundle.cwb, objects/0001 …    from a terminal to the intake
//   cw-ID.back/   bundle.cwb, objects/0001 …    the intake's answer to it
// bundle.cwb is the index: a signed record, sealed (envelope, magic CWB1 or CWR1). The objects are
// sealed streams (CWS1) of items (items.hpp). Outward both are sealed to the intake, on the way
// back to a key that the terminal drew for this one bundle: whoever finds the stick reads nothing
// but sizes. Everything that comes from a stick is hostile: what is not exactly right is refused.
// Pure. Source: offline-sync.md 2.9.
#pragma once

#include "base/clock.hpp"
#include "offline/sealing/certificate.hpp"
#include "offline/sealing/streams/sealed_stream.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offline::courier {

using BundleId = std::array<std::uint8_t, 16>;

inline constexpr std::size_t index_bytes_max = 640 * 1024;  // sealed
inline constexpr std::size_t objects_max = 4096;
inline constexpr std::int64_t object_bytes_max = std::int64_t{1} << 30;  // FAT32 takes it
inline constexpr std::string_view index_name = "bundle.cwb";
inline constexpr std::string_view objects_name = "objects";

// Signatures over indexes and registrations; see sealing/signing.hpp.
inline constexpr std::string_view outward_context = "cw-bundle-1";
inline constexpr std::string_view return_context = "cw-bundle-back-1";

// One file in objects/: the numbers ascend, gaps are allowed.
struct ObjectLine {
    int number = 0;  // 1 … objects_max
    std::int64_t bytes = 0;
    sealing::Digest digest{};  // of the sealed bytes, in the suite of the terminal
    friend bool operator==(const ObjectLine&, const ObjectLine&) = default;
};

// From a terminal; signed by its key.
struct OutwardIndex {
    domain::Realm realm{};
    BundleId id{};
    std::string terminal;
    std::int64_t counter = 0;  // of the bundles this terminal has made
    base::Instant created_at{};
    base::Bytes certificate;
    sealing::PublicKey reply_to;  // the way back is sealed to it
    std::vector<ObjectLine> objects;
};

// From the intake; signed by a receipt key.
struct ReturnIndex {
    domain::Realm realm{};
    BundleId id{};  // of the bundle it answers
    std::string terminal;
    base::Instant created_at{};  // a later answer to the same bundle is younger
    base::Bytes key_set;         // the file
    std::vector<ObjectLine> objects;
};

using FindPair = sealing::StreamOpener::FindPair;

base::Result<base::Bytes> seal(const OutwardIndex& index, const sealing::Signer& terminal_key,
                               const sealing::PublicKey& intake_key);
// With its certificate, verified against the root. SealBroken, RealmMismatch, KeyUnknown (sealed to
// a key that is not here), SignatureWrong, SuiteMismatch, BytesMalformed.
struct OpenedOutward {
    OutwardIndex index;
    sealing::TerminalCertificate certificate;
};
base::Result<OpenedOutward> open_outward(base::ByteView sealed, domain::Realm realm,
                                         const FindPair& find, const sealing::PinnedRoot& root);

base::Result<base::Bytes> seal(const ReturnIndex& index, const sealing::Signer& receipt_key,
                               const sealing::PublicKey& reply_to);
// The signature is asked for in a second step: the index may bring the key set that knows its key.
struct OpenedReturn {
    ReturnIndex index;
    formats::Record record;
};
base::Result<OpenedReturn> open_return(base::ByteView sealed, domain::Realm realm,
                                       const FindPair& find);
base::Status verify(const OpenedReturn& opened, const sealing::KeySet& keys);

// Names on the stick.
std::string text(const BundleId& id);
std::string outward_folder(const BundleId& id);
std::string return_folder(const BundleId& id);
std::string object_name(int number);
// Empty: some other name.
std::optional<BundleId> outward_in(std::string_view name);
std::optional<BundleId> return_in(std::string_view name);

// Where an object's stream belongs: it opens at this place of this bundle and this way only.
enum class Way : std::uint8_t { outward = 1, back = 2 };
sealing::StreamPlace place_of(const BundleId& id, Way way, int number);

// "NUMBER BYTES DIGEST"; BytesMalformed.
std::string text(const ObjectLine& line);
base::Result<ObjectLine> object_line(std::string_view text);

}  // namespace offline::courier
