// The brightness of the panel as the kernel has it: a folder of /sys/class/backlight with
// max_brightness and brightness (Documentation/ABI/stable/sysfs-class-backlight). Fault:
// PanelLightFailed.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <string>

namespace drivers::cabinet {

using SetPanelLight = std::function<base::Status(int percent)>;

// What is written for so many percent of `most`; never dark.
long brightness_for(int percent, long most);
base::Status write_panel_light(const std::string& folder, int percent);

}  // namespace drivers::cabinet
