// What may be answered to where a device is, as the system names it: cameras by the place they are
// plugged in, which stays theirs, and the print queues of this machine; and what the kernel says of
// its network and its clock. Any thread.
#pragma once

#include "domain/set_up/known.hpp"

#include <map>
#include <string>
#include <vector>

namespace provisioning::set_up {

// By the fields of the decision `devices`. `root` is / but in tests.
std::map<std::string, std::vector<std::string>> found_devices(const std::string& root = "/");

// As /sys/class/net names them, without the loopback.
std::vector<domain::set_up::Link> network_links(const std::string& root = "/");

// Somebody on the network keeps this clock right: by the kernel's word, or, where that may not be
// asked (a sandbox), by the mark of systemd-timesyncd.
bool clock_is_synchronised(const std::string& root = "/");

}  // namespace provisioning::set_up
