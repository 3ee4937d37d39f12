// A TCP proxy that misbehaves by plan: it passes so many bytes from the client on and then cuts
// both sides, or keeps them to itself. One thread; ends with the object.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace offline_test {

class FaultProxy {
  public:
    static constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();

    explicit FaultProxy(int to_port) : to_port_(to_port) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = local(0);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("proxy cannot listen");
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    ~FaultProxy() {
        thread_.request_stop();
        thread_.join();
        for (const auto& pair : pairs_) close(pair);
        ::close(listener_);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    // Of the client's bytes, on all connections together from now on; then everything is cut.
    void cut_after(std::int64_t bytes) { left_ = bytes; }
    // The same again and again.
    void cut_every(std::int64_t bytes) {
        every_ = bytes;
        left_ = bytes;
    }
    int cuts() const { return cuts_; }
    // The client's bytes are taken and thrown away.
    void swallow(bool on) { swallow_ = on; }
    std::int64_t passed() const { return passed_; }

  private:
    struct Pair {
        int client = -1, server = -1;
    };
    static sockaddr_in local(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }
    static void close(const Pair& pair) {
        ::close(pair.client);
        ::close(pair.server);
    }
    static bool send_all(int to, const char* data, std::size_t size) {
        for (std::size_t done = 0; done < size;) {
            const ssize_t n = ::send(to, data + done, size - done, MSG_NOSIGNAL);
            if (n <= 0) return false;
            done += static_cast<std::size_t>(n);
        }
        return true;
    }
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::vector<pollfd> watched{{listener_, POLLIN, 0}};
            for (const auto& pair : pairs_) {
                watched.push_back({pair.client, POLLIN, 0});
                watched.push_back({pair.server, POLLIN, 0});
            }
            ::poll(watched.data(), watched.size(), 20);
            std::vector<Pair> going;
            for (std::size_t i = 0; i < pairs_.size(); ++i) {
                const bool up = watched[1 + 2 * i].revents == 0 || client_to_server(pairs_[i]);
                const bool down =
                    up && (watched[2 + 2 * i].revents == 0 || server_to_client(pairs_[i]));
                if (down)
                    going.push_back(pairs_[i]);
                else
                    close(pairs_[i]);
            }
            pairs_ = std::move(going);
            if ((watched[0].revents & POLLIN) != 0) accept();
        }
    }
    void accept() {
        Pair pair{::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC),
                  ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        const sockaddr_in address = local(to_port_);
        if (::connect(pair.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
            0)
            pairs_.push_back(pair);
        else
            close(pair);
    }
    bool client_to_server(const Pair& pair) {
        char data[65536];
        const ssize_t n = ::recv(pair.client, data, sizeof data, 0);
        if (n <= 0) return false;
        if (swallow_) return true;
        const std::int64_t pass = std::min<std::int64_t>(n, left_);
        if (left_ != all) left_ -= pass;
        passed_ += pass;
        const bool sent = send_all(pair.server, data, static_cast<std::size_t>(pass));
        if (sent && pass == n) return true;
        ++cuts_;
        if (every_ > 0) left_ = every_.load();
        return false;
    }
    bool server_to_client(const Pair& pair) {
        char data[65536];
        const ssize_t n = ::recv(pair.server, data, sizeof data, 0);
        return n > 0 && send_all(pair.client, data, static_cast<std::size_t>(n));
    }

    int to_port_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<std::int64_t> left_{all}, passed_{0};
    std::atomic<std::int64_t> every_{0};
    std::atomic<int> cuts_{0};
    std::atomic<bool> swallow_{false};
    std::vector<Pair> pairs_;  // of the thread
    std::jthread thread_;
};

}  // namespace offline_test
