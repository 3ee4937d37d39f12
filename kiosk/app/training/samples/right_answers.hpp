// Right answers to the questions and fields of any item, found by trying a few usual ones, so that
// an item that is new in the sample county is walked without a line of its own. Pure; any thread.
#pragma once

#include "catalogue/form.hpp"

#include <optional>
#include <string>

namespace app::training::samples {

// The first usual value of the field's type that breaks no rule beside what the draft has; empty
// when there is none.
std::string right_answer(const catalogue::Pack& pack, const catalogue::FormPage& page,
                         const catalogue::Field& field, const catalogue::FormDraft& draft,
                         const catalogue::Facts& facts);

// Answers that lead to the form, with `wanted` (a question and its option) where it leads on; none
// when every answer to some question ends the way.
std::optional<catalogue::SituationAnswers> answers_that_lead_on(
    const catalogue::ServiceItem& item, const domain::CitizenIdentity& person, base::Date today,
    const std::string& division, const catalogue::SituationAnswers& wanted = {});

// Every field that is asked, filled.
catalogue::FormDraft filled_form(const catalogue::Pack& pack, const catalogue::ServiceItem& item,
                                 const domain::CitizenIdentity& person, const std::string& division,
                                 const catalogue::Facts& facts);

}  // namespace app::training::samples
