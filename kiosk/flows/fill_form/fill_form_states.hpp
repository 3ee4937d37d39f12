#pragma once

#include "catalogue/form.hpp"
#include "flows/journey.hpp"

#include <string>
#include <vector>

namespace flows {

struct AnsweringSituation {
    Journey journey;
    std::string question;
};

// A kind end: not here, or not yet.
struct NotEligible {
    std::string item_code;
    std::string stop_id;
    catalogue::Facts facts;  // for the dates in the text
    base::Secret<domain::CitizenIdentity> person;
};

struct FillingForm {
    Journey journey;
    std::size_t page = 0;
    std::string focused;
    std::vector<catalogue::FieldProblem> problems;
    bool back_to_review = false;  // opened by 修改 on the review page
};

}  // namespace flows
