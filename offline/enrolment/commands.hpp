// kiosk-post enrol, identity and renew: what a technician or the wizard calls. Texts are what is
// printed. In a process of their own; beside a kiosk-post that runs, which takes what they changed
// when it starts again.
#pragma once

#include "offline/enrolment/enrolling.hpp"

#include <string>

namespace offline::enrolment {

using Text = base::Result<std::string>;

struct Wanted {
    std::string code, centre, root;  // as given; root: a fingerprint, or the file of one
    // The text of the QR code, in place of the three; @FILE: what stands in the file.
    std::string invitation;
    bool again = false;  // also when this machine is enrolled
};
// How the centre is reached, but for its address.
struct Way {
    std::string configured;  // the address in the configuration
    std::string proxy;
    std::function<base::Instant()> now;       // by what certificates are measured; floor
    std::function<void(base::Instant)> told;  // a verified time
};

// Model and id of this machine, as it says them.
papers::wire::MachineFacts machine_facts(const std::string& software);

Text enrol_command(const Self& self, const Wanted& wanted, const Way& way, const Places& places);
Text renew_command(const Self& self, const Way& way, const Places& places);
Text identity_text(const Self& self, const Places& places, base::Instant now);

// For renewals: with what this terminal shows, or without when it has ended.
sync::CentreAddress renewal_address(const Way& way, const Places& places);

}  // namespace offline::enrolment
