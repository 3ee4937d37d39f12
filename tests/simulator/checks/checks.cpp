#include "tests/simulator/checks/checks.hpp"

namespace simulator {

std::vector<std::unique_ptr<Check>> all_checks(World& world) {
    std::vector<std::unique_ptr<Check>> checks;
    checks.push_back(terminal_checks(world));
    checks.push_back(table_checks(world));
    checks.push_back(centre_checks(world));
    checks.push_back(traffic_checks(world));
    return checks;
}

}  // namespace simulator
