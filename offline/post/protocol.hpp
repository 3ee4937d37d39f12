// The messages between kiosk and kiosk-post: a length (4 bytes, big-endian) and a CBOR record with
// the protocol's version and the message's name, at most 1 MiB. Both sides decode strictly:
// whatever is not exactly a message of this version is PostMessageMalformed. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace offline::post {

inline constexpr std::int64_t protocol_version = 1;
inline constexpr std::size_t message_bytes_max = 1u << 20;

namespace message {

// kiosk → post. `id` counts up within one run of the client; the answer carries it back.
struct Hello {
    domain::Realm realm{};
    friend bool operator==(const Hello&, const Hello&) = default;
};
struct Accept {
    std::int64_t id = 0;
    domain::SubId sub_id;
    std::string item_code;
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Bytes envelope;
    friend bool operator==(const Accept&, const Accept&) = default;
};
struct LookUp {
    std::int64_t id = 0;
    std::string receipt_code;
    friend bool operator==(const LookUp&, const LookUp&) = default;
};
struct Ask {
    std::int64_t id = 0;
    std::string kind;  // a word; the question itself is unreadable to the post
    base::Bytes question;
    friend bool operator==(const Ask&, const Ask&) = default;
};
struct ReceiptShown {
    std::string local_number;
    friend bool operator==(const ReceiptShown&, const ReceiptShown&) = default;
};
struct Nudge {
    friend bool operator==(const Nudge&, const Nudge&) = default;
};

// post → kiosk
struct Welcome {
    domain::Realm realm{};
    friend bool operator==(const Welcome&, const Welcome&) = default;
};
struct Accepted {
    std::int64_t id = 0;
    domain::LocalReceipt receipt;
    friend bool operator==(const Accepted&, const Accepted&) = default;
};
struct Found {
    std::int64_t id = 0;
    domain::SubmissionStatus status;
    friend bool operator==(const Found&, const Found&) = default;
};
struct Answered {
    std::int64_t id = 0;
    base::Bytes sealed_answer;
    friend bool operator==(const Answered&, const Answered&) = default;
};
struct Failed {
    std::int64_t id = 0;  // 0: the connection itself was refused
    base::Fault fault;
    friend bool operator==(const Failed&, const Failed&) = default;
};
struct StatusNow {
    domain::PostStatus status;
    friend bool operator==(const StatusNow&, const StatusNow&) = default;
};

}  // namespace message

using ClientMessage = std::variant<message::Hello, message::Accept, message::LookUp, message::Ask,
                                   message::ReceiptShown, message::Nudge>;
using ServerMessage = std::variant<message::Welcome, message::Accepted, message::Found,
                                   message::Answered, message::Failed, message::StatusNow>;

// With the length in front, ready to be written. PostMessageMalformed when it would not fit.
base::Result<base::Bytes> frame_of(const ClientMessage& message);
base::Result<base::Bytes> frame_of(const ServerMessage& message);
// Without the length.
base::Result<ClientMessage> client_message(base::ByteView body);
base::Result<ServerMessage> server_message(base::ByteView body);

// Cuts a stream of bytes into messages. After a fault the connection is to be closed.
class FrameReader {
  public:
    void take(base::ByteView bytes) { waiting_.insert(waiting_.end(), bytes.begin(), bytes.end()); }
    base::Result<std::optional<base::Bytes>> next();

  private:
    base::Bytes waiting_;
};

}  // namespace offline::post
