#include "offline/courier/local_call.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

namespace offline::courier {

namespace {

using base::FaultCode;
using formats::Record;

class Descriptor {
  public:
    explicit Descriptor(int descriptor = -1) : descriptor_(descriptor) {}
    Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

base::Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return base::fail(FaultCode::FileUnwritable, "socket path: empty or too long");
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

tl::unexpected<base::Fault> gone(const char* why) {
    return base::fail(FaultCode::PostUnreachable, why);
}

// Sockets are non-blocking. `stop` (or -1) ends every wait.
class Line {
  public:
    Line(Descriptor socket, int stop) : socket_(std::move(socket)), stop_(stop) {}

    base::Status send(const Record& record) {
        const auto body = formats::to_cbor(record);
        if (body.size() > call_bytes_max)
            return base::fail(FaultCode::BytesMalformed, "message: too large");
        base::Bytes frame;
        for (int shift = 24; shift >= 0; shift -= 8)
            frame.push_back(static_cast<std::uint8_t>(body.size() >> shift));
        frame.insert(frame.end(), body.begin(), body.end());
        for (std::size_t sent = 0; sent < frame.size();) {
            const auto put =
                ::send(socket_.get(), frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
            if (put > 0)
                sent += static_cast<std::size_t>(put);
            else if (errno == EAGAIN)
                TRY_STATUS(wait(POLLOUT));
            else if (errno != EINTR)
                return gone(std::strerror(errno));
        }
        return {};
    }

    base::Result<Record> receive() {
        std::array<std::uint8_t, 4> length{};
        TRY_STATUS(fill(length.data(), length.size()));
        std::size_t size = 0;
        for (const auto byte : length) size = size << 8 | byte;
        if (size > call_bytes_max) return base::fail(FaultCode::BytesMalformed, "message: length");
        base::Bytes body(size);
        TRY_STATUS(fill(body.data(), body.size()));
        return formats::record_from_cbor(body);
    }

  private:
    base::Status fill(std::uint8_t* to, std::size_t size) {
        while (size > 0) {
            const auto got = ::recv(socket_.get(), to, size, 0);
            if (got == 0) return gone("the other side ended");
            if (got > 0) {
                to += got;
                size -= static_cast<std::size_t>(got);
            } else if (errno == EAGAIN) {
                TRY_STATUS(wait(POLLIN));
            } else if (errno != EINTR) {
                return gone(std::strerror(errno));
            }
        }
        return {};
    }
    base::Status wait(short events) const {
        std::array<pollfd, 2> waits{{{socket_.get(), events, 0}, {stop_, POLLIN, 0}}};
        ::poll(waits.data(), stop_ < 0 ? 1 : 2, -1);
        if (stop_ >= 0 && waits[1].revents != 0) return gone("ending");
        return {};
    }

    Descriptor socket_;
    int stop_;
};

bool is_ours(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == ::geteuid() || peer.uid == 0);
}

class Server final : public CallServer {
  public:
    Server(Descriptor listening, std::string path, Answer answer)
        : listening_(std::move(listening)),
          path_(std::move(path)),
          answer_(std::move(answer)),
          stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
          thread_([this] { run(); }) {}
    ~Server() override {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto ignored = ::write(stop_.get(), &one, sizeof one);
        thread_.join();
        ::unlink(path_.c_str());
    }

  private:
    void run() {
        for (;;) {
            std::array<pollfd, 2> waits{{{listening_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}}};
            ::poll(waits.data(), waits.size(), -1);
            if (waits[1].revents != 0) return;
            Descriptor client(
                ::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (!client.is_open() || !is_ours(client.get())) continue;
            Line line(std::move(client), stop_.get());
            while (serve(line)) {
            }
        }
    }
    bool serve(Line& line) {
        const auto question = line.receive();
        if (!question) return false;
        auto answer = answer_(*question);
        if (answer) return line.send(*answer).has_value();
        return line
            .send({{"fault", std::string(base::name(answer.error().code))},
                   {"detail", answer.error().safe_detail}})
            .has_value();
    }

    Descriptor listening_;
    std::string path_;
    Answer answer_;
    Descriptor stop_;
    std::thread thread_;
};

class Client final : public CallClient {
  public:
    explicit Client(Descriptor socket) : line_(std::move(socket), -1) {}
    base::Result<Record> call(const Record& question) override {
        TRY_STATUS(line_.send(question));
        auto answer = TRY(line_.receive());
        if (!answer.contains("fault")) return answer;
        formats::Fields in(answer, FaultCode::PostUnreachable, "answer");
        const auto name = TRY(in.text("fault", 64));
        const auto detail = TRY(in.text("detail", 4096));
        for (int i = 0; i < base::fault_code_count; ++i)
            if (base::name(static_cast<FaultCode>(i)) == name)
                return base::fail(static_cast<FaultCode>(i), detail);
        return gone("an answer of another version");
    }

  private:
    Line line_;
};

Descriptor new_socket() {
    return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

}  // namespace

base::Result<std::unique_ptr<CallServer>> CallServer::listen(const std::string& path,
                                                             Answer answer) {
    const auto address = TRY(address_of(path));
    Descriptor listening = new_socket();
    ::unlink(path.c_str());  // of a run that was killed; the folder's lock is ours
    const auto* where = reinterpret_cast<const sockaddr*>(&address);
    const mode_t before = ::umask(0177);
    const bool bound = listening.is_open() && ::bind(listening.get(), where, sizeof address) == 0;
    ::umask(before);
    if (!bound || ::listen(listening.get(), 4) != 0)
        return base::fail(FaultCode::FileUnwritable, path + ": " + std::strerror(errno));
    return std::make_unique<Server>(std::move(listening), path, std::move(answer));
}

base::Result<std::unique_ptr<CallClient>> CallClient::connect(const std::string& path) {
    const auto address = TRY(address_of(path));
    Descriptor socket = new_socket();
    const auto* where = reinterpret_cast<const sockaddr*>(&address);
    if (!socket.is_open() || ::connect(socket.get(), where, sizeof address) != 0)
        return gone(std::strerror(errno));
    return std::make_unique<Client>(std::move(socket));
}

std::string call_socket_in(const std::string& outbox_folder) {
    return outbox_folder + "/courier.socket";
}

}  // namespace offline::courier
