// The app's side of the socket to kiosk-post. One worker thread; calls come from the main thread
// and return at once; every request ends in exactly one event through the sink (called on the
// worker). The client reconnects by itself and says when the post is away.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/app_report.hpp"
#include "domain/identifiers.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"
#include "domain/technician.hpp"
#include "offline/post/attachment.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace offline::post {

// A sealed submission on its way to the outbox. A lost reply is asked again with the same sub_id.
struct AcceptRequest {
    domain::SubId sub_id;
    std::string item_code;  // for lanes and the manifest; names no person
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Bytes envelope;                        // sealed to the intake's key set
    std::vector<AttachmentId> attachments = {};  // begun and finished before, in this order
    Lane lane = Lane::normal;
    std::optional<domain::SubId> amends = {};  // the submission it corrects
    std::int64_t key_set = 0;                  // version it was sealed by
};

// What a question is about; the post knows no more of it (offline/questions/kinds.hpp).
enum class QuestionKind { progress, certificate, fee, draft, proof, booking, payment, reply };
std::string_view name(QuestionKind kind);

// Answer to reserve(). DiskFull: this form would not find room at its end.
struct ReserveFinished {
    domain::Ticket ticket;
    base::Status reserved;
};
// Answer to an attachment, in whatever way it ended; then it may be begun anew under its id.
struct AttachmentFinished {
    domain::Ticket ticket;
    base::Result<KeptAttachment> line;
};
struct AcceptFinished {
    domain::Ticket ticket;
    base::Result<domain::LocalReceipt> receipt;
};
// Answer to look_up(): what this terminal knows of one of its own submissions.
struct LookUpFinished {
    domain::Ticket ticket;
    base::Result<domain::SubmissionStatus> status;
};
// Answer to ask(): bytes sealed to the question's own key.
struct AskFinished {
    domain::Ticket ticket;
    base::Result<base::Bytes> sealed_answer;
};
// Answer to ask_stock().
struct StockKnown {
    domain::Ticket ticket;
    base::Result<domain::OutboxStock> stock;
};
// Of courier(), before it is finished: a line for the technician.
struct CourierSaid {
    domain::Ticket ticket;
    std::string line;
};
// Answer to courier(); false: something on the stick was refused, the rest was done.
struct CourierFinished {
    domain::Ticket ticket;
    base::Result<bool> all_well;
};
struct StatusChanged {
    domain::PostStatus status;
};
// What the centre wants of the app; to be answered by command_done(), the same serial again too.
struct CommandGiven {
    std::int64_t serial = 0;
    domain::CommandKind kind{};
    domain::CentreNotice notice;
};
using PostEvent =
    std::variant<ReserveFinished, AttachmentFinished, AcceptFinished, LookUpFinished, AskFinished,
                 StatusChanged, StockKnown, CourierSaid, CourierFinished, CommandGiven>;
using PostSink = std::function<void(PostEvent)>;

struct ClientOptions {
    std::string socket_path;
    domain::Realm realm = domain::Realm::training;
};

class PostClient {
  public:
    PostClient(ClientOptions options, PostSink sink);
    ~PostClient();
    PostClient(const PostClient&) = delete;
    PostClient& operator=(const PostClient&) = delete;

    // --- a submission in the making: forgotten once it is accepted or abandoned

    // Before the citizen types: the most that this form may need, in bytes. Made again by itself
    // whenever the post was away.
    void reserve(domain::Ticket ticket, domain::SubId sub_id, std::int64_t bytes);
    // An attachment as its stream is sealed (offline/sealing/streams), in pieces of any size, all
    // within what was reserved; several may be under way. The client keeps the sealed bytes until
    // the submission is accepted or abandoned, and brings them again to a post that was away.
    void begin_attachment(domain::Ticket ticket, domain::SubId sub_id, AttachmentId id,
                          std::string kind);
    void append_attachment(domain::SubId sub_id, AttachmentId id, base::Bytes sealed);
    void finish_attachment(domain::SubId sub_id, AttachmentId id);
    // The session is over without a submission. What was handed in already is not called back.
    void abandon(domain::SubId sub_id);
    // After the attachments it names. A second try sends again what the post could not take.
    void accept(domain::Ticket ticket, AcceptRequest request);

    // By what stands on the slip: the local number and the look-up token, or the QR text itself.
    void look_up(domain::Ticket ticket, std::string receipt_code);
    void ask(domain::Ticket ticket, QuestionKind kind, base::Bytes sealed_question);
    // The receipt page of this number was on the screen; it is no longer offered after a restart.
    void receipt_shown(std::string local_number);
    // --- for the technician

    void ask_stock(domain::Ticket ticket);
    // One at a time; another is PostRefused. Takes as long as the stick takes, half an hour at
    // most.
    void courier(domain::Ticket ticket, domain::CourierWork work);
    // Try the centre now instead of at the next appointed time.
    void nudge();

    // --- for the centre's list of terminals

    // How the app is; the newest is said again to a post that was away.
    void report(domain::AppReport report);
    void command_done(std::int64_t serial, std::string outcome);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace offline::post
