// What the apps hold here until they hand in: reserved room, and attachments that come in chunks.
// It belongs to the connection that reserved it: when that is gone, all of it goes, and the app
// brings it again. The office's thread.
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/post/post_server.hpp"

#include <map>

namespace offline::post {

class HandInDesk {
  public:
    explicit HandInDesk(outbox::Outbox& outbox) : outbox_(outbox) {}

    // An app that asks for what another connection had reserved is the same app, come back: what
    // was there is dropped. PostRefused: more at once than an app has. Else as the outbox says.
    base::Status reserve(ClientNumber client, const message::Reserve& message);
    void abandon(ClientNumber client, const domain::SubId& sub_id);

    // AttachmentWrong: not reserved on this connection, not begun, begun before, another offset
    // than what came so far. After a fault the attachment is gone and has to be begun anew.
    base::Status begin(ClientNumber client, const message::AttachmentBegin& message);
    base::Status take(ClientNumber client, const message::AttachmentChunk& message);
    base::Result<KeptAttachment> end(ClientNumber client, const message::AttachmentEnd& message);

    // The outbox has it now.
    void accepted(const domain::SubId& sub_id) { sittings_.erase(sub_id); }
    // True when something went with it.
    bool gone(ClientNumber client);

  private:
    struct Writing {
        std::int64_t id = 0;  // of the messages it comes in
        std::int64_t at = 0;  // bytes so far
        outbox::AttachmentWriter writer;
    };
    struct Sitting {
        ClientNumber client = 0;
        std::map<AttachmentId, Writing> writings;
    };
    using Sittings = std::map<domain::SubId, Sitting>;
    Sittings::iterator drop(Sittings::iterator sitting);
    // Null: nothing like that is being written for this client.
    Sitting* find(ClientNumber client, const AttachmentId& attachment, std::int64_t id);

    outbox::Outbox& outbox_;
    Sittings sittings_;
};

}  // namespace offline::post
