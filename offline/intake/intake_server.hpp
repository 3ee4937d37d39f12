// The intake's HTTP side: routes to the service, one request at a time, strict sizes and content
// types. It listens from construction to destruction on its own threads.
#pragma once

#include "offline/intake/intake_service.hpp"

#include <functional>
#include <memory>
#include <string>

namespace offline::intake {

class IntakeServer {
  public:
    // Port 0 takes a free one. NetworkUnreachable when it cannot listen there.
    static base::Result<std::unique_ptr<IntakeServer>> listen(const std::string& host, int port,
                                                              IntakeService service);
    ~IntakeServer();
    int port() const;
    // Between two requests, on the caller's thread.
    void with_service(const std::function<void(IntakeService&)>& work);

  private:
    class Impl;
    explicit IntakeServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace offline::intake
