#include "tests/simulator/world/machine.hpp"

#include <algorithm>

namespace simulator {

bool CollectedLog::says(const std::string& event, const std::string& detail) const {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find("\"" + event + "\"") != std::string::npos &&
               line.find(detail) != std::string::npos;
    });
}

}  // namespace simulator
