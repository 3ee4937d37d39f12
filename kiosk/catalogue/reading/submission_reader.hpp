// The submission's JSON as values, not yet believed: shape, kinds and ranges are right, nothing
// else. check_submission() rebuilds everything from them. Internal to the catalogue.
#pragma once

#include "catalogue/application.hpp"
#include "catalogue/reading/json_tree.hpp"
#include "catalogue/reading/strict_object.hpp"
#include "domain/id_card_record.hpp"

#include <string>

namespace catalogue::reading {

struct WrittenSubmission {
    std::string sub_id, terminal, division, pack_id;
    domain::Realm realm{};
    std::int64_t pack_version = 0, item_version = 0;
    std::string item_code, implementation_code;
    domain::IdCardRecord card;
    Proof proof;
    SituationAnswers situation;
    FormDraft answers;
    std::vector<MaterialState> materials;
    std::string notice_acknowledged_at;
    SignedLetter letter;
};

WrittenSubmission read_submission(const Json& json, Problems& problems);

}  // namespace catalogue::reading
