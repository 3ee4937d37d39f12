#include "app/training/control_socket.hpp"

#include "base/bounded_queue.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <thread>

namespace app::training {

struct ControlSocket::State {
    int listener = -1;
    int stopping = -1;  // an eventfd: readable when the thread shall end
    std::string path;
    std::function<void()> wake;
    base::BoundedQueue<std::string> lines{16};
    base::BoundedQueue<std::string> replies{16};
    std::jthread thread;

    ~State() {
        thread.request_stop();
        if (thread.joinable()) thread.join();
        if (listener >= 0) ::close(listener);
        if (stopping >= 0) ::close(stopping);
        ::unlink(path.c_str());
    }

    // Waits without a time-out, so that a terminal nobody talks to does not wake up for this.
    bool readable(std::stop_token stop, int fd) const {
        const std::stop_callback ring(stop, [this] { ::eventfd_write(stopping, 1); });
        std::array<pollfd, 2> waiting{{{fd, POLLIN, 0}, {stopping, POLLIN, 0}}};
        while (!stop.stop_requested())
            if (::poll(waiting.data(), waiting.size(), -1) > 0 && waiting[0].revents != 0)
                return true;
        return false;
    }

    // Reads lines and sends each one's reply, until the client goes or the stop.
    void serve(std::stop_token stop, int client) {
        std::string pending;
        std::array<char, 4096> block;
        while (readable(stop, client)) {
            const auto got = ::read(client, block.data(), block.size());
            if (got <= 0) return;
            pending.append(block.data(), static_cast<std::size_t>(got));
            for (auto end = pending.find('\n'); end != std::string::npos;
                 end = pending.find('\n')) {
                if (!lines.push(pending.substr(0, end))) return;
                pending.erase(0, end + 1);
                wake();
                const auto reply = replies.pop(stop);
                if (!reply || !send_all(client, *reply)) return;
            }
            if (pending.size() > 65536) return;
        }
    }

    static bool send_all(int client, const std::string& text) {
        for (std::size_t done = 0; done < text.size();) {
            const auto put = ::send(client, text.data() + done, text.size() - done, MSG_NOSIGNAL);
            if (put <= 0) return false;
            done += static_cast<std::size_t>(put);
        }
        return true;
    }

    void work(std::stop_token stop) {
        while (readable(stop, listener)) {
            const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) continue;
            serve(stop, client);
            ::close(client);
        }
    }
};

base::Result<std::unique_ptr<ControlSocket>> ControlSocket::open(const std::string& path,
                                                                 std::function<void()> wake) {
    auto state = std::make_unique<State>();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return base::fail(base::FaultCode::ConfigInvalid, "control socket: path too long");
    std::memcpy(address.sun_path, path.c_str(), path.size());
    state->path = path;
    state->wake = std::move(wake);
    ::unlink(path.c_str());
    state->stopping = ::eventfd(0, EFD_CLOEXEC);
    state->listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (state->listener < 0 || state->stopping < 0 ||
        ::bind(state->listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(state->listener, 1) != 0)
        return base::fail(base::FaultCode::FileUnwritable, "control socket");
    auto* raw = state.get();
    state->thread = std::jthread([raw](std::stop_token stop) { raw->work(stop); });
    return std::unique_ptr<ControlSocket>(new ControlSocket(std::move(state)));
}

ControlSocket::ControlSocket(std::unique_ptr<State> state) : state_(std::move(state)) {}
ControlSocket::~ControlSocket() = default;

std::optional<std::string> ControlSocket::take_line() {
    return state_->lines.try_pop();
}

void ControlSocket::answer(const Reply& reply) {
    std::string text;
    for (const auto& line : reply.data) text += "| " + line + "\n";
    text += reply.error.empty() ? "ok\n" : "error " + reply.error + "\n";
    [[maybe_unused]] const bool taken = state_->replies.push(std::move(text));
}

}  // namespace app::training
