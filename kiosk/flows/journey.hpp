// What one citizen has said and shown so far. Handles only: copying a Journey copies no person.
#pragma once

#include "catalogue/application.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/identifiers.hpp"

#include <string>

namespace flows {

// Why the card is asked for.
// clang-format off
enum class Purpose {
    apply,
    speak,
    progress,
    pay,
    booking
};
// clang-format on

struct Journey {
    std::string item_code;
    std::string notice_acknowledged_at;
    base::Secret<domain::CitizenIdentity> person;
    base::Secret<std::vector<std::uint8_t>> chip_photo;  // until the face comparison is over
    bool face_settled = false;
    int face_failures = 0;  // comparisons that did not match, however often consent was given
    catalogue::Proof proof;
    catalogue::SituationAnswers situation;
    catalogue::FormDraft draft;
    domain::SubId sub_id;  // drawn when the form opens
};

}  // namespace flows
