// What may be answered to where a device is, as the system names it: cameras by the place they are
// plugged in, which stays theirs, and the print queues of this machine. Looks at folders only; any
// thread.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace provisioning::set_up {

// By the fields of the decision `devices`. `root` is / but in tests.
std::map<std::string, std::vector<std::string>> found_devices(const std::string& root = "/");

}  // namespace provisioning::set_up
