// Whether this terminal's programs are those that the centre wants: what the updater's journal
// says, what the newest list names, and whether the centre finds these too old. Reads files that
// the post and the updater wrote; what they say is shown, nothing is decided by it.
#pragma once

#include "provisioning/diagnostics/check.hpp"

namespace provisioning::diagnostics {

struct UpdatePlaces {
    std::string state_folder, feeds_folder, updates_folder;
    std::string software;  // of this program
};
Check update_check(const UpdatePlaces& places, base::Instant now);

}  // namespace provisioning::diagnostics
