// The question 我的办件 by card, both ends: what goes sealed to the intake and what comes back
// sealed to the question's own key. JSON, read strictly. Pure; the post sees neither side. Faults:
// BytesMalformed for a question, CentreNonsense for an answer.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/post_status.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace offline::questions {

// kiosk
base::SecretText progress_question(const std::string& id_number, const std::string& name);
base::Result<std::vector<domain::SubmissionStatus>> read_progress_answer(std::string_view json);

// intake
struct ProgressAsked {
    std::string id_number, name;
};
base::Result<ProgressAsked> read_progress_question(std::string_view json);
std::string progress_answer(const std::vector<domain::SubmissionStatus>& cases);

}  // namespace offline::questions
