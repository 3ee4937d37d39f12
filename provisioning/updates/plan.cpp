#include "provisioning/updates/plan.hpp"

#include <algorithm>

namespace provisioning::updates {

using base::FaultCode;
using offline::papers::ReleasePackage;

base::Result<Plan> plan(const offline::papers::ReleaseList& list,
                        const std::map<std::string, std::string>& installed,
                        const std::string& architecture, const Older& older) {
    const auto fits = [&](const ReleasePackage& package) {
        return package.architecture == "all" || package.architecture == architecture;
    };
    Plan out;
    bool any_new = false;
    for (const auto& [name, version] : installed) {
        const auto named = [&, &name = name](const ReleasePackage& one) {
            return one.name == name;
        };
        const auto next = std::find_if(list.packages.begin(), list.packages.end(), named);
        if (next == list.packages.end())
            return base::fail(FaultCode::ReleaseWrong, "leaves out " + name);
        if (!fits(*next)) return base::fail(FaultCode::ReleaseWrong, "architecture of " + name);
        if (version.empty())
            return base::fail(FaultCode::UpdateFailed, name + " is half installed");
        const bool back = TRY(older(next->version, version));
        if (back) return base::fail(FaultCode::ReleaseOutdated, "an older " + name);
        any_new = any_new || next->version != version;
        out.packages.push_back(*next);
        const bool same = next->version == version;
        const auto here = [&, &name = name, &version = version](const ReleasePackage& one) {
            return one.name == name && one.version == version && fits(one);
        };
        const auto before = std::find_if(list.fallback.begin(), list.fallback.end(), here);
        if (before != list.fallback.end())
            out.before.push_back(*before);
        else if (same)
            out.before.push_back(*next);
        else
            return base::fail(FaultCode::UpdateFailed, "no way back: " + name + " " + version);
    }
    if (!any_new) return Plan{};
    return out;
}

}  // namespace provisioning::updates
