// The groups of invariants, one file each.
#pragma once

#include "tests/simulator/world/world.hpp"

namespace simulator {

std::unique_ptr<Check> terminal_checks(World& world);
std::unique_ptr<Check> table_checks(World& world);
std::unique_ptr<Check> centre_checks(World& world);
std::unique_ptr<Check> traffic_checks(World& world);

}  // namespace simulator
