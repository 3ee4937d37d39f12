// The intake's side of a terminal's health: heartbeats, the commands that go out with their
// answers, and the support bundles that come back. Any thread.
#pragma once

#include "base/event_log.hpp"
#include "offline/intake/intake_service.hpp"
#include "offline/papers/support_bundle.hpp"

#include <functional>
#include <memory>
#include <string>

namespace offline::intake {

struct FleetDeskOptions {
    std::string bundles_folder;  // a folder for each terminal below it
    sealing::PinnedRoot root;
    sealing::IntakeKeys keys;
    // What was published as revoked; none: only the register is asked.
    std::function<papers::Revocations()> revoked = {};
};

class FleetDesk {
  public:
    FleetDesk(FleetDeskOptions options, std::shared_ptr<CaseStore> store, const base::Clock& clock,
              base::EventLog& log)
        : options_(std::move(options)), store_(std::move(store)), clock_(clock), log_(log) {}

    // `terminal` as it stands in the path. 409 "certificate": it is to say it whole. 403
    // TerminalRevoked, CertificateExpired: the certificate is over (standing.hpp); that it still
    // speaks is noted, nothing it says is taken, and no command is given.
    Reply heartbeat(const std::string& terminal, base::ByteView body);
    // The same bundle again has the same answer; another one for the same command replaces nothing
    // (409). Only what was asked for is taken.
    Reply bundle(const std::string& terminal, base::ByteView body);

  private:
    base::Result<base::Bytes> taken(const std::string& terminal, base::ByteView body,
                                    bool& wants_certificate);
    base::Result<base::Bytes> kept(const std::string& terminal, base::ByteView body);
    base::Status believe(const sealing::TerminalCertificate& certificate);
    Reply failed(const base::Fault& fault) const;

    FleetDeskOptions options_;
    std::shared_ptr<CaseStore> store_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
