// What the intake can answer besides the progress of cases: certificates and fees that an operator
// loads from the registers, and drafts. One SQLite file of its own. A person is found by a keyed
// hash that only the intake can compute; drafts lie sealed as they came. One thread at a time.
#pragma once

#include "base/clock.hpp"
#include "offline/questions/certificate_question.hpp"
#include "offline/questions/fee_question.hpp"
#include "offline/sealing/opening.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

// The keyed hash of a person: what the case store uses, too.
base::Bytes person_hash(const sealing::IntakeKeys& keys, const questions::Person& person);

struct KeptDraft {
    base::Bytes sealed_question;  // empty: it was deleted
    base::Instant asked_at{}, until{};
};

class AnswerBook {
  public:
    static base::Result<AnswerBook> open(const std::string& folder);

    // {"certificates": [{"holder": {"id_number", "name"}, type, …}], "fees": [{"payer": …}]}: all
    // or nothing; what has the same number is replaced. How many; BytesMalformed: which entry.
    base::Result<std::int64_t> load(std::string_view json, const sealing::IntakeKeys& keys);

    base::Result<std::vector<questions::Certificate>> certificates(base::ByteView person,
                                                                   const std::string& type);
    base::Result<std::vector<questions::Fee>> fees(base::ByteView person);

    // Those whose time is over are gone.
    base::Result<std::optional<KeptDraft>> draft(base::ByteView person, const std::string& item,
                                                 base::Instant now);
    base::Status keep(base::ByteView person, const std::string& item, const KeptDraft& draft);

  private:
    explicit AnswerBook(store::Database database) : database_(std::move(database)) {}
    store::Database database_;
};

}  // namespace offline::intake
