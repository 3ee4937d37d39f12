#include "ipp_peer.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <utility>

namespace drivers::printer::testing {

IppPeer::IppPeer(Conduct conduct) : conduct_(std::move(conduct)) {
    EXPECT_EQ(::pipe2(bell_, O_CLOEXEC), 0);
    listen_now();
    server_ = std::jthread([this](std::stop_token stop) { serve(stop); });
}

IppPeer::~IppPeer() {
    server_.request_stop();
    EXPECT_EQ(::write(bell_[1], "x", 1), 1);
    server_.join();
    if (listener_ >= 0) ::close(listener_);
    ::close(bell_[0]);
    ::close(bell_[1]);
}

std::string IppPeer::uri() const {
    return "ipp://127.0.0.1:" + std::to_string(port_) + "/printers/paper";
}

void IppPeer::listen_now() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(static_cast<std::uint16_t>(port_));
    ASSERT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    ASSERT_EQ(::listen(listener_, 16), 0);
    socklen_t size = sizeof at;
    ASSERT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size), 0);
    port_ = ntohs(at.sin_port);
}

void IppPeer::change(const std::function<void(Conduct&)>& change) {
    std::lock_guard lock(mutex_);
    change(conduct_);
}
void IppPeer::cut(Cut cut) {
    std::lock_guard lock(mutex_);
    cut_ = cut;
}
void IppPeer::go_down() {
    std::unique_lock lock(mutex_);
    down_wanted_ = true;
    EXPECT_EQ(::write(bell_[1], "x", 1), 1);
    went_down_.wait(lock, [this] { return listener_ < 0; });
}
void IppPeer::come_up(bool keeps_jobs) {
    {
        std::lock_guard lock(mutex_);
        if (!keeps_jobs) jobs_.clear();
        for (auto& [id, job] : jobs_)
            if (job.state == IPP_JSTATE_PROCESSING) job.state = IPP_JSTATE_PENDING;
        cut_.reset();
        if (listener_ < 0) listen_now();
    }
    EXPECT_EQ(::write(bell_[1], "x", 1), 1);
}
void IppPeer::leave_job(ipp_jstate_t state, const std::string& user) {
    std::lock_guard lock(mutex_);
    jobs_[next_job_++] = {"old", user, state, state != IPP_JSTATE_PENDING, 0, "%PDF-", 100};
}

std::map<int, IppPeer::Job> IppPeer::jobs() const {
    std::lock_guard lock(mutex_);
    return jobs_;
}
std::vector<int> IppPeer::sides() const {
    std::lock_guard lock(mutex_);
    return sides_;
}
std::vector<IppPeer::Job> IppPeer::ever() const {
    std::lock_guard lock(mutex_);
    std::vector<Job> all;
    for (const auto& [id, job] : ever_) all.push_back(job);
    return all;
}
int IppPeer::asked(ipp_op_t operation) const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(asked_.count(operation));
}

void IppPeer::serve(std::stop_token stop) {
    while (!stop.stop_requested()) {
        int listener = -1;
        {
            std::lock_guard lock(mutex_);
            listener = listener_;
        }
        pollfd waits[2] = {{bell_[0], POLLIN, 0}, {listener, POLLIN, 0}};
        if (::poll(waits, listener >= 0 ? 2 : 1, -1) < 0) continue;
        if ((waits[0].revents & POLLIN) != 0) {
            char byte = 0;
            EXPECT_EQ(::read(bell_[0], &byte, 1), 1);
            std::lock_guard lock(mutex_);
            if (std::exchange(down_wanted_, false) && listener_ >= 0)
                ::close(std::exchange(listener_, -1));
            went_down_.notify_all();
            continue;
        }
        auto* http = httpAcceptConnection(listener, 1);
        if (http == nullptr) continue;
        const bool whole = exchange(http);
        // A line that is cut ends at once, with what was not read still in it.
        if (!whole) ::shutdown(httpGetFd(http), SHUT_RDWR);
        httpClose(http);
    }
}

bool IppPeer::cut_here(ipp_op_t operation, Moment moment) {
    {
        std::lock_guard lock(mutex_);
        if (!cut_ || cut_->operation != operation || cut_->moment != moment) return false;
        if (cut_->after-- > 0) return false;
        if (!cut_->for_good) {
            cut_.reset();
            return true;
        }
        cut_.reset();
        ::close(std::exchange(listener_, -1));
    }
    return true;
}

bool IppPeer::exchange(http_t* http) {
    char resource[1024];
    http_state_t state{};
    while ((state = httpReadRequest(http, resource, sizeof resource)) == HTTP_STATE_WAITING) {
    }
    if (state != HTTP_STATE_POST) return false;
    http_status_t status{};
    while ((status = httpUpdate(http)) == HTTP_STATUS_CONTINUE) {
    }
    if (status != HTTP_STATUS_OK) return false;
    if (httpGetExpect(http) == HTTP_STATUS_CONTINUE) httpWriteResponse(http, HTTP_STATUS_CONTINUE);

    std::unique_ptr<ipp_t, decltype(&ippDelete)> request(ippNew(), ippDelete);
    ipp_state_t read{};
    while ((read = ippRead(http, request.get())) != IPP_STATE_DATA)
        if (read == IPP_STATE_ERROR) return false;
    const auto operation = ippGetOperation(request.get());
    {
        std::lock_guard lock(mutex_);
        asked_.insert(operation);
    }
    if (cut_here(operation, Moment::before_the_request)) return false;
    std::string document;
    char block[4096];
    for (ssize_t got = 1; got > 0;) {
        got = httpGetState(http) == HTTP_STATE_POST_RECV ? httpRead2(http, block, sizeof block) : 0;
        if (got > 0) document.append(block, static_cast<std::size_t>(got));
        if (got > 0 && cut_here(operation, Moment::in_the_document)) return false;
    }
    if (cut_here(operation, Moment::before_it_is_done)) return false;
    std::unique_ptr<ipp_t, decltype(&ippDelete)> answered(
        answer(request.get(), operation, std::move(document)), ippDelete);
    if (cut_here(operation, Moment::before_the_answer)) return false;

    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, ippLength(answered.get()));
    if (httpWriteResponse(http, HTTP_STATUS_OK) < 0) return false;
    ippSetState(answered.get(), IPP_STATE_IDLE);
    ipp_state_t written{};
    while ((written = ippWrite(http, answered.get())) != IPP_STATE_DATA)
        if (written == IPP_STATE_ERROR) return false;
    httpFlushWrite(http);
    return true;
}

}  // namespace drivers::printer::testing
