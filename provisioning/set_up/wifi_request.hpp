// A wireless network that the wizard wants joined, on its way to the service that may do so: a file
// of three lines, which that service takes away before it does anything else; and the one word that
// it leaves behind. Blocking.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/set_up/wifi.hpp"

#include <string>
#include <string_view>

namespace provisioning::set_up {

struct WifiRequest {
    std::string name;
    base::SecretText passphrase;
};

std::string request_path(const std::string& state_folder);
std::string outcome_path(const std::string& state_folder);

// What is written; whoever calls wipes it.
std::string as_request(const WifiRequest& request);
// BytesMalformed: not of the wizard, or not to be joined. At most request_bytes_max bytes are read.
base::Result<WifiRequest> request_from(std::string_view text);
inline constexpr std::size_t request_bytes_max = 256;

// Appears whole and readable for the group. FileUnwritable, DiskFull.
base::Status put_request(const std::string& state_folder, const WifiRequest& request);
// Reads and takes away; what cannot be used goes, too. FileUnreadable, BytesMalformed.
base::Result<WifiRequest> take_request(const std::string& path);
base::Status put_outcome(const std::string& path, domain::set_up::JoinOutcome outcome);

}  // namespace provisioning::set_up
