// intake serve and apply: the service with all its parts, in this process.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "offline/intake/site.hpp"

#include <functional>
#include <memory>
#include <string>

namespace offline::intake {

struct Service {
    IntakeService service;
    std::shared_ptr<FeedDesk> feeds;
};
// What the keys, the pack, the key set and the store say when they cannot be had.
base::Result<Service> make_service(const Site& site, const base::Clock& clock, base::EventLog& log);

// Whoever serves also applies, unless nodes of their own do that.
struct Work {
    bool serves = true, applies = true;
    std::string version;  // of the program
    // Made when the server listens, gone before it ends: what else goes through it.
    std::function<std::shared_ptr<void>(IntakeServer&)> beside = {};
    std::string console = {};  // HOST:PORT of the web console; empty: none
};
// Until SIGTERM or SIGINT, which it blocks: called before any thread starts.
base::Status run(const Site& site, const base::Clock& clock, base::EventLog& log, const Work& what);

// Only the web console, beside a server that runs: on the socket that was handed over, else on
// HOST:PORT. Until SIGTERM or SIGINT.
base::Status run_console(const Site& site, const std::string& address, const base::Clock& clock,
                         base::EventLog& log, const std::string& version);

}  // namespace offline::intake
