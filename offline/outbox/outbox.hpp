// The outbox: every sealed submission from the moment it is accepted until the intake has proved
// that it holds it. One SQLite connection in WAL + FULL, owned by one thread of kiosk-post; when
// accept() returned a receipt, a power cut cannot undo it. Nothing is deleted but after a verified
// R2. Faults: DiskFull (quota or disk; nothing was kept), OutboxConflict, OutboxCorrupt,
// StoreWriteFailed (after three tries on the same connection), FileUnwritable. Source:
// offline-sync.md 2.2 and 2.7.
#pragma once

#include "base/clock.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"
#include "offline/papers/centre_receipt.hpp"
#include "offline/papers/receipt_code.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::outbox {

struct OutboxOptions {
    std::string folder;
    std::int64_t quota_bytes = 0;  // of the database; receipts and purges have a reserve above it
    store::Disk* disk = &store::real_disk();
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
};

// What delivery needs of one kept submission.
struct Parcel {
    std::int64_t seq = 0;
    domain::SubId sub_id;
    std::string local_number;
    sealing::Digest manifest_digest{};
    base::Bytes manifest, signature, envelope;
};
enum class ParcelState { queued, envelope_sent };  // envelope_sent: R1 is here, R2 is not
struct Waiting {
    std::int64_t seq = 0;
    ParcelState state{};
};

// The chain's head and the counts that go into a hello.
struct Summary {
    std::int64_t next_seq = 1;
    std::int64_t waiting = 0;
    sealing::Digest chain_head{};
};

class Outbox {
  public:
    // Takes the folder's lock, checks the file, finishes purges that were cut off. A damaged file
    // is renamed aside (OutboxCorrupt) and a vanished one is not silently made anew: both need a
    // new enrolment, because sequence numbers of this epoch were used.
    static base::Result<Outbox> open(OutboxOptions options, Terminal terminal,
                                     const base::Clock& clock);

    // Idempotent on sub_id: the same bytes give the same receipt, others OutboxConflict. What is no
    // envelope is PostRefused, one of the other realm RealmMismatch. Costs exactly one flush.
    base::Result<domain::LocalReceipt> accept(const Acceptance& acceptance);

    // Not yet complete and not refused, by sequence number.
    base::Result<std::vector<Waiting>> waiting();
    base::Result<std::optional<Parcel>> parcel(std::int64_t seq);
    base::Result<Summary> summary();
    base::Status attempt_failed(std::int64_t seq, base::FaultCode fault);

    // The receipt was verified against this parcel (sync/receipt_check). R2 stores, then purges.
    base::Status store_receipt(const papers::CentreReceipt& receipt, base::ByteView bytes);

    base::Result<std::vector<domain::KeptUnshown>> unshown();
    base::Status receipt_shown(const std::string& local_number);

    // By the QR text, or by number and token as they stand on the slip. AnswerNotFound.
    base::Result<domain::SubmissionStatus> look_up(const std::string& receipt_code);

    // Keeps the write-ahead log near 1 MB. The owner calls it after the answers have gone out:
    // its four flushes belong to no citizen's wait. A fault changes nothing; the next call tries
    // again.
    static constexpr std::int64_t checkpoint_pages = 250;
    base::Status checkpoint_when_due(std::int64_t pages = checkpoint_pages);

    // Would an ordinary submission still fit?
    base::Result<bool> has_room();

    const Terminal& terminal() const { return terminal_; }

  private:
    Outbox(OutboxOptions options, Terminal terminal, const base::Clock& clock,
           store::FolderLock lock, store::Database database);

    base::Status prepare_schema(bool epoch_used);
    base::Status make_ready();
    base::Status limit_pages(std::int64_t pages);
    base::Result<std::optional<domain::LocalReceipt>> kept_before(const Acceptance& acceptance,
                                                                  const sealing::Digest& digest);
    base::Result<domain::LocalReceipt> insert(const Acceptance& acceptance,
                                              const sealing::Digest& digest,
                                              const std::string& kid);
    base::Status purge_complete();
    papers::Token token_of(const domain::SubId& sub_id) const;
    base::Result<std::string> code_of(const domain::LocalReceipt& receipt,
                                      base::ByteView manifest_digest) const;
    sealing::Digest digest_of(base::ByteView bytes) const;  // by the terminal's suite

    OutboxOptions options_;
    Terminal terminal_;
    const base::Clock& clock_;
    store::FolderLock lock_;
    store::Database database_;
    bool ready_ = false;  // nothing is accepted before: its log might vanish
    bool writable_ = true;
};

}  // namespace offline::outbox
