// What kiosk and kiosk-training do alike when they come up: trust, catalogue, settings. A terminal
// whose keys or pack do not verify comes up out of service and says why in the log; it never serves
// with less.
#pragma once

#include "base/event_log.hpp"
#include "catalogue/pack.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/config/config.hpp"
#include "session/world.hpp"

#include <optional>
#include <string>

namespace app {

struct Trusted {
    std::optional<offline::sealing::KeySet> keys;
    std::optional<catalogue::Pack> pack;
};

// Root → key set → pack, each checked against the one before; the pack's version never goes back
// (the floor is kept in the state folder).
Trusted load_trusted(const provisioning::config::Config& config, base::EventLog& log);

// Every text of this program and of the pack: everybody's, so its characters may be known
// beforehand.
std::string open_texts(const provisioning::config::Config& config);

// A fault as the technician reads it on the terminal's console.
std::string in_words(const base::Fault& fault);

session::Settings settings_from(const provisioning::config::Config& config);

}  // namespace app
