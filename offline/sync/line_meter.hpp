// Counts what the line carries for the sockets of one client: bytes of TCP both ways as the kernel
// counted them, and the headers of TCP and IP around each segment. Internal to centre_client.
#pragma once

#include <cstdint>
#include <map>

namespace offline::sync {

class LineMeter {
  public:
    // A socket that is to be connected; < 0: none could be made.
    int open(int family, int type, int protocol);
    int close(int socket);
    // Everything since the last call.
    std::int64_t take();

  private:
    struct Seen {
        std::int64_t bytes = 0, headers = 0;  // headers: of one segment
    };
    void look(int socket, Seen& seen);
    std::map<int, Seen> sockets_;
    std::int64_t counted_ = 0;
};

}  // namespace offline::sync
