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

namespace {

void add(ipp_t* ipp, ipp_tag_t group, ipp_tag_t tag, const char* name, const std::string& value) {
    ippAddString(ipp, group, tag, name, nullptr, value.c_str());
}
void add_all(ipp_t* ipp, ipp_tag_t tag, const char* name, const std::vector<std::string>& values) {
    std::vector<const char*> raw;
    for (const auto& value : values) raw.push_back(value.c_str());
    ippAddStrings(ipp, IPP_TAG_PRINTER, tag, name, static_cast<int>(raw.size()), nullptr,
                  raw.data());
}
bool is_over(ipp_jstate_t state) {
    return state >= IPP_JSTATE_CANCELED;
}
std::string text_of(ipp_t* request, const char* name) {
    auto* at = ippFindAttribute(request, name, IPP_TAG_ZERO);
    const char* text = at == nullptr ? nullptr : ippGetString(at, 0, nullptr);
    return text == nullptr ? "" : text;
}
bool flag_of(ipp_t* request, const char* name) {
    auto* at = ippFindAttribute(request, name, IPP_TAG_BOOLEAN);
    return at != nullptr && ippGetBoolean(at, 0) != 0;
}

}  // namespace

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

ipp_t* IppPeer::answer(ipp_t* request, ipp_op_t operation, std::string document) {
    std::lock_guard lock(mutex_);
    auto* out = ippNewResponse(request);
    const auto say = [&](ipp_status_t status) { ippSetStatusCode(out, status); };
    auto* id_at = ippFindAttribute(request, "job-id", IPP_TAG_INTEGER);
    const int id = id_at == nullptr ? 0 : ippGetInteger(id_at, 0);
    const auto job = jobs_.find(id);
    const auto user = text_of(request, "requesting-user-name");
    switch (operation) {
        case IPP_OP_GET_PRINTER_ATTRIBUTES:
            describe_printer(out);
            return out;
        case IPP_OP_CREATE_JOB: {
            const bool held = text_of(request, "job-hold-until") == "indefinite";
            const Job made{text_of(request, "job-name"),
                           user,
                           held ? IPP_JSTATE_HELD : IPP_JSTATE_PENDING,
                           false,
                           0,
                           {},
                           0};
            ever_[next_job_] = jobs_[next_job_] = made;
            describe_job(out, next_job_, made);
            ++next_job_;
            return out;
        }
        case IPP_OP_GET_JOBS:
            for (auto& [number, one] : jobs_) {
                const bool all = text_of(request, "which-jobs") == "all";
                if (one.user != user || (!all && is_over(one.state))) continue;
                ippAddSeparator(out);
                describe_job(out, number, one);
            }
            return out;
        default:
            break;
    }
    if (job == jobs_.end()) {
        say(IPP_STATUS_ERROR_NOT_FOUND);
        return out;
    }
    switch (operation) {
        case IPP_OP_SEND_DOCUMENT:
            job->second.document = ever_[id].document = std::move(document);
            break;
        case IPP_OP_RELEASE_JOB:
            if (job->second.state == IPP_JSTATE_HELD)
                job->second.state = IPP_JSTATE_PENDING;
            else
                say(IPP_STATUS_ERROR_NOT_POSSIBLE);
            break;
        case IPP_OP_GET_JOB_ATTRIBUTES:
            print_a_side(id, job->second);
            describe_job(out, id, job->second);
            if (is_over(job->second.state) && !conduct_.remembers) jobs_.erase(job);
            break;
        case IPP_OP_CANCEL_JOB:
            say(cancel(id, flag_of(request, "purge-job")));
            break;
        default:
            say(IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    }
    return out;
}

void IppPeer::describe_printer(ipp_t* out) const {
    ippAddInteger(out, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", conduct_.state);
    ippAddBoolean(out, IPP_TAG_PRINTER, "printer-is-accepting-jobs", conduct_.accepting ? 1 : 0);
    add_all(out, IPP_TAG_KEYWORD, "printer-state-reasons",
            conduct_.reasons.empty() ? std::vector<std::string>{"none"} : conduct_.reasons);
    add(out, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported", "application/pdf");
    std::vector<int> operations{IPP_OP_CREATE_JOB, IPP_OP_SEND_DOCUMENT, IPP_OP_CANCEL_JOB};
    if (conduct_.spooler) {
        operations.push_back(IPP_OP_HOLD_JOB);
        operations.push_back(IPP_OP_RELEASE_JOB);
        add(out, IPP_TAG_PRINTER, IPP_TAG_NAME, "printer-error-policy", conduct_.error_policy);
        // What lies behind it is itself, asked as a printer.
        add(out, IPP_TAG_PRINTER, IPP_TAG_URI, "device-uri", uri());
    }
    ippAddIntegers(out, IPP_TAG_PRINTER, IPP_TAG_ENUM, "operations-supported",
                   static_cast<int>(operations.size()), operations.data());
}

void IppPeer::describe_job(ipp_t* out, int id, const Job& job) const {
    ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", id);
    ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", job.state);
    if (conduct_.counts)
        ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed",
                      job.completed);
    if (job.started)
        ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_INTEGER, "time-at-processing", job.started_at);
    else
        ippAddOutOfBand(out, IPP_TAG_JOB, IPP_TAG_NOVALUE, "time-at-processing");
}

void IppPeer::print_a_side(int id, Job& job) {
    if (job.state == IPP_JSTATE_PENDING && !job.document.empty()) {
        job.state = IPP_JSTATE_PROCESSING;
        job.started = true;
        job.started_at = ++starts_;
        return;
    }
    if (job.state != IPP_JSTATE_PROCESSING) return;
    if (job.completed >= conduct_.pages) {
        job.state = IPP_JSTATE_COMPLETED;
    } else if (job.completed < conduct_.sides_until_it_waits) {
        ++job.completed;
        sides_.push_back(id);
    } else if (conduct_.gives_up_as) {
        job.state = *conduct_.gives_up_as;
    }
}

ipp_status_t IppPeer::cancel(int id, bool purge) {
    auto& job = jobs_.at(id);
    const bool at_the_printer = job.state == IPP_JSTATE_PROCESSING;
    if (is_over(job.state) && !(purge && conduct_.spooler)) return IPP_STATUS_ERROR_NOT_POSSIBLE;
    job.state = IPP_JSTATE_CANCELED;
    // Like cupsd: one at the printer is ended first, and forgotten the next time.
    if ((purge && !at_the_printer) || !conduct_.remembers) jobs_.erase(id);
    return IPP_STATUS_OK;
}

}  // namespace drivers::printer::testing
