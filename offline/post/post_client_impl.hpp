// The worker behind PostClient: what waits, what is on its way, and the connection. Internal.
#pragma once

#include "base/pulse.hpp"
#include "offline/post/connection.hpp"
#include "offline/post/post_client.hpp"
#include "offline/post/unfinished.hpp"

#include <poll.h>

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace offline::post {

class PostClient::Impl {
  public:
    static constexpr base::Millis reconnect_after{500};
    // So much of attachments lies in the socket's queue at most: a question never waits behind
    // more.
    static constexpr std::size_t unsent_window = 256u << 10;

    Impl(ClientOptions options, PostSink sink)
        : options_(std::move(options)),
          sink_(std::move(sink)),
          worker_([this](std::stop_token stop) { work(stop); }) {}

    ~Impl() {
        worker_.request_stop();
        wake_.ring();
    }

    // From the main thread: `task` runs on the worker.
    void put(std::function<void(Impl&)> task) {
        {
            std::lock_guard lock(mutex_);
            arrived_.push_back(std::move(task));
        }
        wake_.ring();
    }
    void put_request(ClientMessage message, std::optional<domain::Ticket> ticket,
                     base::Millis limit) {
        put([=, message = std::move(message), until = from_now(limit)](Impl& impl) mutable {
            impl.request(std::move(message), ticket, until);
        });
    }
    base::Millis from_now(base::Millis limit) const { return clock_.steady() + limit; }

    // ---- the rest is the worker's

    void request(ClientMessage message, std::optional<domain::Ticket> ticket,
                 base::Millis deadline) {
        const std::int64_t id = next_id_++;
        std::visit(
            [id](auto& m) {
                if constexpr (requires { m.id; }) m.id = id;
            },
            message);
        Request request{std::move(message), ticket, deadline};
        if (const auto frame = frame_of(request.message); !frame) {
            finish(request, base::fail(frame.error()));
            return;
        }
        if (const auto* accept = std::get_if<message::Accept>(&request.message))
            if (const auto found = unfinished_.find(accept->sub_id); found != unfinished_.end())
                found->second.try_again();
        pending_.emplace(id, std::move(request));
    }

    void report(const domain::AppReport& report) {
        report_ = report;
        if (welcomed_) say_report();
    }

    void reserve(domain::Ticket ticket, const domain::SubId& sub_id, std::int64_t bytes,
                 base::Millis deadline) {
        tell(
            unfinished_.try_emplace(sub_id, sub_id).first->second.reserve(ticket, bytes, deadline));
    }
    void begin_attachment(domain::Ticket ticket, const domain::SubId& sub_id,
                          const AttachmentId& id, const std::string& kind) {
        const auto begun =
            unfinished_.try_emplace(sub_id, sub_id).first->second.begin(ticket, id, kind);
        if (!begun) sink_(AttachmentFinished{ticket, base::fail(begun.error())});
    }
    template <class Work>
    void with(const domain::SubId& sub_id, Work work) {
        const auto found = unfinished_.find(sub_id);
        if (found != unfinished_.end()) work(found->second);
    }

    void abandon(const domain::SubId& sub_id) {
        const auto found = unfinished_.find(sub_id);
        if (found == unfinished_.end()) return;
        Unfinished over = std::move(found->second);
        unfinished_.erase(found);
        const base::Fault fault{base::FaultCode::PostRefused, "abandoned"};
        for (auto told = over.end(fault); told; told = over.end(fault)) tell(told);
        // A hand-in that never left must not leave now.
        give_up(
            [&](const Request& request) {
                const auto* accept = std::get_if<message::Accept>(&request.message);
                return accept != nullptr && accept->sub_id == sub_id && !request.sent;
            },
            fault);
        if (welcomed_) connection_->send(frame_of(message::Abandon{sub_id}).value());
    }

    void tell(const std::optional<Unfinished::Told>& told) {
        if (!told) return;
        if (told->reservation)
            sink_(ReserveFinished{*told->reservation, told->reserved});
        else
            sink_(AttachmentFinished{told->attachment, told->line});
    }

  private:
    static domain::PostStatus no_post() {
        domain::PostStatus status;
        status.line = domain::Line::absent;
        return status;
    }

    struct Request {
        ClientMessage message;
        std::optional<domain::Ticket> ticket;  // none: nobody waits for an answer
        base::Millis deadline{};
        bool on_the_wire = false;  // of this connection
        bool sent = false;         // the post may have acted on it, answered or not
    };

    void work(std::stop_token stop) {
        const base::Pulse pulse("post_client");
        while (!stop.stop_requested()) {
            take_arrived();
            if (!connection_) try_connect();
            speak();
            wait();
            serve_socket();
            expire();
        }
        take_arrived();
        const base::Fault closing{base::FaultCode::PostUnreachable, "the app is closing"};
        fail_all(closing);
        for (auto& [sub_id, unfinished] : unfinished_)
            for (auto told = unfinished.end(closing); told; told = unfinished.end(closing))
                tell(told);
    }

    void fail_all(const base::Fault& fault) {
        const auto failed = std::exchange(pending_, {});
        for (const auto& [id, request] : failed) finish(request, base::fail(fault));
    }

    void take_arrived() {
        std::vector<std::function<void(Impl&)>> arrived;
        {
            std::lock_guard lock(mutex_);
            arrived.swap(arrived_);
        }
        for (const auto& task : arrived) task(*this);
    }

    void try_connect() {
        if (clock_.steady() < next_try_) return;
        next_try_ = clock_.steady() + reconnect_after;
        auto socket = connect_to(options_.socket_path);
        if (!socket) return say_status(no_post());
        connection_.emplace(std::move(*socket));
        connection_->send(frame_of(message::Hello{options_.realm}).value());
    }

    // Whatever can be said now. A hand-in follows its attachments; nothing else waits for them.
    void speak() {
        if (!welcomed_) return;
        for (auto& [sub_id, unfinished] : unfinished_)
            while (connection_->unsent() < unsent_window) {
                const auto message = unfinished.next(next_id_);
                if (!message) break;
                ++next_id_;
                connection_->send(frame_of(*message).value());
            }
        for (auto it = pending_.begin(); it != pending_.end();) {
            Request& request = it->second;
            if (!request.on_the_wire && may_go(request)) {
                connection_->send(frame_of(request.message).value());
                request.on_the_wire = request.sent = true;
            }
            it = request.sent && !request.ticket ? pending_.erase(it) : std::next(it);
        }
    }

    bool may_go(const Request& request) const {
        const auto* accept = std::get_if<message::Accept>(&request.message);
        if (accept == nullptr) return true;
        const auto found = unfinished_.find(accept->sub_id);
        return found == unfinished_.end() || found->second.is_said();
    }

    void wait() {
        std::array<pollfd, 2> waits{{{wake_.descriptor(), POLLIN, 0}, {-1, POLLIN, 0}}};
        if (connection_) {
            waits[1].fd = connection_->descriptor();
            if (connection_->wants_to_write()) waits[1].events |= POLLOUT;
        }
        const base::Millis now = clock_.steady();
        base::Millis until = connection_ ? base::Millis{60000} : next_try_ - now;
        for (const auto& [id, request] : pending_) until = std::min(until, request.deadline - now);
        for (const auto& [sub_id, unfinished] : unfinished_)
            until = std::min(until, unfinished.next_deadline() - now);
        const base::Pulse::Rest rest;
        ::poll(waits.data(), waits.size(),
               static_cast<int>(std::max(base::Millis{0}, until).count()) + 1);
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

    // Everything is said again after a broken connection: the post answers the same sub_id with the
    // same slip.
    base::Status on(const message::Welcome& m) {
        if (m.realm != options_.realm) return base::fail(base::FaultCode::RealmMismatch);
        welcomed_ = true;
        say_report();
        speak();
        return connection_->write_some();
    }
    base::Status on(const message::Reserved& m) { return of_unfinished(m); }
    base::Status on(const message::AttachmentKept& m) { return of_unfinished(m); }
    template <class Message>
    base::Status of_unfinished(const Message& m) {
        for (auto& [sub_id, unfinished] : unfinished_)
            if (unfinished.knows(m.id)) {
                tell(unfinished.answered(m));
                break;
            }
        return {};
    }
    base::Status on(const message::Accepted& m) {
        answer(m.id, [&](const Request& request) {
            unfinished_.erase(std::get<message::Accept>(request.message).sub_id);
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
        if (!pending_.contains(m.id)) return of_unfinished(m);
        answer(m.id, [&](const Request& request) { finish(request, base::fail(m.fault)); });
        return {};
    }
    base::Status on(const message::Stock& m) {
        answer(m.id, [&](const Request& request) { sink_(StockKnown{*request.ticket, m.stock}); });
        return {};
    }
    base::Status on(const message::CourierSaid& m) {
        const auto found = pending_.find(m.id);
        if (found != pending_.end()) sink_(CourierSaid{*found->second.ticket, m.line});
        return {};
    }
    base::Status on(const message::CourierDone& m) {
        answer(m.id, [&](const Request& request) {
            sink_(CourierFinished{*request.ticket, m.all_well});
        });
        return {};
    }
    base::Status on(const message::StatusNow& m) {
        say_status(m.status);
        return {};
    }

    base::Status on(const message::CommandGiven& m) {
        sink_(CommandGiven{m.serial, m.kind, m.notice});
        return {};
    }

    void say_report() {
        if (!report_) return;
        if (const auto frame = frame_of(message::AppReported{*report_})) connection_->send(*frame);
    }

    template <class Tell>
    void answer(std::int64_t id, Tell tell_it) {
        const auto found = pending_.find(id);
        if (found == pending_.end()) return;  // answered or given up before
        const Request request = std::move(found->second);
        pending_.erase(found);
        tell_it(request);
    }

    template <class Which>
    void give_up(Which which, const base::Fault& fault) {
        for (auto it = pending_.begin(); it != pending_.end();) {
            if (!which(it->second)) {
                ++it;
                continue;
            }
            const Request request = std::move(it->second);
            it = pending_.erase(it);
            finish(request, base::fail(fault));
        }
    }

    void finish(const Request& request, const tl::unexpected<base::Fault>& fault) {
        if (!request.ticket) return;
        if (const auto* accept = std::get_if<message::Accept>(&request.message))
            sink_(AcceptFinished{*request.ticket, base::fail(why(*accept, request.sent, fault))});
        else if (std::holds_alternative<message::LookUp>(request.message))
            sink_(LookUpFinished{*request.ticket, fault});
        else if (std::holds_alternative<message::StockAsked>(request.message))
            sink_(StockKnown{*request.ticket, fault});
        else if (std::holds_alternative<message::CourierBegin>(request.message))
            sink_(CourierFinished{*request.ticket, fault});
        else
            sink_(AskFinished{*request.ticket, fault});
    }

    base::Fault why(const message::Accept& accept, bool sent,
                    const tl::unexpected<base::Fault>& fault) const {
        // Without an answer nobody here knows whether it was kept, and nobody may say that it was
        // not.
        if (sent && fault.value().code == base::FaultCode::PostUnreachable)
            return {base::FaultCode::HandInUnknown, {}};
        // An attachment is missing there: the citizen is told why it could not be written.
        const auto found = unfinished_.find(accept.sub_id);
        if (fault.value().code == base::FaultCode::AttachmentWrong && found != unfinished_.end() &&
            found->second.refusal())
            return *found->second.refusal();
        return fault.value();
    }

    void expire() {
        const base::Millis now = clock_.steady();
        for (auto& [sub_id, unfinished] : unfinished_)
            for (auto told = unfinished.expired(now); told; told = unfinished.expired(now))
                tell(told);
        give_up([now](const Request& request) { return request.deadline <= now; },
                {base::FaultCode::PostUnreachable, "no answer in time"});
    }

    void drop() {
        connection_.reset();
        welcomed_ = false;
        for (auto& [id, request] : pending_) request.on_the_wire = false;
        // What is done with a stick is not begun again by itself.
        give_up(
            [](const Request& request) {
                return request.sent &&
                       std::holds_alternative<message::CourierBegin>(request.message);
            },
            {base::FaultCode::PostUnreachable, "the post ended"});
        for (auto& [sub_id, unfinished] : unfinished_) unfinished.connection_began();
        say_status(no_post());
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
    std::vector<std::function<void(Impl&)>> arrived_;  // guarded by mutex_

    std::map<std::int64_t, Request> pending_;
    std::map<domain::SubId, Unfinished> unfinished_;
    std::int64_t next_id_ = 1;  // never again, on no connection
    std::optional<Connection> connection_;
    bool welcomed_ = false;
    bool readable_ = false;
    base::Millis next_try_{};
    std::optional<domain::PostStatus> status_;
    std::optional<domain::AppReport> report_;

    std::jthread worker_;  // last: it starts when all else stands
};

}  // namespace offline::post
