// [cabinet] of the configuration: how sensors, lamps and the UPS are wired (drivers/cabinet).
#pragma once

#include "provisioning/config/section_reader.hpp"

namespace provisioning::config {

void read_cabinet(SectionReader section, domain::CabinetSettings& out);

}  // namespace provisioning::config
