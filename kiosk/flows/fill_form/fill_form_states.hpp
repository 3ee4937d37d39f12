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

// Looking for a place in the table of divisions (or writing what is not in it).
struct PlaceSearch {
    std::string under{};  // code of the unit whose parts are offered; empty = the provinces
    bool by_hand = false;
    base::SecretText typed{};
};

struct FillingForm {
    Journey journey;
    std::size_t page = 0;
    std::string focused;
    std::vector<catalogue::FieldProblem> problems;
    bool back_to_review = false;  // opened by 修改 on the review page
    PlaceSearch place{};          // while the focus is on a field for a division
};

}  // namespace flows
