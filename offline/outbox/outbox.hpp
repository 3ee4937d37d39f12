// The outbox: every sealed submission from the moment it is accepted until the intake has proved
// that it holds it. One SQLite connection in WAL + FULL, owned by one thread of kiosk-post; when
// accept() returned a receipt, a power cut cannot undo it. Nothing is deleted but after a verified
// R2. Faults: DiskFull (quota or disk; nothing was kept), OutboxConflict, OutboxCorrupt,
// StoreWriteFailed (after three tries on the same connection), FileUnwritable, SubmissionTooLarge,
// AttachmentWrong. Source: offline-sync.md 2.1, 2.2 and 2.7.
#pragma once

#include "base/clock.hpp"
#include "domain/post_status.hpp"
#include "offline/outbox/epoch_file.hpp"
#include "offline/outbox/staging.hpp"
#include "offline/outbox/types.hpp"
#include "offline/papers/centre_receipt.hpp"
#include "offline/papers/receipt_code.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::outbox {

class Outbox;
struct Salvaged;

// Takes one sealed attachment (a stream of offline/sealing/streams) piece by piece. It neither
// outlives its outbox nor a move of it. Left before finish(), what it wrote is removed.
class AttachmentWriter {
  public:
    AttachmentWriter(AttachmentWriter&& other) noexcept;
    AttachmentWriter& operator=(AttachmentWriter&&) = delete;
    ~AttachmentWriter();

    // DiskFull, SubmissionTooLarge, StoreWriteFailed: it is gone and has to be written anew.
    base::Status append(base::ByteView sealed);
    // Flushed. It waits for the accept of its submission, or for abandon().
    base::Result<papers::AttachmentLine> finish();

  private:
    friend class Outbox;
    AttachmentWriter(Outbox& outbox, const domain::SubId& sub_id, const sealing::AttachmentId& id)
        : outbox_(&outbox), sub_id_(sub_id), id_(id) {}

    Outbox* outbox_;  // null: finished, failed or moved from
    domain::SubId sub_id_;
    sealing::AttachmentId id_;
};

class Outbox {
  public:
    // Takes the folder's lock, checks the file, brings it to this version, finishes purges that
    // were cut off. From a damaged one, or one that is older than its epoch's file says, everything
    // that verifies is carried into a new database with a new epoch, above every number given out;
    // the old one stays beside it. A vanished one begins a new epoch, too, and never silently.
    // PostRefused: written by a newer program, of another terminal, or already open.
    // OutboxCorrupt: neither the database nor the epoch's file can be read.
    static base::Result<Outbox> open(OutboxOptions options, Terminal terminal,
                                     const base::Clock& clock);

    // --- a citizen's session (accept.cpp, session.cpp)

    // Before the citizen types: the most that this form may need, until it is accepted or
    // abandoned. Asked again, the new size counts. DiskFull.
    base::Status reserve(const domain::SubId& sub_id, std::int64_t bytes);
    // `kind` is a word. AttachmentWrong, SubmissionTooLarge, DiskFull.
    base::Result<AttachmentWriter> begin_attachment(const domain::SubId& sub_id,
                                                    const sealing::AttachmentId& id,
                                                    const std::string& kind);
    // The citizen left: the reservation and what was written for it go. Nothing that was accepted.
    void abandon(const domain::SubId& sub_id);
    // Idempotent on sub_id: the same bytes give the same receipt, others OutboxConflict. What is no
    // envelope is PostRefused, one of the other realm RealmMismatch; an attachment that was not
    // finished is AttachmentWrong. Costs exactly one flush, and one more (of the folder) when
    // attachments stand in files.
    base::Result<domain::LocalReceipt> accept(const Acceptance& acceptance);

    // --- delivery (queue.cpp, receipts.cpp)

    // Not yet complete and not set aside, urgent ones first, by sequence number; at most `most`.
    base::Result<std::vector<Waiting>> waiting(std::size_t most = 256);
    base::Result<std::vector<Waiting>> waiting(papers::Lane lane, std::int64_t after_seq,
                                               std::size_t most);
    base::Result<std::vector<Waiting>> waiting(ParcelState state, papers::Lane lane,
                                               std::int64_t after_seq, std::size_t most);
    // R1 is here and all bytes are there: only the R2 is missing.
    base::Result<std::vector<Waiting>> unanswered(std::int64_t after_seq, std::size_t most);
    // Of submissions with R1, not wholly acknowledged; the smallest remainder first.
    base::Result<std::vector<ParcelAttachment>> uploads(std::size_t most);
    base::Result<std::optional<Parcel>> parcel(std::int64_t seq);
    // Up to `most` of its sealed bytes from `at`. AnswerNotFound: no such attachment (any more).
    base::Result<base::Bytes> read_attachment(const sealing::AttachmentId& id, std::int64_t at,
                                              std::size_t most);
    // What the centre holds of it durably. Remembered for a start, written now and then.
    base::Status attachment_acked(const sealing::AttachmentId& id, std::int64_t offset);
    base::Result<Summary> summary();
    base::Result<Counts> counts();
    base::Result<Piles> piles();
    base::Result<Standing> standing();
    const sealing::Epoch& epoch() const { return mark_.epoch; }
    const Opened& opened() const { return opened_; }
    // The centre says that this epoch is over (another machine has it, or it knows more of it than
    // is here): what is kept stays as it is signed, what comes is of a new epoch above `above_seq`.
    base::Status begin_epoch(Began why, std::int64_t above_seq);
    // The chain of the live epoch after this number; empty: not known (any more).
    base::Result<std::optional<sealing::Digest>> chain_after(std::int64_t seq);
    base::Status attempt_failed(std::int64_t seq, base::FaultCode fault);
    // It is not sent any more; its bytes stay, a person decides. `why` is a word.
    base::Status set_aside(std::int64_t seq, const std::string& why);
    // The centre lost what it had receipted. False: it is not here any more, either.
    base::Result<bool> send_again(std::int64_t seq);

    // The receipt was verified against this parcel (sync/receipt_check). R2 stores, then purges; it
    // may come without an R1 before it, and for one that was set aside.
    base::Status store_receipt(const papers::CentreReceipt& receipt, base::ByteView bytes);
    // Those of a whole batch for the flushes of one: all of them or none.
    base::Status store_receipts(const std::vector<Receipted>& receipts);
    // The centre countersigned: what was purged up to here may be forgotten, but for the newest
    // that slips may still ask for. Some per call.
    base::Status forget(std::int64_t up_to_seq);
    // A time that a signed paper told; it only grows. Stands in manifests from then on.
    void note_server_time(base::Instant time);

    // --- slips (slips.cpp)

    base::Result<std::vector<domain::KeptUnshown>> unshown();
    base::Status receipt_shown(const std::string& local_number);
    // By the QR text, or by number and token as they stand on the slip. AnswerNotFound.
    base::Result<domain::SubmissionStatus> look_up(const std::string& receipt_code);

    // --- the disk (room.cpp)

    // Keeps the write-ahead log near 1 MB, and whatever else can wait until the answers have gone
    // out: the ceiling, the ballast, acknowledged offsets. Its flushes belong to no citizen's wait.
    // A fault changes nothing; the next call tries again.
    static constexpr std::int64_t checkpoint_pages = 250;
    base::Status checkpoint_when_due(std::int64_t pages = checkpoint_pages);
    // Would an ordinary submission still fit?
    base::Result<bool> has_room();
    base::Result<DiskUse> disk_use();

    // --- trouble (renewal.cpp, scrub.cpp, mirror.cpp)

    // After a flush that failed nothing more is taken until everything stands in a new file;
    // accept() and checkpoint_when_due() make it, and try again a minute after they could not.
    bool is_suspect() const { return suspect_; }
    // Reads some of what is kept again and compares it with its digests: at most 64 submissions or
    // 16 MB a call. What is damaged is mended from the mirror or set aside, never deleted. A round
    // goes over everything; the owner begins one a week.
    base::Result<Scrubbed> scrub();
    // The same for one. False: it was damaged and is set aside now.
    base::Result<bool> check(std::int64_t seq);

    const Terminal& terminal() const { return terminal_; }
    // A renewed certificate of the same terminal and key, from now on. KeyAbsent: it is not.
    base::Status use(sealing::TerminalCertificate renewed);

  private:
    friend class AttachmentWriter;
    Outbox(OutboxOptions options, Terminal terminal, const base::Clock& clock,
           store::FolderLock lock, store::Database database);

    // opening.cpp
    base::Status prepare(const std::optional<EpochMark>& mark);
    base::Status make_schema(const sealing::Epoch& epoch, std::int64_t first_seq);
    base::Status take_mark(const std::optional<EpochMark>& mark);
    base::Status check_chain();
    base::Status collect_orphans();
    base::Status make_ready();
    base::Status begin_work();
    std::string mark_path() const { return options_.folder + "/outbox.epoch"; }
    // new_epoch.cpp
    static base::Result<Outbox> begin_anew(OutboxOptions options, Terminal terminal,
                                           const base::Clock& clock, store::FolderLock lock,
                                           const std::optional<EpochMark>& mark,
                                           std::int64_t old_generation, Began why);
    base::Status carry_over(store::Database* old, std::int64_t used);
    base::Status set_files_aside(std::int64_t generation);
    // renewal.cpp
    void note(const base::Status& written);  // is it a flush that failed?
    std::string suspect_path() const;
    base::Status renew();
    base::Status copy_into(const std::string& path);
    // scrub.cpp
    base::Result<bool> is_whole(std::int64_t seq);
    base::Status verify_all();
    base::Result<Scrubbed> scrub_slice();
    base::Result<bool> verify_or_set_aside(std::int64_t seq, Scrubbed& count);
    // mirror.cpp
    base::Status mirror_some();
    base::Status mirror_one(std::int64_t seq);
    void forget_in_mirror(std::int64_t seq);
    std::optional<Salvaged> read_mirror(std::int64_t seq);
    base::Result<bool> mend_from_mirror(std::int64_t seq);
    std::string mirror_path(std::int64_t seq) const;
    // accept.cpp
    base::Result<std::optional<domain::LocalReceipt>> kept_before(const Acceptance& acceptance,
                                                                  const sealing::Digest& digest);
    base::Result<domain::LocalReceipt> keep(const Acceptance& acceptance,
                                            const sealing::Digest& digest, const std::string& kid);
    base::Result<papers::Manifest> manifest_of(const Acceptance& acceptance,
                                               const sealing::Digest& digest,
                                               const std::string& kid,
                                               const std::vector<const Staged*>& attachments);
    base::Status insert_rows(const papers::Manifest& manifest, base::ByteView manifest_bytes,
                             base::ByteView signature, base::ByteView envelope,
                             const std::vector<const Staged*>& attachments);
    base::Result<domain::LocalReceipt> insert(const papers::Manifest& manifest,
                                              const Acceptance& acceptance,
                                              const std::vector<const Staged*>& attachments);
    // receipts.cpp
    base::Status store_in_one_go(const std::vector<Receipted>& receipts);
    base::Status store_one(const papers::CentreReceipt& receipt, base::ByteView bytes);
    base::Status purge_complete();
    // room.cpp
    std::string file_folder() const { return options_.folder + "/attachments"; }
    std::string ballast_path() const { return options_.folder + "/outbox.ballast"; }
    base::Status limit_pages(std::int64_t bytes_beside_quota);
    base::Status raise_ceiling(std::int64_t next_seq);
    base::Result<std::int64_t> room_for(const domain::SubId& sub_id);
    base::Status fits(const domain::SubId& sub_id, std::int64_t bytes);
    base::Status with_ballast(const std::function<base::Status()>& work);
    base::Status make_ballast();
    base::Status write_acked();
    void tell_level();
    // slips.cpp
    papers::Token token_of(const domain::SubId& sub_id) const;
    base::Result<std::string> code_of(const domain::LocalReceipt& receipt,
                                      base::ByteView manifest_digest) const;
    sealing::Digest digest_of(base::ByteView bytes) const;  // by the terminal's suite

    template <class Event>
    void record(const Event& event) {
        if (options_.log != nullptr) options_.log->record(event);
    }

    OutboxOptions options_;
    Terminal terminal_;
    const base::Clock& clock_;
    store::FolderLock lock_;
    store::Database database_;
    Staging staging_;
    EpochMark mark_;
    std::int64_t file_bytes_ = 0;  // of kept attachments in files
    base::Instant server_time_{};
    std::map<sealing::AttachmentId, std::int64_t> acked_;  // not written yet
    base::Millis acked_written_{};                         // steady
    DiskLevel level_told_ = DiskLevel::ample;
    bool has_ballast_ = false;
    Opened opened_;
    bool suspect_ = false;
    std::optional<base::Millis> renewal_failed_;  // steady
    std::int64_t scrubbed_to_ = 0;
    Scrubbed round_;
    std::int64_t mirrored_to_ = 0;
    std::optional<std::string> mirror_told_;
    bool ready_ = false;  // nothing is accepted before: its log might vanish
    bool writable_ = true;
};

}  // namespace offline::outbox
