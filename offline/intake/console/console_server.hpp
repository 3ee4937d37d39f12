// The web console: who looks after terminals sees how they are, and tells them something. HTML made
// here, no scripts, nothing from elsewhere; its own address beside that of the terminals, off
// unless it is asked for. Listens from construction to destruction on its own threads.
#pragma once

#include "offline/intake/console/accounts.hpp"
#include "offline/intake/console/addresses.hpp"
#include "offline/intake/site.hpp"

#include <memory>
#include <optional>
#include <string>

namespace offline::intake::console {

struct ConsoleOptions {
    std::string host;
    int port = 0;  // 0 takes a free one
    // Shown to browsers; without it, plain HTTP: only for this machine or behind a proxy that
    // speaks TLS.
    std::optional<IntakeTls> tls;
    domain::Realm realm{};
    sealing::PinnedRoot root;
    std::optional<EnrolmentParts> issuer;  // none: no invitations and no commands from here
    std::string feeds_folder;
    // The one whose X-Forwarded-For is believed: who tries to sign in is counted by address.
    std::string proxy = {};
    // Whose work orders are answered here; none: there are none.
    std::optional<Site> voices = {};
    // Over which days are promised; none: no day is told.
    std::shared_ptr<const catalogue::Pack> pack = {};
};

class ConsoleServer {
  public:
    // NetworkUnreachable, KeyAbsent: a file of `tls` does not read.
    static base::Result<std::unique_ptr<ConsoleServer>> listen(ConsoleOptions options,
                                                               std::shared_ptr<CaseStore> store,
                                                               const base::Clock& clock,
                                                               base::EventLog& log);
    // On a socket that listens already, in place of host and port; closed with the server.
    static base::Result<std::unique_ptr<ConsoleServer>> adopt(int listening, ConsoleOptions options,
                                                              std::shared_ptr<CaseStore> store,
                                                              const base::Clock& clock,
                                                              base::EventLog& log);
    ~ConsoleServer();
    int port() const;

  private:
    class Impl;
    explicit ConsoleServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace offline::intake::console
