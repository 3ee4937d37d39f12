// The intake's HTTP side: routes to the service, several requests at once, strict sizes and content
// types. It listens from construction to destruction on its own threads.
#pragma once

#include "offline/intake/enrolment_desk.hpp"
#include "offline/intake/feed_desk.hpp"
#include "offline/intake/fleet/fleet_desk.hpp"
#include "offline/intake/intake_service.hpp"
#include "offline/intake/question_desk.hpp"
#include "offline/intake/service_shelf.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

// What a server does besides cases; what is not there is not served.
struct Desks {
    std::shared_ptr<FeedDesk> feeds;
    std::unique_ptr<QuestionDesk> questions;
    std::unique_ptr<ServiceShelf> service_records;
    std::unique_ptr<EnrolmentDesk> enrolment;
    std::unique_ptr<FleetDesk> fleet;
};

// PEM files for TLS 1.3; only clients with a certificate of `client_ca` are let in, but for the two
// requests by which they get one.
struct IntakeTls {
    std::string certificate, key, client_ca;
};

// As openapi.json writes them.
struct Route {
    std::string method, path;
    auto operator<=>(const Route&) const = default;
};

class IntakeServer {
  public:
    // Port 0 takes a free one; without TLS it speaks plain HTTP. NetworkUnreachable when it cannot
    // listen there, KeyAbsent when a file of `tls` does not read.
    static base::Result<std::unique_ptr<IntakeServer>> listen(
        const std::string& host, int port, IntakeService service,
        const std::optional<IntakeTls>& tls = std::nullopt, Desks desks = {});
    // On a socket that listens already; it is closed with the server.
    static base::Result<std::unique_ptr<IntakeServer>> adopt(
        int listening, IntakeService service, const std::optional<IntakeTls>& tls = std::nullopt,
        Desks desks = {});
    ~IntakeServer();
    int port() const;
    const std::vector<Route>& routes() const;
    // Between two requests, on the caller's thread.
    void with_service(const std::function<void(IntakeService&)>& work);

  private:
    class Impl;
    explicit IntakeServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace offline::intake
