// The post's side of the local socket: a poll loop over several clients, on the calling thread.
// What the messages mean is the handler's business. A client that sends nonsense, speaks before its
// hello or does not read what it is sent is dropped; the others do not notice.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "offline/post/connection.hpp"

#include <map>
#include <string>

namespace offline::post {

using ClientNumber = std::int64_t;

class PostHandler {
  public:
    virtual ~PostHandler() = default;
    virtual void welcomed(ClientNumber client) = 0;
    virtual void received(ClientNumber client, ClientMessage message) = 0;
    virtual void gone(ClientNumber client) = 0;
    // After every round; returns the steady time by which it wants to be called again.
    virtual base::Millis rounds_done() = 0;
    // Everything that could be sent has been: time for work that nobody waits for.
    virtual void answers_sent() = 0;
};

class PostServer {
  public:
    // FileUnwritable when the socket cannot be made.
    static base::Result<PostServer> listen(const std::string& socket_path, domain::Realm realm,
                                           const base::Clock& clock, base::EventLog& log);

    void send(ClientNumber client, const ServerMessage& message);
    // Until `stop` is readable. `mail` wakes the loop and is silenced by it.
    void run(PostHandler& handler, int stop, const Wake& mail);

  private:
    struct Client {
        Connection connection;
        bool welcomed = false;
    };
    PostServer(Descriptor listening, domain::Realm realm, const base::Clock& clock,
               base::EventLog& log);
    void accept_all();
    base::Status serve(ClientNumber number, Client& client, PostHandler& handler);
    base::Status greet(ClientNumber number, Client& client, const ClientMessage& message,
                       PostHandler& handler);

    Descriptor listening_;
    domain::Realm realm_;
    const base::Clock& clock_;
    base::EventLog& log_;
    std::map<ClientNumber, Client> clients_;
    ClientNumber next_client_ = 1;
};

}  // namespace offline::post
