// What kind of place the centre invited this terminal to (hall, booth, village, station, portable),
// as it said at the enrolment. Any thread.
#pragma once

#include "provisioning/config/config.hpp"

#include <string>

namespace provisioning::set_up {

// A word of the decision `mode`; empty: not enrolled, or not known here.
std::string enrolled_profile(const config::Config& config);

}  // namespace provisioning::set_up
