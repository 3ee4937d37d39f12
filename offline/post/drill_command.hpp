// kiosk-post drill begin | check, as a command. Of the program alone.
#pragma once

#include "offline/post/connection.hpp"
#include "offline/post/power_cut_drill.hpp"

namespace offline::post {

// The exit: 0 passed or ended by hand, 3 something was lost, 1 it does not count or could not be
// done. `settings` without the boot.
int run_drill(bool checks, DrillSettings settings, const sealing::KeySet& keys,
              const base::Clock& clock, const Descriptor& stop, const DrillSay& say);

}  // namespace offline::post
