// The wizard's files, for the desk's worker: what is known of the terminal, and one decision after
// the other kept. Blocking; the desk's thread.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/set_up/known.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace app {

class SetUpDesk {
  public:
    SetUpDesk(std::string config_path, const base::Clock& clock, base::EventLog& log)
        : config_path_(std::move(config_path)), clock_(clock), log_(log) {}

    // ConfigInvalid: the package's own file has problems; FileUnreadable, FileUnwritable.
    base::Result<domain::set_up::Known> known();
    // Read by the configuration's own reader before it is kept. ConfigInvalid names the key.
    base::Result<domain::set_up::Known> keep(const domain::set_up::Decided& decided, bool finished);
    // For kiosk-post, which is started by the appearance of the file and takes it away.
    base::Status invite(const base::SecretText& invitation);
    // For kiosk-technician join, which is started in the same way; known() says what came of it.
    base::Status join(const std::string& name, const base::SecretText& passphrase);
    // The program is about to be started anew from the middle of the wizard.
    base::Status go_on(const std::string& label);
    // At a start, once: who did that within the last two minutes of this machine's running; empty:
    // nobody. Reads and removes; on the caller's thread.
    static std::string went_on(const std::string& state_folder);

  private:
    std::string config_path_;
    const base::Clock& clock_;
    base::EventLog& log_;
    bool set_aside_ = false;
    std::optional<std::filesystem::file_time_type> invited_, join_asked_;
};

}  // namespace app
