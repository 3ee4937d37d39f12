// Small owners of descriptors for the two ends of the local socket, and non-blocking reads and
// writes. Each belongs to one thread; Wake is the exception: ring() may come from any thread or a
// signal.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "offline/post/protocol.hpp"

#include <string>
#include <utility>

namespace offline::post {

class Descriptor {
  public:
    explicit Descriptor(int descriptor = -1) : descriptor_(descriptor) {}
    Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~Descriptor();
    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

// An eventfd: wakes a poll().
class Wake {
  public:
    Wake();
    int descriptor() const { return event_.get(); }
    void ring() const;
    void silence() const;

  private:
    Descriptor event_;
};

base::Result<Descriptor> connect_to(const std::string& socket_path);
base::Result<Descriptor> listen_on(const std::string& socket_path);  // replaces a stale socket file

// One connection: what came in is cut into messages, what goes out waits until the socket takes it.
class Connection {
  public:
    explicit Connection(Descriptor socket) : socket_(std::move(socket)) {}
    int descriptor() const { return socket_.get(); }
    bool wants_to_write() const { return !outgoing_.empty(); }

    void send(base::ByteView frame) {
        outgoing_.insert(outgoing_.end(), frame.begin(), frame.end());
    }
    std::size_t unsent() const { return outgoing_.size(); }
    // PostUnreachable: the other side is gone.
    base::Status read_some();
    base::Status write_some();
    base::Result<std::optional<base::Bytes>> next() { return reader_.next(); }

  private:
    Descriptor socket_;
    FrameReader reader_;
    base::Bytes outgoing_;
};

}  // namespace offline::post
