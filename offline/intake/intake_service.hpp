// What the intake does with each request, without HTTP: body in, status and body out. It verifies
// the terminal's certificate against the root, then the manifest, then the envelope's digest;
// opens, reads with the rules of the catalogue, stores once and signs. Any thread, several at once.
// Everything it answers about a submission is stored first, so the same question always gets the
// same bytes.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "offline/intake/store/case_store.hpp"
#include "offline/papers/hello.hpp"
#include "offline/papers/wire.hpp"
#include "offline/sealing/opening.hpp"

#include <functional>
#include <string>

namespace offline::intake {

// What the intake needs of a submission that was opened and found right.
struct ReadSubmission {
    std::string item_code;
    std::string implementation_code;
    std::string item_name;
    std::string id_number, name;
    std::string json;  // the whole
};
// Reads and validates with the rules of the day it was captured; any fault refuses the submission.
using SubmissionReader =
    std::function<base::Result<ReadSubmission>(base::ByteView plaintext, base::Date captured_on)>;

struct Reply {
    int status = 200;
    base::Bytes body;
};

class IntakeService {
  public:
    IntakeService(std::shared_ptr<CaseStore> store, sealing::PinnedRoot root,
                  sealing::IntakeKeys keys, SubmissionReader reader, const base::Clock& clock,
                  base::EventLog& log);

    Reply hello(base::ByteView body);
    Reply submit(const std::string& terminal, const std::string& sub_id, base::ByteView body);
    Reply commit(const std::string& terminal, const std::string& sub_id);
    Reply receipts(const std::string& terminal, base::ByteView body);
    Reply ask(base::ByteView body);

    // One effect that waits, if any is due: what the applier calls again and again. The same
    // submission as it was read on the day it was captured decides; what cannot be opened now is
    // tried again.
    base::Result<bool> apply_next();
    CaseStore& store() const { return *store_; }

  private:
    struct Checked {
        papers::wire::Delivered delivered;
        papers::Manifest manifest;
        sealing::Digest digest{};
    };
    base::Result<Checked> check(const std::string& terminal, const std::string& sub_id,
                                base::ByteView body) const;
    base::Result<Reply> take(const Checked& checked);
    base::Result<Reply> store_case(const Checked& checked, const ReadSubmission& read);
    base::Result<Reply> refuse(const Checked& checked, int status, const std::string& reason);
    base::Result<base::Bytes> complete(const std::string& terminal, const domain::SubId& id);
    base::Result<Verdict> judge(const StoredCase& complete) const;
    base::Status meet(const std::string& terminal, const sealing::Epoch& epoch);
    Sign signer(sealing::SuiteId suite, papers::CentreReceipt receipt) const;
    base::Result<base::Bytes> answer_progress(const sealing::OpenedQuestion& question);
    base::Bytes person_hash(const std::string& id_number, const std::string& name) const;
    Reply failed(const base::Fault& fault) const;

    std::shared_ptr<CaseStore> store_;
    sealing::PinnedRoot root_;
    sealing::IntakeKeys keys_;
    SubmissionReader reader_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
