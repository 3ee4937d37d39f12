// The plaintext inside the envelope: canonical JSON (packs/submission.schema.json). Written by the
// terminal, read by the intake, which validates with the same rules: the card's facts, the
// situation, every field, the letter.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "catalogue/application.hpp"

#include <string>

namespace catalogue {

base::SecretText submission_json(const Submission& submission);

// What an intake needs of a submission it has opened and found right.
struct CheckedSubmission {
    std::string sub_id, terminal, division;
    std::string item_code, implementation_code, item_name;
    std::int64_t item_version = 0;
    std::string id_number, name;
    std::string json;  // the whole, canonical
};
// Faults: BytesMalformed (not our JSON: where), RealmMismatch, CentreRefused (item unknown, a rule
// does not hold: which).
base::Result<CheckedSubmission> check_submission(base::ByteView json, const Pack& pack,
                                                 base::Date today);

}  // namespace catalogue
