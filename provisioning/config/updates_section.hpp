// [updates]: where new versions of the programs come from.
#pragma once

#include "provisioning/config/config.hpp"
#include "provisioning/config/section_reader.hpp"

namespace provisioning::config {

void read_updates(SectionReader section, const std::string& state_folder, Updates& out);

}  // namespace provisioning::config
