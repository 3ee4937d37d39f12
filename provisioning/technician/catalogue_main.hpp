// The part of kiosk-technician's command line that is about packs.
#pragma once

#include "provisioning/technician/file_tools.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace provisioning::technician {

using CatalogueCommand = std::function<int()>;
// Adds the subcommand. What comes back is called after `options` was parsed and gives the command
// that was asked for, or an empty one when it was something else.
std::function<CatalogueCommand()> add_catalogue(CLI::App& options, const Say& say,
                                                const Say& complain);

}  // namespace provisioning::technician
