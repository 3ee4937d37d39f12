#include "offline/intake/intake_server.hpp"

#include "offline/intake/gate.hpp"
#include "offline/intake/openapi_document.hpp"

#include <httplib.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

namespace offline::intake {

namespace {

namespace upload = papers::upload;

base::ByteView bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

upload::Headers fields_of(const httplib::Request& request) {
    upload::Headers out;
    for (const char* name : {"upload-offset", "content-digest"})
        if (request.has_header(name)) out[name] = request.get_header_value(name);
    return out;
}

void give(httplib::Response& response, const Reply& reply) {
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers) response.set_header(name, value);
    if (!reply.body.empty())
        response.set_content(reinterpret_cast<const char*>(reply.body.data()), reply.body.size(),
                             papers::wire::content_type);
}

// httplib listens itself or not at all; a socket that listens already is put in its place.
template <class Base>
class Adopting final : public Base {
  public:
    using Base::Base;
    void adopt(int listening) { this->svr_sock_ = listening; }
};
void adopt(httplib::Server& server, int listening) {
    if (auto* plain = dynamic_cast<Adopting<httplib::Server>*>(&server)) plain->adopt(listening);
    if (auto* tls = dynamic_cast<Adopting<httplib::SSLServer>*>(&server)) tls->adopt(listening);
}

// As long as a handshake may be taken up again: less than any certificate is renewed ahead.
constexpr long session_seconds = 4 * 3600;

std::unique_ptr<httplib::Server> server_with(const std::optional<IntakeTls>& tls, bool enrols) {
    if (!tls) return std::make_unique<Adopting<httplib::Server>>();
    return std::make_unique<Adopting<httplib::SSLServer>>([&tls, enrols](SSL_CTX& context) {
        // Where terminals enrol, refused_early() hears who shows none, before a body is read.
        SSL_CTX_set_verify(
            &context, SSL_VERIFY_PEER | (enrols ? 0 : SSL_VERIFY_FAIL_IF_NO_PEER_CERT), nullptr);
        // A terminal that comes again shows its ticket: a handshake of some hundred bytes, which a
        // metered line pays for. What it showed stays on this side, so the ticket is short.
        constexpr std::array<unsigned char, 6> sessions_of{'i', 'n', 't', 'a', 'k', 'e'};
        SSL_CTX_set_session_id_context(&context, sessions_of.data(), sessions_of.size());
        SSL_CTX_set_options(&context, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(&context, 1);
        SSL_CTX_set_timeout(&context, session_seconds);
        return SSL_CTX_set_min_proto_version(&context, TLS1_3_VERSION) == 1 &&
               SSL_CTX_use_certificate_chain_file(&context, tls->certificate.c_str()) == 1 &&
               SSL_CTX_use_PrivateKey_file(&context, tls->key.c_str(), SSL_FILETYPE_PEM) == 1 &&
               SSL_CTX_load_verify_locations(&context, tls->client_ca.c_str(), nullptr) == 1;
    });
}

// Each may hold a connection to the database for a moment; the others wait for one.
constexpr int requests_in_flight_max = 24;
constexpr int connections_waiting_max = 256;

// A connection from which nothing comes for so long is taken for dead.
constexpr std::chrono::milliseconds quiet_for{100};
constexpr int longest_quiets = 20;

constexpr std::array<std::string_view, 2> enrolment_paths{"/v1/enrol", "/v1/renew"};

bool shows_certificate(const httplib::Request& request) {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(request.ssl),
                                                            &X509_free);
    return shown != nullptr;
}

// Before the body is read. 0: go on; else the status of the answer, after which the line is closed.
int refused_early(const httplib::Request& request, bool enrols) {
    const bool open = enrols && request.method == "POST" &&
                      std::find(enrolment_paths.begin(), enrolment_paths.end(), request.path) !=
                          enrolment_paths.end();
    if (!open) return request.ssl != nullptr && !shows_certificate(request) ? 403 : 0;
    // Of anybody: the length is said, and is small.
    if (!request.has_header("Content-Length")) return 413;
    const std::string length = request.get_header_value("Content-Length");
    std::size_t bytes = 0;
    const auto [end, problem] =
        std::from_chars(length.data(), length.data() + length.size(), bytes);
    const bool good = problem == std::errc() && end == length.data() + length.size();
    return good && bytes <= enrolment_bytes_max ? 0 : 413;
}

// A slice on its way in. Who asks for the offset meanwhile, or begins another slice, gets what has
// arrived of this one: its connection may hang, and those bytes need not come twice.
struct Arriving {
    std::mutex mutex;  // guards body, taken and ended
    std::condition_variable has_ended;
    base::Bytes body;
    bool taken = false, ended = false;
    upload::Headers headers;
    std::int64_t generation = 0;
};

}  // namespace

class IntakeServer::Impl {
  public:
    Impl(IntakeService service, const std::optional<IntakeTls>& tls, Desks desks)
        : service_(std::move(service)),
          desks_(std::move(desks)),
          server_(server_with(tls, desks_.enrolment != nullptr)),
          http_(*server_) {
        http_.set_payload_max_length(static_cast<std::size_t>(upload::slice_bytes_max));
        // More threads than requests are let in: a hello finds one.
        http_.new_task_queue = [] { return new httplib::ThreadPool(requests_in_flight_max + 8); };
        http_.set_read_timeout(30);
        http_.set_keep_alive_timeout(1);  // an idle connection holds up the end by so much
        http_.Post(at("post", "/v1/hello"), always([this](const httplib::Request& request) {
                       return service_.hello(bytes(request.body));
                   }));
        http_.Put(at("put", "/v1/t/{terminal}/s/{sub_id}"),
                  handler("submit", [this](const httplib::Request& request) {
                      return service_.submit(request.matches[1], request.matches[2],
                                             bytes(request.body));
                  }));
        http_.Post(at("post", "/v1/t/{terminal}/s/{sub_id}/commit"),
                   handler("commit", [this](const httplib::Request& request) {
                       return service_.commit(request.matches[1], request.matches[2]);
                   }));
        http_.Post(at("post", "/v1/t/{terminal}/batch"),
                   handler("batch", [this](const httplib::Request& request) {
                       return service_.batch(request.matches[1], bytes(request.body));
                   }));
        at("head", "/v1/a/{attachment}");  // comes to GET, too
        http_.Get(at("get", "/v1/a/{attachment}"),
                  handler("offset", [this](const httplib::Request& request) {
                      const std::string id = request.matches[1];
                      let_arrive(id);
                      std::lock_guard lock(uploads_mutex_);
                      take_over(id);
                      return service_.upload_offset(id);
                  }));
        http_.Patch(at("patch", "/v1/a/{attachment}"),
                    [this](const httplib::Request& request, httplib::Response& response,
                           const httplib::ContentReader& reader) {
                        const auto place = gate_.enter();
                        if (!place) return give(response, shed("attachment"));
                        const Reply reply = patch(request, reader, response);
                        gate_.count("attachment", reply.status);
                        give(response, reply);
                    });
        http_.Post(at("post", "/v1/t/{terminal}/receipts"),
                   handler("receipts", [this](const httplib::Request& request) {
                       return service_.receipts(request.matches[1], bytes(request.body));
                   }));
        http_.Post(at("post", "/v1/questions"),
                   handler("question", [this](const httplib::Request& request) {
                       if (desks_.questions)
                           if (auto reply = desks_.questions->ask(bytes(request.body)))
                               return std::move(*reply);
                       return service_.ask(bytes(request.body));
                   }));
        http_.set_pre_routing_handler(
            [this](const httplib::Request& request, httplib::Response& response) {
                const int status = refused_early(request, desks_.enrolment != nullptr);
                if (status == 0) return httplib::Server::HandlerResponse::Unhandled;
                give(response,
                     {status, status == 413 ? base::Bytes{}
                                            : papers::wire::encode_refusal("no-certificate")});
                response.set_header("Connection", "close");
                return httplib::Server::HandlerResponse::Handled;
            });
        if (desks_.enrolment) route_enrolment();
        route_health();
        if (desks_.feeds) route_feeds();
        if (desks_.fleet) route_fleet();
        if (desks_.service_records)
            http_.Post(at("post", "/v1/t/{terminal}/service-records"),
                       handler("service-record", [this](const httplib::Request& request) {
                           return desks_.service_records->keep(request.matches[1],
                                                               bytes(request.body));
                       }));
    }
    ~Impl() {
        http_.stop();
        if (listener_.joinable()) listener_.join();
    }

    base::Status listen(const std::string& host, int port) {
        if (!http_.is_valid()) return base::fail(base::FaultCode::KeyAbsent, "TLS files");
        // Not SO_REUSEPORT, httplib's own choice: a second server on a port is refused.
        int listening = -1;
        http_.set_socket_options([&listening](socket_t socket) {
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
            listening = socket;
        });
        port_ = port == 0 ? http_.bind_to_any_port(host) : port;
        if (port_ <= 0 || (port != 0 && !http_.bind_to_port(host, port)))
            return base::fail(base::FaultCode::NetworkUnreachable,
                              "cannot listen on " + host + ":" + std::to_string(port));
        // httplib lets five wait; terminals come many at once.
        ::listen(listening, connections_waiting_max);
        start();
        return {};
    }
    base::Status adopt(int listening) {
        if (!http_.is_valid()) return base::fail(base::FaultCode::KeyAbsent, "TLS files");
        sockaddr_storage own{};
        socklen_t size = sizeof own;
        int listens = 0;
        socklen_t one = sizeof listens;
        if (::getsockname(listening, reinterpret_cast<sockaddr*>(&own), &size) != 0 ||
            ::getsockopt(listening, SOL_SOCKET, SO_ACCEPTCONN, &listens, &one) != 0 || listens == 0)
            return base::fail(base::FaultCode::NetworkUnreachable,
                              "what was handed over does not listen");
        port_ = own.ss_family == AF_INET ? ntohs(reinterpret_cast<const sockaddr_in&>(own).sin_port)
                : own.ss_family == AF_INET6
                    ? ntohs(reinterpret_cast<const sockaddr_in6&>(own).sin6_port)
                    : 0;
        intake::adopt(http_, listening);
        start();
        return {};
    }
    void start() {
        listener_ = std::jthread([this] {
            http_.listen_after_bind();
            ended_ = true;
        });
        // stop() is heard only by a running server: be sure it runs before anybody can stop it.
        while (!http_.is_running() && !ended_) std::this_thread::yield();
    }
    int port() const { return port_; }
    const std::vector<Route>& routes() const { return routes_; }
    void with_service(const std::function<void(IntakeService&)>& work) {
        std::lock_guard lock(uploads_mutex_);
        work(service_);
    }

  private:
    // Notes a route, by its path as openapi.json writes it; returns the pattern that finds it.
    std::string at(const char* method, const char* path) {
        routes_.push_back({method, path});
        std::string pattern = path;
        for (const auto& [name, digits] :
             {std::pair{"{terminal}", "([0-9]{15})"}, std::pair{"{sub_id}", "([0-9a-f]{32})"},
              std::pair{"{attachment}", "([0-9a-f]{32})"}, std::pair{"{digest}", "([0-9a-f]{64})"}})
            if (const auto found = pattern.find(name); found != std::string::npos)
                pattern.replace(found, std::string_view(name).size(), digits);
        return pattern;
    }
    void route_enrolment() {
        http_.Post(at("post", "/v1/enrol"), handler("enrol", [this](const auto& request) {
                       return desks_.enrolment->enrol(bytes(request.body), request.remote_addr);
                   }));
        http_.Post(at("post", "/v1/renew"), handler("renew", [this](const auto& request) {
                       return desks_.enrolment->renew(bytes(request.body));
                   }));
    }
    void route_fleet() {
        http_.Post(at("post", "/v1/t/{terminal}/heartbeat"),
                   handler("heartbeat", [this](const httplib::Request& request) {
                       return desks_.fleet->heartbeat(request.matches[1], bytes(request.body));
                   }));
        http_.Post(at("post", "/v1/t/{terminal}/support-bundles"),
                   handler("support-bundle", [this](const httplib::Request& request) {
                       return desks_.fleet->bundle(request.matches[1], bytes(request.body));
                   }));
    }
    void route_feeds() {
        http_.Post(at("post", "/v1/feeds"),
                   handler("feeds", [this](const httplib::Request& request) {
                       std::lock_guard lock(desk_mutex_);
                       return desks_.feeds->feeds(bytes(request.body));
                   }));
        http_.Post(at("post", "/v1/blobs/{digest}"),
                   handler("blob", [this](const httplib::Request& request) {
                       std::lock_guard lock(desk_mutex_);
                       return desks_.feeds->blob(request.matches[1], bytes(request.body));
                   }));
    }
    // Whatever is full, a hello is answered: it tells when to come back.
    template <class Handle>
    httplib::Server::Handler always(Handle handle) {
        return [this, handle](const httplib::Request& request, httplib::Response& response) {
            Reply reply{413};  // a slice may be longer than anything else
            if (request.body.size() <= papers::wire::body_bytes_max) reply = handle(request);
            gate_.count("hello", reply.status);
            give(response, reply);
        };
    }
    template <class Handle>
    httplib::Server::Handler handler(const char* name, Handle handle) {
        return [this, name, handle](const httplib::Request& request, httplib::Response& response) {
            const auto place = gate_.enter();
            if (!place) return give(response, shed(name));
            Reply reply{413};
            if (request.body.size() <= papers::wire::body_bytes_max) reply = handle(request);
            gate_.count(name, reply.status);
            give(response, reply);
        };
    }
    Reply shed(const char* name) {
        gate_.count(name, 503);
        return service_.shed(name);
    }
    void route_health() {
        http_.Get(at("get", "/v1/openapi.json"),
                  [](const httplib::Request&, httplib::Response& response) {
                      response.set_content(openapi_document, "application/json");
                  });
        http_.Get(at("get", "/healthz"), [](const httplib::Request&, httplib::Response& response) {
            response.set_content("ok\n", "text/plain");
        });
        http_.Get(at("get", "/readyz"), [this](const httplib::Request&,
                                               httplib::Response& response) {
            const bool ready = service_.store()->ready().has_value();
            response.status = ready ? 200 : 503;
            response.set_content(ready ? "ready\n" : "the store cannot be reached\n", "text/plain");
        });
        http_.Get(at("get", "/metrics"),
                  [this](const httplib::Request&, httplib::Response& response) {
                      response.set_content(metrics_text(gate_, *service_.store()),
                                           "text/plain; version=0.0.4");
                  });
    }

    Reply patch(const httplib::Request& request, const httplib::ContentReader& reader,
                const httplib::Response& so_far) {
        const std::string id = request.matches[1];
        const auto slice = std::make_shared<Arriving>();
        slice->headers = fields_of(request);
        let_arrive(id);
        {
            std::lock_guard lock(uploads_mutex_);
            take_over(id);
            // An unknown one is answered when its body was read.
            slice->generation = service_.begin_slice(id).value_or(-1);
            arriving_[id] = slice;
        }
        bool too_long = false;
        const bool whole = reader([&](const char* data, std::size_t size) {
            std::lock_guard lock(slice->mutex);
            too_long =
                slice->body.size() + size > static_cast<std::size_t>(upload::slice_bytes_max);
            if (too_long) return false;
            slice->body.insert(slice->body.end(), data, data + size);
            return true;
        });
        std::lock_guard lock(uploads_mutex_);
        if (const auto found = arriving_.find(id);
            found != arriving_.end() && found->second == slice)
            arriving_.erase(found);
        std::lock_guard own(slice->mutex);
        slice->ended = true;
        slice->has_ended.notify_all();
        if (too_long || so_far.status == 413) return {413};
        const bool taken = slice->taken;
        return service_.slice(id, slice->generation, slice->headers,
                              taken ? base::ByteView{} : base::ByteView(slice->body),
                              whole && !taken);
    }

    // What is still being read of an earlier slice is waited for, as long as more comes.
    void let_arrive(const std::string& id) {
        std::shared_ptr<Arriving> slice;
        {
            std::lock_guard lock(uploads_mutex_);
            if (const auto found = arriving_.find(id); found != arriving_.end())
                slice = found->second;
        }
        if (!slice) return;
        std::unique_lock lock(slice->mutex);
        for (int i = 0; i < longest_quiets && !slice->ended; ++i) {
            const std::size_t before = slice->body.size();
            slice->has_ended.wait_for(lock, quiet_for);
            if (slice->body.size() == before) return;
        }
    }

    // Holding uploads_mutex_.
    void take_over(const std::string& id) {
        const auto found = arriving_.find(id);
        if (found == arriving_.end()) return;
        const auto slice = found->second;
        arriving_.erase(found);
        std::lock_guard lock(slice->mutex);
        slice->taken = true;
        if (slice->body.empty()) return;
        service_.slice(id, slice->generation, slice->headers, slice->body, false);
    }

    std::vector<Route> routes_;
    std::mutex uploads_mutex_;  // guards arriving_ and the files of attachments
    std::map<std::string, std::shared_ptr<Arriving>> arriving_;
    Gate gate_{requests_in_flight_max};
    IntakeService service_;
    std::mutex desk_mutex_;  // guards desks_.feeds
    Desks desks_;
    std::unique_ptr<httplib::Server> server_;
    httplib::Server& http_;
    int port_ = 0;
    std::atomic<bool> ended_{false};
    std::jthread listener_;
};

IntakeServer::IntakeServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IntakeServer::~IntakeServer() = default;
int IntakeServer::port() const {
    return impl_->port();
}
const std::vector<Route>& IntakeServer::routes() const {
    return impl_->routes();
}
void IntakeServer::with_service(const std::function<void(IntakeService&)>& work) {
    impl_->with_service(work);
}

base::Result<std::unique_ptr<IntakeServer>> IntakeServer::adopt(int listening,
                                                                IntakeService service,
                                                                const std::optional<IntakeTls>& tls,
                                                                Desks desks) {
    auto impl = std::make_unique<Impl>(std::move(service), tls, std::move(desks));
    TRY_STATUS(impl->adopt(listening));
    return std::unique_ptr<IntakeServer>(new IntakeServer(std::move(impl)));
}

base::Result<std::unique_ptr<IntakeServer>> IntakeServer::listen(
    const std::string& host, int port, IntakeService service, const std::optional<IntakeTls>& tls,
    Desks desks) {
    auto impl = std::make_unique<Impl>(std::move(service), tls, std::move(desks));
    TRY_STATUS(impl->listen(host, port));
    return std::unique_ptr<IntakeServer>(new IntakeServer(std::move(impl)));
}

}  // namespace offline::intake
