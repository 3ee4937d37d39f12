#include "offline/post/post_client.hpp"

#include "offline/post/connection.hpp"

#include <poll.h>

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace offline::post {

namespace {

using base::FaultCode;
using base::Millis;

// An accept or a look-up is answered at once by a living post; a question goes to the centre and
// back.
constexpr Millis local_limit{5000};
constexpr Millis question_limit{20000};
constexpr Millis reconnect_after{500};

}  // namespace

class PostClient::Impl {
  public:
    Impl(ClientOptions options, PostSink sink)
        : options_(std::move(options)),
          sink_(std::move(sink)),
          worker_([this](std::stop_token stop) { work(stop); }) {}

    ~Impl() {
        worker_.request_stop();
        wake_.ring();
    }

    void put(ClientMessage message, std::optional<domain::Ticket> ticket, Millis limit) {
        {
            std::lock_guard lock(mutex_);
            arrived_.push_back({std::move(message), ticket, clock_.steady() + limit});
        }
        wake_.ring();
    }

  private:
    struct Request {
        ClientMessage message;
        std::optional<domain::Ticket> ticket;  // none: nobody waits for an answer
        Millis deadline{};
        bool sent = false;  // the post may have acted on it, answered or not
    };

    void work(std::stop_token stop) {
        while (!stop.stop_requested()) {
            take_arrived();
            if (!connection_) try_connect();
            wait();
            serve_socket();
            expire();
        }
        take_arrived();
        fail_all({FaultCode::PostUnreachable, "the app is closing"});
    }

    void fail_all(const base::Fault& fault) {
        for (const auto& [id, request] : std::exchange(pending_, {}))
            finish(request, base::fail(fault));
    }

    void take_arrived() {
        std::vector<Request> arrived;
        {
            std::lock_guard lock(mutex_);
            arrived.swap(arrived_);
        }
        for (auto& request : arrived) {
            const std::int64_t id = next_id_++;
            std::visit(
                [id](auto& message) {
                    if constexpr (requires { message.id; }) message.id = id;
                },
                request.message);
            const auto frame = frame_of(request.message);
            if (!frame) {
                if (request.ticket) finish(request, base::fail(frame.error()));
                continue;
            }
            if (welcomed_) connection_->send(*frame);
            request.sent = welcomed_;
            if (request.ticket || !welcomed_) pending_.emplace(id, std::move(request));
        }
    }

    void try_connect() {
        if (clock_.steady() < next_try_) return;
        next_try_ = clock_.steady() + reconnect_after;
        auto socket = connect_to(options_.socket_path);
        if (!socket) return say_status({domain::Line::absent, false, 0, {}});
        connection_.emplace(std::move(*socket));
        connection_->send(frame_of(message::Hello{options_.realm}).value());
    }

    void wait() {
        std::array<pollfd, 2> waits{{{wake_.descriptor(), POLLIN, 0}, {-1, POLLIN, 0}}};
        if (connection_) {
            waits[1].fd = connection_->descriptor();
            if (connection_->wants_to_write()) waits[1].events |= POLLOUT;
        }
        Millis until = connection_ ? Millis{60000} : next_try_ - clock_.steady();
        for (const auto& [id, request] : pending_)
            until = std::min(until, request.deadline - clock_.steady());
        ::poll(waits.data(), waits.size(),
               static_cast<int>(std::max(Millis{0}, until).count()) + 1);
        wake_.silence();
        readable_ = (waits[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
    }

    void serve_socket() {
        if (!connection_) return;
        auto alive = connection_->write_some();
        if (alive && readable_) alive = connection_->read_some();
        while (alive) {
            const auto body = connection_->next();
            if (!body)
                alive = base::fail(body.error());
            else if (!*body)
                return;
            else
                alive = receive(**body);
        }
        drop();
    }

    base::Status receive(base::ByteView body) {
        const ServerMessage message = TRY(server_message(body));
        return std::visit([this](const auto& m) { return on(m); }, message);
    }

    base::Status on(const message::Welcome& m) {
        if (m.realm != options_.realm) return base::fail(FaultCode::RealmMismatch);
        welcomed_ = true;
        // Asked again after a broken connection: the post answers the same sub_id with the same
        // slip.
        for (auto it = pending_.begin(); it != pending_.end();) {
            connection_->send(frame_of(it->second.message).value());
            it->second.sent = true;
            it = it->second.ticket ? std::next(it) : pending_.erase(it);
        }
        return connection_->write_some();
    }
    base::Status on(const message::Accepted& m) {
        answer(m.id, [&](const Request& request) {
            sink_(AcceptFinished{*request.ticket, m.receipt});
        });
        return {};
    }
    base::Status on(const message::Found& m) {
        answer(m.id, [&](const Request& request) {
            sink_(LookUpFinished{*request.ticket, m.status});
        });
        return {};
    }
    base::Status on(const message::Answered& m) {
        answer(m.id, [&](const Request& request) {
            sink_(AskFinished{*request.ticket, m.sealed_answer});
        });
        return {};
    }
    base::Status on(const message::Failed& m) {
        if (m.id == 0) {  // refused as a whole: another realm, another version
            fail_all(m.fault);
            return base::fail(m.fault);
        }
        answer(m.id, [&](const Request& request) { finish(request, base::fail(m.fault)); });
        return {};
    }
    base::Status on(const message::StatusNow& m) {
        say_status(m.status);
        return {};
    }

    template <class Tell>
    void answer(std::int64_t id, Tell tell) {
        const auto found = pending_.find(id);
        if (found == pending_.end()) return;  // answered or given up before
        const Request request = std::move(found->second);
        pending_.erase(found);
        tell(request);
    }

    void finish(const Request& request, const tl::unexpected<base::Fault>& fault) {
        if (!request.ticket) return;
        if (std::holds_alternative<message::Accept>(request.message)) {
            // Without an answer nobody here knows whether it was kept, and nobody may say that it
            // was not.
            const bool unknown = request.sent && fault.value().code == FaultCode::PostUnreachable;
            sink_(AcceptFinished{*request.ticket,
                                 unknown ? base::fail(FaultCode::HandInUnknown) : fault});
        } else if (std::holds_alternative<message::LookUp>(request.message))
            sink_(LookUpFinished{*request.ticket, fault});
        else
            sink_(AskFinished{*request.ticket, fault});
    }

    void expire() {
        const Millis now = clock_.steady();
        for (auto it = pending_.begin(); it != pending_.end();) {
            if (it->second.deadline > now) {
                ++it;
                continue;
            }
            const Request request = std::move(it->second);
            it = pending_.erase(it);
            finish(request, base::fail(FaultCode::PostUnreachable, "no answer in time"));
        }
    }

    void drop() {
        connection_.reset();
        welcomed_ = false;
        say_status({domain::Line::absent, false, 0, {}});
    }

    void say_status(const domain::PostStatus& status) {
        if (status_ == status) return;
        status_ = status;
        sink_(StatusChanged{status});
    }

    const ClientOptions options_;
    const PostSink sink_;
    base::SystemClock clock_;
    Wake wake_;

    std::mutex mutex_;
    std::vector<Request> arrived_;  // guarded by mutex_; everything below is the worker's

    std::map<std::int64_t, Request> pending_;
    std::int64_t next_id_ = 1;
    std::optional<Connection> connection_;
    bool welcomed_ = false;
    bool readable_ = false;
    Millis next_try_{};
    std::optional<domain::PostStatus> status_;

    std::jthread worker_;  // last: it starts when all else stands
};

PostClient::PostClient(ClientOptions options, PostSink sink)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(sink))) {}
PostClient::~PostClient() = default;

void PostClient::accept(domain::Ticket ticket, AcceptRequest request) {
    impl_->put(
        message::Accept{0, request.sub_id, std::move(request.item_code), request.item_version,
                        request.captured_at, std::move(request.envelope)},
        ticket, local_limit);
}

void PostClient::look_up(domain::Ticket ticket, std::string receipt_code) {
    impl_->put(message::LookUp{0, std::move(receipt_code)}, ticket, local_limit);
}

std::string_view name(QuestionKind kind) {
    switch (kind) {
        case QuestionKind::progress:
            return "progress";
        case QuestionKind::certificate:
            return "certificate";
        case QuestionKind::fee:
            return "fee";
        case QuestionKind::draft:
            return "draft";
    }
    return {};
}

void PostClient::ask(domain::Ticket ticket, QuestionKind kind, base::Bytes sealed_question) {
    impl_->put(message::Ask{0, std::string(name(kind)), std::move(sealed_question)}, ticket,
               question_limit);
}

void PostClient::receipt_shown(std::string local_number) {
    impl_->put(message::ReceiptShown{std::move(local_number)}, std::nullopt, local_limit);
}

void PostClient::nudge() {
    impl_->put(message::Nudge{}, std::nullopt, local_limit);
}

}  // namespace offline::post
