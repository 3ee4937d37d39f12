// What a signed list means for this machine: which of its packages go in, and which of its fallback
// would bring back what is here now. Pure but for `older`.
//   ReleaseWrong     for another processor; leaves out a package of ours that is installed, so that
//                    two releases would be mixed
//   ReleaseOutdated  a package would go back to an older version
//   UpdateFailed     no way back is named or known; a package here is half installed
#pragma once

#include "offline/papers/release_list.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace provisioning::updates {

struct Plan {
    std::vector<offline::papers::ReleasePackage> packages;  // none: all of it is here already
    std::vector<offline::papers::ReleasePackage> before;
};
using Older = std::function<base::Result<bool>(const std::string& a, const std::string& b)>;

base::Result<Plan> plan(const offline::papers::ReleaseList& list,
                        const std::map<std::string, std::string>& installed,
                        const std::string& architecture, const Older& older);

}  // namespace provisioning::updates
