#include "offline/intake/intake_server.hpp"

#include <httplib.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace offline::intake {

namespace {

base::ByteView bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

class IntakeServer::Impl {
  public:
    Impl(IntakeService service, Desks desks)
        : service_(std::move(service)), desks_(std::move(desks)) {
        http_.set_payload_max_length(papers::wire::body_bytes_max);
        http_.set_read_timeout(30);
        http_.set_keep_alive_timeout(1);  // an idle connection holds up the end by so much
        http_.Post("/v1/hello", handler([this](const httplib::Request& request) {
                       return service_.hello(bytes(request.body));
                   }));
        http_.Put(R"(/v1/t/([0-9]{15})/s/([0-9a-f]{32}))",
                  handler([this](const httplib::Request& request) {
                      return service_.submit(request.matches[1], request.matches[2],
                                             bytes(request.body));
                  }));
        http_.Post(R"(/v1/t/([0-9]{15})/s/([0-9a-f]{32})/commit)",
                   handler([this](const httplib::Request& request) {
                       return service_.commit(request.matches[1], request.matches[2]);
                   }));
        http_.Post(R"(/v1/t/([0-9]{15})/receipts)",
                   handler([this](const httplib::Request& request) {
                       return service_.receipts(request.matches[1], bytes(request.body));
                   }));
        http_.Post("/v1/questions", handler([this](const httplib::Request& request) {
                       if (desks_.questions)
                           if (auto reply = desks_.questions->ask(bytes(request.body)))
                               return std::move(*reply);
                       return service_.ask(bytes(request.body));
                   }));
        if (desks_.feeds) route_feeds();
    }
    ~Impl() {
        http_.stop();
        if (listener_.joinable()) listener_.join();
    }

    base::Status listen(const std::string& host, int port) {
        port_ = port == 0 ? http_.bind_to_any_port(host) : port;
        if (port_ <= 0 || (port != 0 && !http_.bind_to_port(host, port)))
            return base::fail(base::FaultCode::NetworkUnreachable,
                              "cannot listen on " + host + ":" + std::to_string(port));
        listener_ = std::jthread([this] {
            http_.listen_after_bind();
            ended_ = true;
        });
        // stop() is heard only by a running server: be sure it runs before anybody can stop it.
        while (!http_.is_running() && !ended_) std::this_thread::yield();
        return {};
    }
    int port() const { return port_; }

  private:
    void route_feeds() {
        http_.Post("/v1/feeds", handler([this](const httplib::Request& request) {
                       return desks_.feeds->feeds(bytes(request.body));
                   }));
        http_.Post(R"(/v1/blobs/([0-9a-f]{64}))", handler([this](const httplib::Request& request) {
                       return desks_.feeds->blob(request.matches[1], bytes(request.body));
                   }));
    }
    template <class Handle>
    httplib::Server::Handler handler(Handle handle) {
        return [this, handle](const httplib::Request& request, httplib::Response& response) {
            Reply reply;
            {
                std::lock_guard lock(one_at_a_time_);
                reply = handle(request);
            }
            response.status = reply.status;
            response.set_content(reinterpret_cast<const char*>(reply.body.data()),
                                 reply.body.size(), papers::wire::content_type);
        };
    }

    std::mutex one_at_a_time_;  // guards service_
    IntakeService service_;
    Desks desks_;
    httplib::Server http_;
    int port_ = 0;
    std::atomic<bool> ended_{false};
    std::jthread listener_;
};

IntakeServer::IntakeServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IntakeServer::~IntakeServer() = default;
int IntakeServer::port() const {
    return impl_->port();
}

base::Result<std::unique_ptr<IntakeServer>> IntakeServer::listen(const std::string& host, int port,
                                                                 IntakeService service,
                                                                 Desks desks) {
    auto impl = std::make_unique<Impl>(std::move(service), std::move(desks));
    TRY_STATUS(impl->listen(host, port));
    return std::unique_ptr<IntakeServer>(new IntakeServer(std::move(impl)));
}

}  // namespace offline::intake
