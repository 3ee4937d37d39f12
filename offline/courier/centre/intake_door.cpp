#include "offline/courier/centre/intake_door.hpp"

namespace offline::courier {

IntakeDoor::Answer ServiceDoor::submit(const std::string& terminal, const std::string& sub_id,
                                       base::ByteView body) {
    auto reply = service_.submit(terminal, sub_id, body);
    return {reply.status, std::move(reply.body)};
}

IntakeDoor::Answer ServiceDoor::commit(const std::string& terminal, const std::string& sub_id) {
    auto reply = service_.commit(terminal, sub_id);
    return {reply.status, std::move(reply.body)};
}

// This intake takes no attachments; the submission stays at R1 and the terminal keeps them.
IntakeDoor::Answer ServiceDoor::upload(const Slice&, std::int64_t, const sealing::Digest&,
                                       sealing::SuiteId) {
    return {404, {}};
}

}  // namespace offline::courier
