// One submission that a citizen is still making, as the app's end of the socket holds it until it
// is accepted or abandoned: what to reserve, and the sealed bytes of its attachments. The post
// forgets all of that with the connection, so the same is said again on each new one, from the
// beginning. Says which message is next; has no socket and no clock of its own. The client's
// worker.
#pragma once

#include "base/clock.hpp"
#include "offline/post/protocol.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::post {

class Unfinished {
  public:
    // An attachment's ticket and what became of it; given out once, in whatever way it ended.
    struct Told {
        std::optional<domain::Ticket> reservation;  // else of an attachment
        domain::Ticket attachment{};
        base::Result<KeptAttachment> line = base::fail(base::FaultCode::InternalError);
        base::Status reserved{};
    };

    explicit Unfinished(const domain::SubId& sub_id) : sub_id_(sub_id) {}

    // Asked again, the new size counts; what an earlier ticket waited for is given back.
    std::optional<Told> reserve(domain::Ticket ticket, std::int64_t bytes, base::Millis deadline);
    // Under an id that failed before: begun anew. AttachmentWrong: there already.
    // SubmissionTooLarge: too many.
    base::Status begin(domain::Ticket ticket, const AttachmentId& id, std::string kind);
    // More than was reserved in all fails the attachment with SubmissionTooLarge.
    std::optional<Told> append(const AttachmentId& id, base::Bytes sealed);
    void finish(const AttachmentId& id, base::Millis deadline);

    // Nothing of it was said on the connection that begins.
    void connection_began();
    // What the post refused is asked again on the same connection.
    void try_again();
    // `id` when it begins something that is answered under a new one.
    std::optional<ClientMessage> next(std::int64_t new_id);
    // All that the app has finished was said (not: answered): now it may be handed in.
    bool is_said() const;
    // Why the post could not take all of it, on this connection.
    const std::optional<base::Fault>& refusal() const { return refusal_; }

    // An answer that came; empty: it was told before, or answers nothing here.
    std::optional<Told> answered(const message::Reserved& message);
    std::optional<Told> answered(const message::AttachmentKept& message);
    std::optional<Told> answered(const message::Failed& message);
    // Whose time is up, one by one.
    std::optional<Told> expired(base::Millis now);
    // Everything that was not told yet ends with this fault, one by one.
    std::optional<Told> end(const base::Fault& fault);
    base::Millis next_deadline() const;
    // Of the message that was given an id on this connection.
    bool knows(std::int64_t id) const;

  private:
    struct Reservation {
        domain::Ticket ticket;
        std::int64_t bytes = 0, id = 0;
        bool told = false, said = false, refused = false;
        base::Millis deadline{};
    };
    struct Attachment {
        AttachmentId id{};
        std::string kind;
        domain::Ticket ticket;
        base::Bytes sealed;
        bool finished = false, told = false, too_large = false;
        base::Millis deadline{};   // once it is finished
        std::int64_t message = 0;  // id on this connection; 0: not begun
        std::size_t said = 0;      // bytes
        bool end_said = false, refused = false;
    };
    Attachment* find(const AttachmentId& id);
    std::optional<ClientMessage> next_of(Attachment& attachment, std::int64_t new_id);
    static std::optional<Told> tell(Attachment& attachment, base::Result<KeptAttachment> line);
    static std::optional<Told> tell(Reservation& reservation, base::Status reserved);

    domain::SubId sub_id_;
    std::optional<Reservation> reservation_;
    std::vector<Attachment> attachments_;
    std::optional<base::Fault> refusal_;
};

}  // namespace offline::post
