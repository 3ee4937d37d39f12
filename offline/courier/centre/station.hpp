// The import station beside an intake on the same machine: the door that a running intake opens for
// it, and the station's own way in.
#pragma once

#include "offline/courier/centre/commands.hpp"
#include "offline/courier/local_call.hpp"
#include "offline/intake/site.hpp"

#include <memory>

namespace offline::courier {

// In the intake's process; answers between two requests until it goes away. What listening says.
base::Result<std::unique_ptr<CallServer>> serve_stations(const intake::Site& site,
                                                         intake::IntakeServer& server);

// All bundles of a stick, through the intake that runs here, or by itself when none does. True:
// none was refused.
base::Result<bool> import_bundles_of(const intake::Site& site, const std::string& stick,
                                     const base::Clock& clock, base::EventLog& log, const Say& say);

}  // namespace offline::courier
