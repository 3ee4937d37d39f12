// The set-up as the report and the commissioning record show it: whether it is finished, and each
// test with who judged it and when. Pure.
#pragma once

#include "domain/set_up/known.hpp"
#include "provisioning/diagnostics/check.hpp"
#include "provisioning/technician/device_commands.hpp"

#include <optional>
#include <vector>

namespace provisioning::set_up {

// `required`: the terminal serves nobody without. `profile`: how the kind of place agrees with the
// enrolment now (judge_profile), in place of how it did then.
std::vector<diagnostics::Check> set_up_checks(
    const domain::set_up::Progress& progress, bool required, base::Instant now,
    const std::optional<domain::set_up::TestResult>& profile = {});

// What the wizard found of the panel, colours and touch together; what it found before `since`,
// when another panel may have hung there, does not count.
std::optional<technician::RecordedTest> panel_record(const domain::set_up::Progress& progress,
                                                     std::optional<base::Instant> since);

}  // namespace provisioning::set_up
