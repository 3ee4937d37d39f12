// intake bundle import: what an operator of the import station hears. Speaks Chinese on `say`.
#pragma once

#include "offline/courier/centre/bundle_import.hpp"

#include <functional>
#include <string>

namespace offline::courier {

using Say = std::function<void(const std::string&)>;

// True: every bundle on the stick was taken. MediumUnfit when the stick will not do.
base::Result<bool> import_from_stick(const std::string& stick_folder, IntakeDoor& door,
                                     const sealing::IntakeKeys& keys, StationOptions options,
                                     const base::Clock& clock, base::EventLog& log, const Say& say);

}  // namespace offline::courier
