#include "base/service_notice.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace base {

namespace {

constexpr Millis nobody_watches{std::chrono::hours{24}};

// The variable's value, which then is gone.
std::string taken(const char* name) {
    const char* value = std::getenv(name);
    std::string out = value == nullptr ? "" : value;
    ::unsetenv(name);
    return out;
}

std::int64_t number(std::string_view text) {
    std::int64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? out : 0;
}

}  // namespace

ServiceNotice::ServiceNotice(const Clock& clock) : clock_(clock) {
    address_ = taken("NOTIFY_SOCKET");
    const auto watched = number(taken("WATCHDOG_USEC"));
    const auto whom = taken("WATCHDOG_PID");
    if (address_.size() < 2 || address_.size() >= sizeof(sockaddr_un{}.sun_path) ||
        (address_.front() != '/' && address_.front() != '@')) {
        address_.clear();
        return;
    }
    if (address_.front() == '@') address_.front() = '\0';  // a name that is no file
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (watched > 0 && (whom.empty() || number(whom) == ::getpid()))
        period_ = Millis{std::max<std::int64_t>(1, watched / 1000 / 3)};
    told_at_ = clock_.steady() - period_;
}

ServiceNotice::~ServiceNotice() {
    if (socket_ >= 0) ::close(socket_);
}

void ServiceNotice::send(const std::string& text) {
    if (socket_ < 0) return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address_.data(), address_.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size() +
                                             (address_.front() == '\0' ? 0 : 1));
    // A manager that does not listen loses news; it judges by what does not come.
    [[maybe_unused]] const auto sent =
        ::sendto(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 reinterpret_cast<const sockaddr*>(&to), size);
}

void ServiceNotice::ready() {
    send("READY=1");
}

void ServiceNotice::stopping() {
    send("STOPPING=1");
}

void ServiceNotice::alive() {
    if (period_ == Millis{0} || clock_.steady() - told_at_ < period_) return;
    told_at_ = clock_.steady();
    send("WATCHDOG=1");
}

Millis ServiceNotice::due_in() const {
    if (period_ == Millis{0}) return nobody_watches;
    return std::max(told_at_ + period_ - clock_.steady(), Millis{0});
}

std::optional<int> handed_over_socket() {
    constexpr int first = 3;
    const auto whom = taken("LISTEN_PID");
    const auto count = taken("LISTEN_FDS");
    if (number(whom) != ::getpid() || number(count) != 1) return std::nullopt;
    ::fcntl(first, F_SETFD, FD_CLOEXEC);
    return first;
}

}  // namespace base
