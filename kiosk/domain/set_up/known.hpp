// What the wizard is told about the terminal when it comes up. Pure values; any thread.
#pragma once

#include "base/clock.hpp"
#include "domain/set_up/progress.hpp"
#include "domain/set_up/wifi.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace domain::set_up {

// A way out of the machine, as the kernel names it.
struct Link {
    std::string name;  // eth0
    bool wireless = false;
    bool up = false;  // plugged in, or joined
    friend bool operator==(const Link&, const Link&) = default;
};

struct Known {
    Progress progress;
    // section.key → what stands there now, as it is written; what is not there is left to its
    // default.
    std::map<std::string, std::string> current{};
    // Key of a field of `devices` → what was found that may be answered.
    std::map<std::string, std::vector<std::string>> found{};
    std::vector<Link> links{};  // as they are now
    bool clock_synchronised = false;
    bool enrolled = false;   // the centre's keys are here and verify
    bool set_aside = false;  // an earlier progress could not be used
    std::string said{};      // by the post office, of an invitation that it could not use
    std::optional<JoinOutcome> join{};  // of the network that was asked for last
    // What kind of place the centre invited this terminal to; empty: not known.
    std::string enrolled_profile{};
    friend bool operator==(const Known&, const Known&) = default;
};

// old → new of what an answer changes; what stays is left out.
std::vector<Change> changes_of(Decision decision, const Values& values,
                               const std::map<std::string, std::string>& current);
// What the page of a decision begins with: what was answered before, else what stands there.
Values beginning_of(Decision decision, const Known& known);

// No terminal was set up before this program was made.
bool is_plausible(base::Instant now);

// What a machine says to an answer of `network`: kind is one of its words.
TestResult judge_network(std::string_view kind, const std::vector<Link>& links, base::Instant at);

// What a machine says to an answer of `mode`: the kind of place is the one that the centre invited
// the terminal to. None: the centre's is not known. It never stops; it is in the record.
std::optional<TestResult> judge_profile(std::string_view chosen, std::string_view enrolled,
                                        base::Instant at);
inline constexpr std::string_view profile_test = "profile";

}  // namespace domain::set_up
