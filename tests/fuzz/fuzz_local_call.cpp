// Both ends of a technician's call on a post or an intake that runs, over their sockets: what comes
// is hostile. The server answers exactly the messages that are whole, up to the first that is not;
// the client takes one answer or says a fault.
#include "offline/courier/local_call.hpp"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

namespace {

using namespace offline;

constexpr std::size_t input_bytes_max = 64 << 10;  // what goes into a socket at once

void must(bool promise) {
    if (!promise) std::abort();
}

struct Folder {
    std::string path = "/tmp/cw-fuzz-call-XXXXXX";
    Folder() { must(::mkdtemp(path.data()) != nullptr); }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}
int new_socket() {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(socket >= 0);
    return socket;
}
const sockaddr* plain(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}
// The other side may have ended in the middle of it.
void say(int socket, base::ByteView bytes) {
    while (!bytes.empty()) {
        const auto put = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (put <= 0) break;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    ::shutdown(socket, SHUT_WR);
}
base::Bytes heard(int socket) {
    base::Bytes out;
    std::uint8_t some[4096];
    for (;;) {
        const auto got = ::recv(socket, some, sizeof some, 0);
        if (got <= 0) return out;
        out.insert(out.end(), some, some + got);
    }
}

base::Bytes framed(const base::Bytes& body) {
    base::Bytes frame;
    for (int shift = 24; shift >= 0; shift -= 8)
        frame.push_back(static_cast<std::uint8_t>(body.size() >> shift));
    frame.insert(frame.end(), body.begin(), body.end());
    return frame;
}
// The next whole message; the bytes after it stay.
std::optional<formats::Record> next_in(base::ByteView& bytes) {
    if (bytes.size() < 4) return std::nullopt;
    std::size_t size = 0;
    for (const auto byte : bytes.first(4)) size = size << 8 | byte;
    if (size > courier::call_bytes_max || size > bytes.size() - 4) return std::nullopt;
    auto record = formats::record_from_cbor(bytes.subspan(4, size));
    if (!record) return std::nullopt;
    bytes = bytes.subspan(4 + size);
    return std::move(*record);
}

const std::string& folder() {
    static const Folder made;
    return made.path;
}

void as_server(base::ByteView input) {
    static const std::string path = folder() + "/server";
    static const auto server =
        courier::CallServer::listen(path, [](const formats::Record& question) {
            return base::Result<formats::Record>(question);
        }).value();
    const int socket = new_socket();
    const auto address = address_of(path);
    must(::connect(socket, plain(address), sizeof address) == 0);
    say(socket, input);
    const auto answers = heard(socket);
    ::close(socket);
    base::Bytes expected;
    while (const auto question = next_in(input)) {
        const auto answer = framed(formats::to_cbor(*question));
        expected.insert(expected.end(), answer.begin(), answer.end());
    }
    must(answers == expected);
}

void as_client(base::ByteView input) {
    static const std::string path = folder() + "/client";
    static const int listening = [] {
        const int socket = new_socket();
        const auto address = address_of(path);
        must(::bind(socket, plain(address), sizeof address) == 0 && ::listen(socket, 4) == 0);
        return socket;
    }();
    const auto client = courier::CallClient::connect(path).value();
    const int socket = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
    must(socket >= 0);
    say(socket, input);
    const auto answer = client->call({{"ask", std::string("anything")}});
    ::close(socket);
    const auto expected = next_in(input);
    if (answer) must(expected && *answer == *expected);
    if (!answer) must(!expected || expected->contains("fault"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || size > input_bytes_max) return 0;
    const base::ByteView input(data + 1, size - 1);
    if (data[0] % 2 == 0)
        as_server(input);
    else
        as_client(input);
    return 0;
}
