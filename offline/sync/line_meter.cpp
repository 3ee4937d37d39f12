#include "offline/sync/line_meter.hpp"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace offline::sync {

namespace {

// With the timestamps that Linux puts into every segment.
constexpr std::int64_t tcp_header = 32, ip4_header = 20, ip6_header = 40;

}  // namespace

int LineMeter::open(int family, int type, int protocol) {
    const int socket = ::socket(family, type | SOCK_CLOEXEC, protocol);
    if (socket >= 0)
        sockets_[socket] = {0, tcp_header + (family == AF_INET6 ? ip6_header : ip4_header)};
    return socket;
}

void LineMeter::look(int socket, Seen& seen) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return;
    const auto bytes =
        static_cast<std::int64_t>(info.tcpi_bytes_sent + info.tcpi_bytes_received) +
        seen.headers * (static_cast<std::int64_t>(info.tcpi_segs_in) + info.tcpi_segs_out);
    counted_ += bytes - std::exchange(seen.bytes, bytes);
}

int LineMeter::close(int socket) {
    if (const auto found = sockets_.find(socket); found != sockets_.end()) {
        look(socket, found->second);
        sockets_.erase(found);
    }
    return ::close(socket);
}

std::int64_t LineMeter::take() {
    for (auto& [socket, seen] : sockets_) look(socket, seen);
    return std::exchange(counted_, 0);
}

}  // namespace offline::sync
