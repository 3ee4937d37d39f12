// The app's side of the socket to kiosk-post. One worker thread; calls come from the main thread
// and return at once; every request ends in exactly one event through the sink (called on the
// worker). The client reconnects by itself and says when the post is away.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace offline::post {

// A sealed submission on its way to the outbox. A lost reply is asked again with the same sub_id.
struct AcceptRequest {
    domain::SubId sub_id;
    std::string item_code;  // for lanes and the manifest; names no person
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Bytes envelope;  // sealed to the intake's key set
};

// What a question is about; the post knows no more of it (offline/questions/kinds.hpp).
enum class QuestionKind { progress, certificate, fee, draft };
std::string_view name(QuestionKind kind);

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
struct StatusChanged {
    domain::PostStatus status;
};
using PostEvent = std::variant<AcceptFinished, LookUpFinished, AskFinished, StatusChanged>;
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

    void accept(domain::Ticket ticket, AcceptRequest request);
    // By what stands on the slip: the local number and the look-up token, or the QR text itself.
    void look_up(domain::Ticket ticket, std::string receipt_code);
    void ask(domain::Ticket ticket, QuestionKind kind, base::Bytes sealed_question);
    // The receipt page of this number was on the screen; it is no longer offered after a restart.
    void receipt_shown(std::string local_number);
    // Try the centre now instead of at the next appointed time.
    void nudge();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace offline::post
