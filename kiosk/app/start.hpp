// What kiosk and kiosk-training do alike when they come up: trust, catalogue, settings. A terminal
// whose keys or pack do not verify comes up out of service and says why in the log; it never serves
// with less.
#pragma once

#include "app/kiosk.hpp"
#include "base/event_log.hpp"
#include "catalogue/pack.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/config/config.hpp"
#include "session/world.hpp"

#include <optional>
#include <string>

namespace app {

struct Trusted {
    std::optional<offline::sealing::KeySet> keys;
    std::optional<catalogue::Pack> pack;
    base::Instant pack_soft_expiry{};  // may be outdated from then on; the epoch: never
};

// Root and the newest key set, be it the enrolment's or one that came since; the floor is kept.
base::Result<offline::sealing::Trust> trusted_keys(const provisioning::config::Config& config);
// The newest version of a pack that was ever in use here.
std::int64_t read_pack_floor(const provisioning::config::Config& config);
base::Status keep_pack_floor(const provisioning::config::Config& config, std::int64_t version);

// The newest version of the centre's configuration that was ever in use here; 0: none.
std::int64_t read_configuration_floor(const provisioning::config::Config& config);

// Lays the centre's configuration over the file's, the newest that holds and is not older than the
// last, and returns its version; 0: there is none, and nothing changes.
std::int64_t apply_overrides(const std::string& config_path, provisioning::config::Config& config);

// Root → key set → pack, each checked against the one before; the pack is the newer one of the
// enrolment's and the staged; its version never goes back (the floor is kept in the state folder).
Trusted load_trusted(const provisioning::config::Config& config, base::EventLog& log);

// Every text of this program and of the pack: everybody's, so its characters may be known
// beforehand.
std::string open_texts(const provisioning::config::Config& config);

// A fault as the technician reads it on the terminal's console.
std::string in_words(const base::Fault& fault);

CareOptions care_options(const provisioning::config::Config& config);
DeskOptions desk_options(const provisioning::config::Config& config,
                         const std::string& config_path);
// The exit status by which whoever started the program knows what a technician wants: 10 to start
// it again, 11 to turn the machine off; 0 when it simply ended. Runs the configuration's command
// to turn it off, where there is one.
int exit_status(const std::optional<Ending>& ending, const provisioning::config::Config& config);

session::Settings settings_from(const provisioning::config::Config& config);
// For a reload: as the file and the centre's configuration say it now. ConfigInvalid: it has
// faults; then nothing is to change.
base::Result<session::Settings> settings_read_anew(const std::string& config_path);

}  // namespace app
