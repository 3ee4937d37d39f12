#include "offline/courier/centre/intake_door.hpp"

#include "offline/papers/upload.hpp"

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

// Where the intake stands decides; what it has already is not given again.
IntakeDoor::Answer ServiceDoor::upload(const Slice& slice, std::int64_t, const sealing::Digest&,
                                       sealing::SuiteId) {
    const std::string name = base::to_hex(slice.attachment);
    const auto asked = service_.upload_offset(name);
    const auto offset = papers::upload::offset_in(asked.headers);
    if (asked.status >= 300 || !offset) return {asked.status, asked.body};
    const auto end = slice.offset + static_cast<std::int64_t>(slice.bytes.size());
    if (offset->complete || offset->at >= end || offset->at < slice.offset) return {204, {}};
    const auto rest = slice.bytes.subspan(static_cast<std::size_t>(offset->at - slice.offset));
    auto reply = service_.patch(name, papers::upload::slice_headers(offset->at, rest), rest);
    return {reply.status, std::move(reply.body)};
}

}  // namespace offline::courier
