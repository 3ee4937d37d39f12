// How a technician's command speaks with the program that runs: one question, one answer, over a
// socket file in a folder of that program's own (AF_UNIX, mode 0600; the other side must be the
// same user or root). The stick is the command's business alone: a stick that hangs, or what lies
// on it, never reaches the process that holds the outbox or the cases.
//
// Each message is a length (4 bytes, big-endian, at most call_bytes_max) and a CBOR record; a fault
// is answered as {fault, detail}.
#pragma once

#include "base/bytes.hpp"
#include "offline/formats/record.hpp"

#include <functional>
#include <memory>
#include <string>

namespace offline::courier {

inline constexpr std::size_t call_bytes_max = 1u << 20;

// One client at a time, on a thread of its own, which calls `answer`. Ends with the object, whose
// socket file then is gone. FileUnwritable when the socket cannot be made.
class CallServer {
  public:
    using Answer = std::function<base::Result<formats::Record>(const formats::Record&)>;
    static base::Result<std::unique_ptr<CallServer>> listen(const std::string& path, Answer answer);
    virtual ~CallServer() = default;
};

// PostUnreachable: nobody is there, or went away; what came back from the other side is its fault.
class CallClient {
  public:
    static base::Result<std::unique_ptr<CallClient>> connect(const std::string& path);
    virtual ~CallClient() = default;
    virtual base::Result<formats::Record> call(const formats::Record& question) = 0;
};

// Of a post that runs: in the outbox's folder, which belongs to it alone.
std::string call_socket_in(const std::string& outbox_folder);

}  // namespace offline::courier
