// A terminal's programs as systemd runs them. Whether somebody is at the terminal is asked of the
// app itself: while a session lasts it holds a shared lock on session.lock in the state folder
// (kiosk/app/session_mark); whoever has the lock alone knows that nobody is there, and keeps the
// next one from beginning until the screen is dark. Blocks its thread. UpdateFailed.
#pragma once

#include "provisioning/updates/updater.hpp"

namespace provisioning::updates {

struct ServiceSettings {
    std::string systemctl = "/usr/bin/systemctl";
    std::string screen = "citizen-window-kiosk.service";
    std::string post = "citizen-window-post.service";
    std::string readiness = "citizen-window-readiness.service";
    // Written by the readiness test: lines "NAME VERDICT".
    std::string words = "/run/citizen-window-readiness/words";
    // There from before the screen is stopped until it runs again; gone after a start of the
    // machine, which starts the screen.
    std::string dark_mark = "/run/citizen-window-update.dark";
    std::string state_folder;
    base::Millis limit{180'000};  // of one call
};

class MachineServices final : public Services {
  public:
    explicit MachineServices(ServiceSettings settings) : settings_(std::move(settings)) {}
    ~MachineServices() override;
    base::Result<bool> take() override;
    base::Status restart_post() override;
    base::Result<std::vector<std::string>> unready() override;
    base::Status give_back() override;
    bool was_left_dark() const override;

  private:
    base::Status systemctl(const char* verb, const std::string& unit) const;
    void let_go();
    ServiceSettings settings_;
    int lock_ = -1;
};

// The lines of a readiness test: the names whose verdict is "failed". BytesMalformed. Pure.
base::Result<std::vector<std::string>> failed_in(std::string_view words);

}  // namespace provisioning::updates
