#include "drivers/cabinet/panel_light.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace drivers::cabinet {

long brightness_for(int percent, long most) {
    return std::clamp(most * std::clamp(percent, 1, 100) / 100, 1L, std::max(most, 1L));
}

base::Status write_panel_light(const std::string& folder, int percent) {
    long most = 0;
    if (!(std::ifstream(folder + "/max_brightness") >> most) || most < 1)
        return base::fail(base::FaultCode::PanelLightFailed, "max_brightness");
    const auto value = std::to_string(brightness_for(percent, most)) + "\n";
    // Never made: a wrong path must not leave a file behind.
    const int file = ::open((folder + "/brightness").c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (file < 0) return base::fail(base::FaultCode::PanelLightFailed, "open");
    const bool written =
        ::write(file, value.data(), value.size()) == static_cast<ssize_t>(value.size());
    ::close(file);
    if (!written) return base::fail(base::FaultCode::PanelLightFailed, "write");
    return {};
}

}  // namespace drivers::cabinet
