// The messages between kiosk and kiosk-post: a length (4 bytes, big-endian) and a CBOR record with
// the protocol's version and the message's name, at most 1 MiB. Both sides decode strictly:
// whatever is not exactly a message of this version is PostMessageMalformed, and another version is
// said to be one. The two programs are installed together: no other version is spoken. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/app_report.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"
#include "domain/technician.hpp"
#include "offline/post/attachment.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace offline::post {

inline constexpr std::int64_t protocol_version = 5;
inline constexpr std::size_t message_bytes_max = 1u << 20;

namespace message {

// kiosk → post. `id` counts up within one run of the client; the answer carries it back.
struct Hello {
    domain::Realm realm{};
    friend bool operator==(const Hello&, const Hello&) = default;
};
// Before the citizen types: the most that this form may need, in bytes. Belongs to the connection:
// when that breaks, it goes, and whatever was written for it.
struct Reserve {
    std::int64_t id = 0;
    domain::SubId sub_id;
    std::int64_t bytes = 0;
    friend bool operator==(const Reserve&, const Reserve&) = default;
};
// The citizen left. Not answered; nothing that was accepted goes.
struct Abandon {
    domain::SubId sub_id;
    friend bool operator==(const Abandon&, const Abandon&) = default;
};
// One attachment comes in by these three, which share their id. Only the end is answered, unless
// something is wrong: then it is dropped as a whole and begun anew.
struct AttachmentBegin {
    std::int64_t id = 0;
    domain::SubId sub_id;  // reserved on this connection
    AttachmentId attachment{};
    std::string kind;  // a word
    friend bool operator==(const AttachmentBegin&, const AttachmentBegin&) = default;
};
struct AttachmentChunk {
    std::int64_t id = 0;
    AttachmentId attachment{};
    std::int64_t offset = 0;  // what came before it: no gap, no overlap
    base::Bytes bytes;        // sealed; 1 to chunk_bytes_max
    friend bool operator==(const AttachmentChunk&, const AttachmentChunk&) = default;
};
struct AttachmentEnd {
    std::int64_t id = 0;
    AttachmentId attachment{};
    friend bool operator==(const AttachmentEnd&, const AttachmentEnd&) = default;
};
struct Accept {
    std::int64_t id = 0;
    domain::SubId sub_id;
    std::string item_code;
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Bytes envelope;
    std::vector<AttachmentId> attachments = {};  // kept before, in the manifest's order
    Lane lane = Lane::normal;
    std::optional<domain::SubId> amends = {};  // the submission it corrects
    std::int64_t key_set = 0;                  // version it was sealed by; 0: not said
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
// The outbox in numbers, for the technician.
struct StockAsked {
    std::int64_t id = 0;
    friend bool operator==(const StockAsked&, const StockAsked&) = default;
};
// Something with the stick, wherever this terminal has it: the post's configuration says where.
// What it says of itself comes as CourierSaid, its end as CourierDone or Failed.
struct CourierBegin {
    std::int64_t id = 0;
    domain::CourierWork work{};
    friend bool operator==(const CourierBegin&, const CourierBegin&) = default;
};

// How the app is, whenever that changed and now and then. Not answered.
struct AppReported {
    domain::AppReport report;
    friend bool operator==(const AppReported&, const AppReported&) = default;
};
// What became of a CommandGiven: "done" or a fault's name. Not answered.
struct CommandDone {
    std::int64_t serial = 0;
    std::string outcome;  // a word
    friend bool operator==(const CommandDone&, const CommandDone&) = default;
};

// post → kiosk
struct Welcome {
    domain::Realm realm{};
    friend bool operator==(const Welcome&, const Welcome&) = default;
};
struct Reserved {
    std::int64_t id = 0;
    friend bool operator==(const Reserved&, const Reserved&) = default;
};
struct AttachmentKept {
    std::int64_t id = 0;
    KeptAttachment line;
    friend bool operator==(const AttachmentKept&, const AttachmentKept&) = default;
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
struct Stock {
    std::int64_t id = 0;
    domain::OutboxStock stock;
    friend bool operator==(const Stock&, const Stock&) = default;
};
struct CourierSaid {
    std::int64_t id = 0;
    std::string line;  // Chinese, for technicians
    friend bool operator==(const CourierSaid&, const CourierSaid&) = default;
};
struct CourierDone {
    std::int64_t id = 0;
    bool all_well = true;  // false: something on the stick was refused, the rest was done
    friend bool operator==(const CourierDone&, const CourierDone&) = default;
};
struct StatusNow {
    domain::PostStatus status;
    friend bool operator==(const StatusNow&, const StatusNow&) = default;
};

// A command of the centre that the post has verified. The same serial again: it was not told yet
// what became of it.
struct CommandGiven {
    std::int64_t serial = 0;
    domain::CommandKind kind{};  // never support_bundle: the post does that itself
    domain::CentreNotice notice;
    friend bool operator==(const CommandGiven&, const CommandGiven&) = default;
};

}  // namespace message

using ClientMessage =
    std::variant<message::Hello, message::Reserve, message::Abandon, message::AttachmentBegin,
                 message::AttachmentChunk, message::AttachmentEnd, message::Accept, message::LookUp,
                 message::Ask, message::ReceiptShown, message::Nudge, message::StockAsked,
                 message::CourierBegin, message::AppReported, message::CommandDone>;
using ServerMessage =
    std::variant<message::Welcome, message::Reserved, message::AttachmentKept, message::Accepted,
                 message::Found, message::Answered, message::Failed, message::StatusNow,
                 message::Stock, message::CourierSaid, message::CourierDone, message::CommandGiven>;

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
