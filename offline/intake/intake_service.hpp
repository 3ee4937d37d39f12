// What the intake does with each request, without HTTP: body in, status and body out. It verifies
// the terminal's certificate against the root, then the manifest, then the envelope's digest;
// opens, reads with the rules of the catalogue, stores once and signs. One thread at a time.
// Everything it answers about a submission is stored first, so the same question always gets the
// same bytes.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/intake/slots.hpp"
#include "offline/intake/uploads.hpp"
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
    base::Bytes body = {};
    papers::upload::Headers headers = {};  // of O and P
};

struct IntakeLimits {
    std::string attachments_folder = {};  // where their bytes are kept
    std::int64_t key_set = 0;             // the version that the centre uses, said in hellos
    std::int64_t slice_bytes_max = papers::upload::slice_bytes_max;
    SlotRules slots = {};
};

class IntakeService {
  public:
    IntakeService(IntakeStore store, sealing::PinnedRoot root, sealing::IntakeKeys keys,
                  SubmissionReader reader, const base::Clock& clock, base::EventLog& log);

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

  private:
    struct Checked {
        papers::wire::Delivered delivered;
        papers::Manifest manifest;
        sealing::Digest digest{};
    };
    base::Result<Checked> check(const std::string& terminal, base::ByteView body) const;
    Reply submit_one(const std::string& terminal, const std::string* sub_id, base::ByteView body);
    base::Result<Reply> take(const Checked& checked);
    base::Result<Reply> store_case(const Checked& checked, const ReadSubmission& read);
    base::Result<Reply> refuse(const Checked& checked, int status, const std::string& reason);
    base::Result<base::Bytes> complete(const StoredCase& stored);
    base::Result<base::Bytes> sign_complete(const StoredCase& stored,
                                            const papers::Manifest& manifest);
    base::Result<bool> all_there(const StoredCase& stored);
    base::Result<Reply> after_slice(const Uploads::Written& written);
    base::Result<base::Bytes> sign_next(sealing::SuiteId suite, papers::CentreReceipt receipt);
    base::Result<base::Bytes> answer_progress(const sealing::OpenedQuestion& question);
    base::Bytes person_hash(const std::string& id_number, const std::string& name) const;
    Reply failed(const base::Fault& fault) const;

    IntakeStore store_;
    sealing::PinnedRoot root_;
    sealing::IntakeKeys keys_;
    SubmissionReader reader_;
    IntakeLimits limits_;
    Uploads uploads_{""};
    Slots slots_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
