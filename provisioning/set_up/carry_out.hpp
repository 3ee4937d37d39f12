// One decision, done on this machine: what has to be asked of it or of somebody, and what tests
// showed. The machine is behind functions, so that tests play it. One thread; may take minutes.
#pragma once

#include "base/clock.hpp"
#include "domain/set_up/known.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/diagnostics/device_checks.hpp"
#include "provisioning/set_up/wifi_request.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace provisioning::set_up {

using domain::set_up::Link;
using domain::set_up::TestResult;

struct Surroundings {
    std::function<std::vector<Link>()> links;
    std::function<bool()> clock_synchronised;
    // Enrols with what was answered; the fault's detail is what the post office said.
    std::function<base::Status(const domain::set_up::Values&)> enrol;
    // Through NetworkManager; takes up to a minute.
    std::function<domain::set_up::JoinOutcome(const WifiRequest&)> join;
    // Who this terminal is, by its certificate; KeyAbsent: not enrolled.
    std::function<base::Result<std::string>()> identity;
    // Every device of a configuration, once it has said how it is.
    std::function<std::vector<diagnostics::Check>(const config::Config&)> devices;
    // The guided tests of some of them; `ask` says what a person saw.
    std::function<std::vector<diagnostics::Check>(
        const config::Config&, const diagnostics::AskPerson& ask, const std::set<std::string>&)>
        guided;
    // Of the catalogue that verifies.
    std::function<base::Result<std::int64_t>(const config::Config&)> pack_version;
    const base::Clock& clock;
};

// `candidate`: the configuration with this answer in it. A fault: it cannot go on from here, and
// the decision stays open – the clock is wrong, the terminal is not enrolled, there is no
// catalogue. What a device or a person finds wrong is a result, and the next decision follows.
base::Result<std::vector<TestResult>> carry_out(domain::set_up::Decision decision,
                                                const domain::set_up::Values& values,
                                                const config::Config& candidate,
                                                const Surroundings& here);

}  // namespace provisioning::set_up
