// What the outbox is given and what it says: plain values.
#pragma once

#include "base/event_log.hpp"
#include "base/random.hpp"
#include "domain/local_receipt.hpp"
#include "offline/papers/centre_receipt.hpp"
#include "offline/papers/hello.hpp"
#include "offline/papers/manifest.hpp"
#include "offline/store/disk.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace offline::outbox {

struct OutboxOptions {
    std::string folder;
    // Of the database and the attachments; receipts and purges have a reserve above it.
    std::int64_t quota_bytes = 0;
    store::Disk* disk = &store::real_disk();
    base::EventLog* log = nullptr;  // DiskLevel, EpochBegun and the like; none: nobody is told
    // Real blocks that are given up when a receipt or a purge meets a full disk. 0: none.
    std::int64_t ballast_bytes = 0;
    // Sealed attachments up to this stand in the database. One record of a stream (64 KiB of
    // content, stream_record_bytes) and its head fit.
    std::int64_t inline_bytes_max = 72 << 10;
    std::int64_t tombstones_kept = 10'000;  // for slips, when the centre needs them no more
    std::int64_t ceiling_block = 1'000;     // numbers of one entry in the epoch's file
    // Where it is noted that the medium failed a flush: a folder on another one. Empty: `folder`.
    std::string suspect_folder = {};
    std::string mirror_folder = {};  // on a second medium; empty: none
    std::function<std::array<std::uint8_t, 16>()> draw = base::random_bytes<16>;
    // How far the clock is trusted now; stands in manifests and on slips. None: rtc.
    std::function<domain::ClockTrust()> clock_trust = nullptr;
};

// Who signs: the terminal's certificate and the key it stands for.
struct Terminal {
    sealing::TerminalCertificate certificate;
    sealing::SigningKey key;
};

struct Acceptance {
    domain::SubId sub_id;
    std::string item_code;
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Bytes envelope;
    std::vector<sealing::AttachmentId> attachments = {};  // written before, in this order
    papers::Lane lane = papers::Lane::normal;
    std::string amends = {};   // the sub_id it corrects
    std::int64_t key_set = 0;  // version it was sealed by
};

struct ParcelAttachment {
    papers::AttachmentLine line;
    std::int64_t acked = 0;  // the centre said so; a hint, it decides
    std::int64_t seq = 0;    // of its submission
};

// What delivery needs of one kept submission.
struct Parcel {
    std::int64_t seq = 0;
    domain::SubId sub_id;
    std::string local_number;
    sealing::Epoch epoch{};  // of its manifest: an earlier one when it was salvaged
    sealing::Digest manifest_digest{};
    base::Bytes manifest, signature, envelope;
    std::vector<ParcelAttachment> attachments = {};  // in the manifest's order
};
// A verified receipt and its bytes.
struct Receipted {
    papers::CentreReceipt receipt;
    base::Bytes bytes;
};
enum class ParcelState { queued, envelope_sent };  // envelope_sent: R1 is here, R2 is not
struct Waiting {
    std::int64_t seq = 0;
    ParcelState state{};
    papers::Lane lane{};
    std::int64_t bytes = 0;  // of the envelope
    base::Instant kept_at{};
};

// The chain's head and the count: cheap, asked often.
struct Summary {
    std::int64_t first_seq = 1;  // of the live epoch
    std::int64_t next_seq = 1;
    std::int64_t waiting = 0;  // whatever is kept here, also what is set aside
    sealing::Digest chain_head{};
};

// How many are where: what people are told.
struct Counts {
    std::int64_t queued = 0;     // nothing of it at the centre, as far as is known here
    std::int64_t sending = 0;    // R1 is here, R2 is not
    std::int64_t attention = 0;  // set aside
    friend bool operator==(const Counts&, const Counts&) = default;
};

// What lies here, for the technician: nothing of what is in it.
struct Piles {
    std::int64_t bytes = 0;                 // of the envelopes that wait or are on their way
    std::optional<base::Instant> oldest{};  // when the oldest of these was kept
    std::vector<std::pair<std::string, std::int64_t>> causes{};  // why set aside, how many
};

// What else a hello says. All numbers up to `low` are complete and purged here, and those of
// `complete_above`; both of the live epoch only.
struct Standing {
    std::int64_t low = 0;
    std::vector<std::int64_t> complete_above;  // the first hello_seqs_max
    papers::wire::LaneLoad urgent, normal;
};

// What a start found and did. Anything but `whole` and `first` is told to the log, too.
enum class Began { whole, first, damaged, vanished, superseded };
std::string_view name(Began began);
struct Opened {
    Began began = Began::whole;
    std::int64_t carried = 0;  // submissions that verify, into the new epoch's database
    std::int64_t lost = 0;     // rows that were there and do not verify; their bytes stay aside
    std::int64_t missing = 0;  // numbers that were used, at most, and are not here any more
};

// One slice of a scrub.
struct Scrubbed {
    bool round_done = false;
    std::int64_t checked = 0, damaged = 0, mended = 0;  // of this round so far
};

enum class DiskLevel { ample, low, nearly_full, full };
std::string_view name(DiskLevel level);
// Bytes. The capacity is the quota, or less when others fill the disk.
struct DiskUse {
    std::int64_t used = 0, reserved = 0, capacity = 0;
    int percent = 0;
    DiskLevel level = DiskLevel::ample;
};

}  // namespace offline::outbox
