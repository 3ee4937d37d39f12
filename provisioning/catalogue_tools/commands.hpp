// kiosk-technician catalogue: for who writes and publishes packs. Each command reads files and says
// in Chinese what it found; only `sign` and `codes` write. Exit codes as of the program: went_well,
// went_wrong (the pack has problems), could_not (nothing could be read or written).
#pragma once

#include "base/clock.hpp"
#include "provisioning/technician/file_tools.hpp"

#include <string>

namespace provisioning::catalogue_tools {

using technician::Say;

// Every problem with its line, what is expected and how to mend it; `json`: one line of JSON.
int lint(const std::string& pack, bool json, const base::Clock& clock, const Say& say,
         const Say& complain);

// The pack on one page, or one of its items (by code) whole.
int show(const std::string& pack, const std::string& item, bool english, const base::Clock& clock,
         const Say& say, const Say& complain);

// A sheet of the guides' codes (A4), of one topic or of all, written to a file that must not exist.
int codes(const std::string& pack, const std::string& topic, const std::string& out,
          const base::Clock& clock, const Say& say, const Say& complain);

// went_wrong when the new one must not go out as it is.
int diff(const std::string& before, const std::string& after, const base::Clock& clock,
         const Say& say, const Say& complain);

// Lints, then writes pack.sig beside the folder's pack.json. The key is a pack signer's of the
// pack's realm; it is wiped before this returns and nothing of it is said but its id.
int sign(const std::string& folder, const std::string& key_file, const base::Clock& clock,
         const Say& say, const Say& complain);

}  // namespace provisioning::catalogue_tools
