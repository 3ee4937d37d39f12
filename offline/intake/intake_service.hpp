// What the intake does with each request, without HTTP: body in, status and body out. It verifies
// the terminal's certificate against the root, then the manifest, then the envelope's digest;
// opens, reads with the rules of the catalogue, stores once and signs. Any thread, several at once;
// only O and P one at a time.
// Everything it answers about a submission is stored first, so the same question always gets the
// same bytes.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "catalogue/voice.hpp"
#include "domain/work_calendar.hpp"
#include "offline/intake/slots.hpp"
#include "offline/intake/store/case_store.hpp"
#include "offline/intake/uploads.hpp"
#include "offline/papers/hello.hpp"
#include "offline/papers/wire.hpp"
#include "offline/sealing/opening.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace offline::intake {

// What the intake needs of a submission that was opened and found right.
struct ReadSubmission {
    std::string item_code;
    std::string implementation_code;
    std::string item_name;
    std::string id_number, name;
    std::string json;  // the whole
    // None: an application. Who spoke without a name has neither number nor name above.
    std::optional<catalogue::CheckedVoice> voice = {};
};
// Reads and validates with the rules of the day it was captured; any fault refuses the submission.
using SubmissionReader =
    std::function<base::Result<ReadSubmission>(base::ByteView plaintext, base::Date captured_on)>;

struct Reply {
    int status = 200;
    base::Bytes body = {};
    papers::upload::Headers headers = {};  // of O and P
};

struct IntakeLimits {
    std::string attachments_folder = {};  // where their bytes are kept
    // The version of the key set that terminals should have, said in hellos.
    std::function<std::int64_t()> key_set = [] { return std::int64_t{0}; };
    std::int64_t slice_bytes_max = papers::upload::slice_bytes_max;
    SlotRules slots = {};
    // What was published of revoked terminals, asked once in a request; none: nothing is revoked.
    std::function<papers::Revocations()> revoked = {};
    // What comes of a case that is found right, besides its being applied. May be called again for
    // the same case; a fault has it tried again later.
    std::function<base::Status(const StoredCase& complete, const ReadSubmission& read)> effect = {};
    // Over which promised days are counted.
    std::function<domain::WorkCalendar()> calendar = [] { return domain::WorkCalendar{}; };
};

// Slots for several threads.
struct SharedSlots {
    std::mutex mutex;
    Slots slots;
};

class IntakeService {
  public:
    IntakeService(std::shared_ptr<CaseStore> store, sealing::PinnedRoot root,
                  sealing::IntakeKeys keys, SubmissionReader reader, const base::Clock& clock,
                  base::EventLog& log);

    // Before the first request.
    void use(IntakeLimits limits);

    Reply hello(base::ByteView body);
    Reply submit(const std::string& terminal, const std::string& sub_id, base::ByteView body);
    Reply commit(const std::string& terminal, const std::string& sub_id);
    Reply batch(const std::string& terminal, base::ByteView body);

    // O and P; an attachment's name is 32 hex digits. A slice begins when its header is there: from
    // then on a slice that began earlier changes nothing any more. What arrived of a slice that was
    // cut off is kept (`whole` false; nobody hears the answer).
    Reply upload_offset(const std::string& attachment);
    base::Result<std::int64_t> begin_slice(const std::string& attachment);
    Reply slice(const std::string& attachment, std::int64_t generation,
                const papers::upload::Headers& headers, base::ByteView body, bool whole);
    // Both in one, for who has the whole request.
    Reply patch(const std::string& attachment, const papers::upload::Headers& headers,
                base::ByteView body);

    Reply receipts(const std::string& terminal, base::ByteView body);
    Reply ask(base::ByteView body);

    // What a request is told that finds the intake full.
    Reply shed(const std::string& request) const;

    // One effect that waits, if any is due: what the applier calls again and again. The same
    // submission as it was read on the day it was captured decides; what cannot be opened now is
    // tried again.
    base::Result<bool> apply_next();
    const std::shared_ptr<CaseStore>& store() const { return store_; }

  private:
    struct Checked {
        papers::wire::Delivered delivered;
        papers::Manifest manifest;
        sealing::Digest digest{};
    };
    // What the items of one request share, so that it is worked out once.
    struct Visit {
        std::optional<sealing::TerminalCertificate> certificate;
        std::shared_ptr<const sealing::SigningKey> receipt_key;
        std::optional<papers::Revocations> revoked;
    };
    base::Result<Checked> check(const std::string& terminal, base::ByteView body,
                                Visit& visit) const;
    // What a submission is answered without being taken, or what is to be taken.
    struct Prepared {
        std::optional<Reply> reply = {};
        Checked checked = {};
        NewCase fresh = {};
    };
    Prepared prepare(const std::string& terminal, const std::string* sub_id, base::ByteView body,
                     Visit& visit);
    base::Result<std::optional<Reply>> answered_before(const Checked& checked);
    bool is_for_review(const Checked& checked, Visit& visit) const;
    base::Result<Prepared> read(Checked checked);
    NewCase new_case(const Checked& checked, const ReadSubmission& read) const;
    Fresh fresh_of(const Prepared& prepared, Visit& visit) const;
    Reply finish(const Prepared& prepared, const base::Result<Taken>& taken);
    base::Result<Reply> refuse(const Checked& checked, int status, const std::string& reason);
    base::Result<base::Bytes> complete(const std::string& terminal, const domain::SubId& id);
    base::Result<bool> all_there(const std::string& terminal, const domain::SubId& id);
    base::Result<Reply> after_slice(const Uploads::Written& written);
    base::Result<Verdict> judge(const StoredCase& complete) const;
    base::Status meet(const std::string& terminal, const papers::wire::HelloRequest& hello);
    Sign signer(sealing::SuiteId suite, papers::CentreReceipt receipt) const;
    Sign signer(sealing::SuiteId suite, papers::CentreReceipt receipt, Visit& visit) const;
    base::Result<base::Bytes> answer_progress(const sealing::OpenedQuestion& question);
    base::Bytes person_hash(const std::string& id_number, const std::string& name) const;
    Reply failed(const base::Fault& fault) const;

    std::shared_ptr<CaseStore> store_;
    sealing::PinnedRoot root_;
    sealing::IntakeKeys keys_;
    SubmissionReader reader_;
    IntakeLimits limits_;
    Uploads uploads_{""};
    std::shared_ptr<SharedSlots> slots_ = std::make_shared<SharedSlots>();
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
