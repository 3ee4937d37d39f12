// What a publisher has to know before a pack goes out: what is another than in the pack that is
// out, and what must not be. Compares values, never text. Pure; any thread.
#pragma once

#include "catalogue/pack.hpp"

#include <string>
#include <vector>

namespace provisioning::catalogue_tools {

struct Differences {
    // Why the new pack must not go out as it is: no terminal would take it, or papers that people
    // signed would change behind their backs.
    std::vector<std::string> faults;
    std::vector<std::string> lines;  // everything else, in the pack's order; indented
};
Differences differences(const catalogue::Pack& before, const catalogue::Pack& after);
// Of one item that both have, its changes without its name above them.
Differences differences(const catalogue::ServiceItem& before, const catalogue::ServiceItem& after);

}  // namespace provisioning::catalogue_tools
