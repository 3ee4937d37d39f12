#include "offline/post/connection.hpp"

#include "base/assert.hpp"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace offline::post {

namespace {

using base::FaultCode;

base::Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return base::fail(FaultCode::ConfigInvalid, "socket path: empty or too long");
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

Descriptor new_socket() {
    return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

}  // namespace

Descriptor::~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Wake::Wake() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    KIOSK_ASSERT(event_.is_open());
}

void Wake::ring() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto ignored = ::write(event_.get(), &one, sizeof one);
}

void Wake::silence() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto ignored = ::read(event_.get(), &count, sizeof count);
}

base::Result<Descriptor> connect_to(const std::string& socket_path) {
    const sockaddr_un address = TRY(address_of(socket_path));
    Descriptor socket = new_socket();
    if (!socket.is_open() ||
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return base::fail(FaultCode::PostUnreachable, std::strerror(errno));
    return socket;
}

base::Result<Descriptor> listen_on(const std::string& socket_path) {
    const sockaddr_un address = TRY(address_of(socket_path));
    ::unlink(socket_path.c_str());
    Descriptor socket = new_socket();
    const auto* plain = reinterpret_cast<const sockaddr*>(&address);
    if (!socket.is_open() || ::bind(socket.get(), plain, sizeof address) != 0 ||
        ::chmod(socket_path.c_str(), 0660) != 0 || ::listen(socket.get(), 8) != 0)
        return base::fail(FaultCode::FileUnwritable, socket_path + ": " + std::strerror(errno));
    return socket;
}

base::Status Connection::read_some() {
    std::array<std::uint8_t, 65536> block;
    const auto got = ::recv(socket_.get(), block.data(), block.size(), 0);
    if (got > 0) {
        reader_.take(base::ByteView(block).first(static_cast<std::size_t>(got)));
        return {};
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return {};
    return base::fail(FaultCode::PostUnreachable, "the other side closed");
}

base::Status Connection::write_some() {
    while (!outgoing_.empty()) {
        const auto put = ::send(socket_.get(), outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0 && errno == EAGAIN) return {};
        if (put < 0) return base::fail(FaultCode::PostUnreachable, "the other side closed");
        outgoing_.erase(outgoing_.begin(), outgoing_.begin() + put);
    }
    return {};
}

}  // namespace offline::post
