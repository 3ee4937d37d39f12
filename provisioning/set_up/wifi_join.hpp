// Joins a wireless network through NetworkManager's own tool. The passphrase goes to it by a pipe:
// it stands on no command line, in no environment and in no file of ours. What was joined before
// stays until the new one is up, and comes back when it does not come up. Blocks for up to a
// minute.
#pragma once

#include "base/secret.hpp"
#include "domain/set_up/wifi.hpp"
#include "provisioning/set_up/wifi_request.hpp"
#include "provisioning/technician/file_tools.hpp"

#include <chrono>
#include <string>

namespace provisioning::set_up {

struct JoinTool {
    std::string nmcli = "/usr/bin/nmcli";
    std::chrono::seconds limit{45};  // for the network to come up
};

// What NetworkManager keeps is one connection of this name.
inline constexpr const char* connection_name = "citizen-window";

domain::set_up::JoinOutcome join(const WifiRequest& request, const JoinTool& tool);

// kiosk-technician join: the request is taken from its file, what came of it is said, and kept as a
// word in `said_path` unless that is empty. Exit codes of technician/file_tools.hpp.
int run_join(const std::string& request_path, const std::string& said_path, const JoinTool& tool,
             const technician::Say& say, const technician::Say& complain);

}  // namespace provisioning::set_up
