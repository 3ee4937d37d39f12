// What the app's self-test of the quiet hours found (kiosk/app/care), as a check of the report. The
// file is the app's; what does not read is said as such. Never fails.
#pragma once

#include "base/bytes.hpp"
#include "provisioning/diagnostics/check.hpp"

#include <optional>
#include <string>

namespace provisioning::diagnostics {

// `note`: the content of care.json; none: there is none yet. Pure.
Check care_check(const std::optional<base::Bytes>& note, base::Instant now);
Check care_check(const std::string& state_folder, base::Instant now);

}  // namespace provisioning::diagnostics
