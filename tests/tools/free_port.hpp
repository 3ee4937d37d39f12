// A TCP port of this machine that nobody listens on, for a program under test. It lies below the
// range from which the kernel serves whoever connects (net.ipv4.ip_local_port_range, by default
// from 32768), or a connection of another test might have it before the program listens. Each
// process begins elsewhere. Any thread.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <stdexcept>

namespace tools {

inline int free_port() {
    constexpr int first = 20000, count = 12000, per_process = 16;
    static std::atomic<int> asked{static_cast<int>(::getpid()) % (count / per_process) *
                                  per_process};
    for (int tried = 0; tried < count; ++tried) {
        const int port = first + asked++ % count;
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        const bool is_free =
            ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(descriptor);
        if (is_free) return port;
    }
    throw std::runtime_error("every port is taken");
}

}  // namespace tools
