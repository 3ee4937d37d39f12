#include "offline/post/post_server.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <vector>

namespace offline::post {

namespace {

using base::FaultCode;

constexpr std::size_t clients_max = 16;
constexpr std::size_t unsent_max = 8u << 20;

}  // namespace

PostServer::PostServer(Descriptor listening, domain::Realm realm, const base::Clock& clock,
                       base::EventLog& log)
    : listening_(std::move(listening)), realm_(realm), clock_(clock), log_(log) {}

base::Result<PostServer> PostServer::listen(const std::string& socket_path, domain::Realm realm,
                                            const base::Clock& clock, base::EventLog& log) {
    return PostServer(TRY(listen_on(socket_path)), realm, clock, log);
}

void PostServer::send(ClientNumber number, const ServerMessage& message) {
    const auto found = clients_.find(number);
    const auto frame = frame_of(message);
    if (found != clients_.end() && frame) found->second.connection.send(*frame);
}

void PostServer::run(PostHandler& handler, int stop, const Wake& mail) {
    base::Millis next = handler.rounds_done();
    for (;;) {
        std::vector<pollfd> waits{
            {stop, POLLIN, 0}, {mail.descriptor(), POLLIN, 0}, {listening_.get(), POLLIN, 0}};
        std::vector<ClientNumber> order;
        for (const auto& [number, client] : clients_) {
            const auto events =
                static_cast<short>(POLLIN | (client.connection.wants_to_write() ? POLLOUT : 0));
            waits.push_back({client.connection.descriptor(), events, 0});
            order.push_back(number);
        }
        const auto wait = std::clamp(next - clock_.steady(), base::Millis{0}, base::Millis{60000});
        ::poll(waits.data(), waits.size(), static_cast<int>(wait.count()));
        if ((waits[0].revents & POLLIN) != 0) return;
        if ((waits[1].revents & POLLIN) != 0) mail.silence();
        for (std::size_t i = 0; i < order.size(); ++i) {
            if ((waits[i + 3].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
            Client& client = clients_.at(order[i]);
            if (serve(order[i], client, handler)) continue;
            clients_.erase(order[i]);
            handler.gone(order[i]);
        }
        if ((waits[2].revents & POLLIN) != 0) accept_all();
        next = handler.rounds_done();
        // Answers go out in the round that made them.
        for (auto it = clients_.begin(); it != clients_.end();) {
            Connection& connection = it->second.connection;
            const ClientNumber number = it->first;
            const bool alive = connection.write_some() && connection.unsent() <= unsent_max;
            it = alive ? std::next(it) : clients_.erase(it);
            if (!alive) handler.gone(number);
        }
        handler.answers_sent();
    }
}

void PostServer::accept_all() {
    for (;;) {
        Descriptor socket(
            ::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!socket.is_open()) return;
        if (clients_.size() < clients_max)
            clients_.emplace(next_client_++, Client{Connection(std::move(socket)), false});
    }
}

base::Status PostServer::serve(ClientNumber number, Client& client, PostHandler& handler) {
    TRY_STATUS(client.connection.read_some());
    for (;;) {
        const auto body = client.connection.next();
        if (body && !*body) return {};
        base::Status status;
        if (!body) {
            status = base::fail(body.error());
        } else if (auto message = client_message(**body); !message) {
            status = base::fail(message.error());
        } else if (client.welcomed && !std::holds_alternative<message::Hello>(*message)) {
            handler.received(number, std::move(*message));
        } else {
            status = greet(number, client, *message, handler);
        }
        if (status) continue;
        log_.record(base::log::PostConnectionRefused{status.error().code});
        send(number, message::Failed{0, status.error()});
        [[maybe_unused]] const auto last_words = client.connection.write_some();
        return status;
    }
}

base::Status PostServer::greet(ClientNumber number, Client& client, const ClientMessage& message,
                               PostHandler& handler) {
    const auto* hello = std::get_if<message::Hello>(&message);
    if (hello == nullptr || client.welcomed)
        return base::fail(FaultCode::PostMessageMalformed, "hello comes first, and once");
    if (hello->realm != realm_) return base::fail(FaultCode::RealmMismatch, "local socket");
    client.welcomed = true;
    send(number, message::Welcome{realm_});
    handler.welcomed(number);
    return {};
}

}  // namespace offline::post
